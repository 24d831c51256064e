import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CLONE_FOLDER } from './postgres.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wasl-reporter-'))
  symlinkSync(join(CLONE_FOLDER, 'node_modules'), join(folder, 'node_modules'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs the tests of a file with our reporter; gives what it wrote last and to the file of counts. */
function run(tests: string, environment: Record<string, string> = {}) {
  writeFileSync(join(folder, 'sample.test.ts'), `import { expect, test } from 'vitest'\n${tests}`)
  const counts = join(folder, 'counts')
  writeFileSync(counts, '')
  const vitest = join(CLONE_FOLDER, 'node_modules', 'vitest', 'vitest.mjs')
  const reporter = join(CLONE_FOLDER, 'test', 'support', 'reporter.ts')
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--reporter', reporter], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, WASL_TEST_COUNTS: counts, ...environment },
  })
  const lines = stdout.trimEnd().split('\n')
  return { status, last: lines.at(-1), lines, counts: readFileSync(counts, 'utf8') }
}

const PASSES = "test('passes', () => expect(1).toBe(1))\n"
const NO_CHROMIUM = "test('needs a browser', (context) => context.skip('no Chromium here'))\n"

test('the last line is the plain sum, and every skipped test says why', () => {
  const { status, last, lines, counts } = run(`${PASSES}${NO_CHROMIUM}test('fails', () => expect(1).toBe(2))\n`)
  expect([status, last, counts]).toEqual([1, '1 passed, 1 failed, 1 skipped', '1 1 1\n'])
  expect(lines).toContain('skipped: needs a browser: no Chromium here')
})

test('a skip without a reason is a failure; so is one for want of Chromium where it was promised', () => {
  expect(run(`${PASSES}${NO_CHROMIUM}`)).toMatchObject({ status: 0, last: '1 passed, 0 failed, 1 skipped' })
  expect(run(`${PASSES}test.skip('later', () => {})\n`)).toMatchObject({
    status: 1,
    last: '1 passed, 1 failed, 0 skipped',
  })
  expect(run(`${PASSES}${NO_CHROMIUM}`, { WASL_REQUIRE_CHROMIUM: '1' })).toMatchObject({
    status: 1,
    last: '1 passed, 1 failed, 0 skipped',
  })
})

test('a file that cannot be read as tests is a failure, not nothing', () => {
  expect(run("import './gone.ts'\n")).toMatchObject({ status: 1, last: '0 passed, 1 failed, 0 skipped' })
  expect(run('')).toMatchObject({ status: 1, last: '0 passed, 1 failed, 0 skipped' })
})
