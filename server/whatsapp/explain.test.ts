import { expect, test } from 'vitest'
import { explain } from './explain.ts'

const DECLINED =
  '{"metadata":{"phone_number_id":"1"},"history":[{"errors":[{"code":2593109,"title":"History sync is turned off"}]}]}'

test('a webhook is explained, with the number of things nobody knows', () => {
  const text = `{"entry":[{"id":"9","changes":[{"field":"new_field","value":{"a":1}},{"field":"history","value":${DECLINED}}]}]}`
  expect(explain('batch.json', text)).toMatchObject({
    ok: true,
    explanation: {
      file: 'batch.json',
      events: [{ type: 'channel.unrecognised', field: 'new_field' }, { type: 'channel.history_declined' }],
      unrecognised: 1,
    },
  })
})

test('a bare value is explained too, and a byte order mark is no part of it', () => {
  expect(explain('declined.json', `\ufeff${DECLINED}`)).toMatchObject({ ok: true, explanation: { unrecognised: 0 } })
})

test.each([
  ['{"entry"', 'a.json is not JSON: '],
  ['', 'a.json is not JSON: '],
  ['[]', 'a.json is not a webhook: it is not a JSON object.'],
  [
    '{"error":{"code":190}}',
    'a.json is not a webhook: it has no `entry`, and is neither a change nor a value of a known field.',
  ],
])('%j gets a sentence', (text, sentence) => {
  expect(explain('a.json', text)).toMatchObject({ ok: false, sentence: expect.stringContaining(sentence) })
})
