import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { FIXTURES, fixtureFiles } from '../../test/support/fixtures.ts'

const WASL = join(FIXTURES, '../server/cli/main.ts')

function run(...files: string[]) {
  const paths = files.map((file) => join(FIXTURES, file))
  const { status, stdout, stderr } = spawnSync(process.execPath, [WASL, 'explain', ...paths], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
  return { status, printed: linesOf(stdout), complaints: linesOf(stderr) }
}

describe('wasl explain', () => {
  test('prints one line of JSON per webhook, for every fixture', () => {
    const files = fixtureFiles('cloud-api').map((file) => `cloud-api/${file}`)
    const { status, printed, complaints } = run(...files)
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] })
    const explained = printed.map((line) => JSON.parse(line))
    expect(explained.map(({ file }) => file)).toEqual(files.map((file) => join(FIXTURES, file)))
    expect(explained).toMatchObject(files.map(() => ({ events: expect.any(Array), unrecognised: expect.any(Number) })))
  })

  test('of good and bad files the good ones are printed, and the exit code is 2', () => {
    const { status, printed, complaints } = run(
      'graph/send/text.json',
      'cloud-api/messages/text.json',
      'gone.json',
      'README.md',
      'cloud-api/history/declined_bare.json',
    )
    expect(status).toBe(2)
    expect(printed.map((line) => JSON.parse(line))).toMatchObject([
      { events: [{ type: 'channel.message' }], unrecognised: 0 },
      { events: [{ type: 'channel.history_declined' }], unrecognised: 0 },
    ])
    expect(complaints).toEqual([
      expect.stringMatching(/text\.json is not a webhook: .*\.$/),
      expect.stringMatching(/gone\.json cannot be read/),
      expect.stringMatching(/README\.md is not JSON: /),
    ])
  })
})

test('a reader who has enough after the first line is no error', () => {
  const file = join(FIXTURES, 'cloud-api/history/every_kind_of_message.json')
  const command = `"$0" "$1" explain ${Array.from({ length: 200 }, () => '"$2"').join(' ')} | head -n 1`
  const run = spawnSync('sh', ['-c', command, process.execPath, WASL, file], { encoding: 'utf8' })
  expect([run.stderr, linesOf(run.stdout).length]).toEqual(['', 1])
})

function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line !== '')
}
