import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('secrets are cut out at every depth that is logged', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  log.info(
    {
      appSecrets: ['hunter2'],
      request: { headers: { authorization: 'Bearer hunter2', 'x-hub-signature-256': 'sha256=hunter2' } },
    },
    'x',
  )
  log.info({ config: { meta: { verifyToken: 'hunter2' } }, access_token: 'hunter2', kept: 'this' }, 'y')
  expect(lines).toHaveLength(2)
  expect(lines.join('')).not.toContain('hunter2')
  expect(lines[1]).toContain('"kept":"this"')
})

test('of an error what it says and why is logged, not what a library hung on it', () => {
  const lines: string[] = []
  const log = createLog({ level: 'info', destination: { write: (line) => void lines.push(line) } })
  const cause = Object.assign(new Error('terminated'), { code: '57P01', client: { password: 'hunter2' } })
  log.error({ err: new Error('storing failed', { cause }) }, 'intake')
  const { err } = JSON.parse(lines[0] ?? '')
  expect(err).toMatchObject({ message: 'storing failed', cause: { message: 'terminated', code: '57P01' } })
  expect(lines[0]).not.toContain('hunter2')
})
