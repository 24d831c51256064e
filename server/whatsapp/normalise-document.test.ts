import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FIXTURES, readFixture } from '../../test/support/fixtures.ts'

const DOCUMENT = readFileSync(join(FIXTURES, '../docs/subsystems/normalise.md'), 'utf8')
const EXAMPLES = [...DOCUMENT.matchAll(/`fixtures\/cloud-api\/(\S+)`\n\n```json\n([^`]+)```/g)].map(
  ([, file = '', json = '']) => ({ file, json }),
)

test('the document has examples', () => {
  expect(EXAMPLES.length).toBeGreaterThan(12)
})

test.each(EXAMPLES)('the example of $file is what Wasl makes of it', ({ file, json }) => {
  expect(readFixture(`events/${file}`)).toContainEqual(JSON.parse(json))
})

test.each([
  'message',
  'edit',
  'delete',
  'reaction',
  'status',
  'history_chunk',
  'history_declined',
  'contact',
  'customer_changed',
  'notice',
  'error',
  'unrecognised',
])('channel.%s has an example', (type) => {
  expect(EXAMPLES.map(({ json }) => JSON.parse(json).type)).toContain(`channel.${type}`)
})
