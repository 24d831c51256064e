import { expect, test } from 'vitest'
import { FAULT_MEANINGS, NO_FAULTS, readFaults } from './faults.ts'
import { helpText, readOptions } from './options.ts'

test('arguments win over the environment, faults are read by name', () => {
  const read = readOptions(
    ['--port', '0', '--seed=9', '--fault', 'webhookDuplicateRatio=0.1', '--scenario', 'tiny', '--frozen'],
    { WASL_SIM_PORT: '1', WASL_SIM_APP_ID: 'app' },
  )
  expect(read).toMatchObject({
    scenario: 'tiny',
    help: false,
    options: { port: 0, seed: 9, appId: 'app', frozen: true, faults: { ...NO_FAULTS, webhookDuplicateRatio: 0.1 } },
  })
})

test.each([
  [['--port', 'x'], 'port'],
  [['--fault', 'nonsense=1'], 'no fault named nonsense'],
  [['--fault', 'webhookDuplicateRatio=2'], 'from 0 to 1'],
  [['--nonsense'], 'no option --nonsense'],
  [['--seed'], 'needs a value'],
  [['--at', 'yesterday'], 'takes a date'],
  [['shop'], 'What is shop?'],
])('%j is refused with a sentence', (argv, words) => {
  const read = readOptions(argv, {})
  expect('error' in read && read.error).toContain(words)
})

test('the help names every fault, and faults reset to nothing', () => {
  for (const name of Object.keys(FAULT_MEANINGS)) expect(helpText()).toContain(name)
  expect(Object.keys(FAULT_MEANINGS)).toEqual(Object.keys(NO_FAULTS))
  expect(readFaults({})).toEqual(NO_FAULTS)
})
