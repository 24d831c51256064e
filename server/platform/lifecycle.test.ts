import { expect, test } from 'vitest'
import { createLifecycle } from './lifecycle.ts'
import { createLog } from './log.ts'

test('stops in the opposite order, once, and goes on when one part fails', async () => {
  const said: string[] = []
  const lines: string[] = []
  const lifecycle = createLifecycle(
    createLog({ level: 'error', destination: { write: (line) => void lines.push(line) } }),
  )
  await lifecycle.add(
    'database',
    () => 'db',
    (part) => said.push(part),
  )
  await lifecycle.add(
    'broken',
    () => 1,
    () => Promise.reject(new Error('stuck')),
  )
  await lifecycle.add(
    'listener',
    async () => 'http',
    (part) => said.push(part),
  )
  await Promise.all([lifecycle.stop(), lifecycle.stop()])
  expect(said).toEqual(['http', 'db'])
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain('"part":"broken"')
})
