import { expect, test } from 'vitest'
import { fixtureFiles, readFixture } from '../../test/support/fixtures.ts'
import { normalise } from './normalise.ts'

/** What is not looked for in the facts, and why. Everything else that a fixture says must be in them. */
const LEFT_ASIDE: readonly (readonly [path: RegExp, why: string])[] = [
  [/\.(object|messaging_product|field)$/, 'the envelope; `kind` and `type` of the fact tell it'],
  [/\.(type|recipient_type)$/, 'words of Meta for which the facts have types of their own'],
  [/\.history_context\.status$/, 'a word of ours stands for it, of which a test has the table'],
  [/\.contacts\[\d+\]\.vcard$/, 'read for name and numbers where the card has no others'],
  [/\.response_json$/, 'JSON within JSON: parsed'],
  [/\.origin$/, '`requested` of the cards says it'],
  [/\.entry\[\d+\]\.time$/, 'of facts that have a time of their own'],
  [/\.(system\.identity|identity\.hash)$/, 'the line of WhatsApp says that the key has changed'],
  [/\.name\.(first_name|middle_name|last_name)$/, 'parts of the formatted name'],
]

/** A message that cannot be read is kept as it came, without the people beside it. */
const OTHERWISE = new Set(['messages/malformed_timestamp.json'])

test.each(fixtureFiles('cloud-api').filter((file) => !OTHERWISE.has(file)))('%s: all of it is in its facts', (file) => {
  const payload = readFixture(`cloud-api/${file}`)
  const facts = JSON.stringify(normalise(payload))
  const lost = leaves(payload)
    .filter(({ path }) => !LEFT_ASIDE.some(([left]) => left.test(path)))
    .filter(({ value }) => !isIn(facts, value))
  expect(lost).toEqual([])
})

test('a value that is dropped would be seen', () => {
  expect(isIn('{"a":"x"}', 'y')).toBe(false)
  expect(leaves({ a: [{ b: 'c' }, 1, true, null] })).toEqual([
    { path: '.a[0].b', value: 'c' },
    { path: '.a[1]', value: '1' },
  ])
})

interface Leaf {
  readonly path: string
  readonly value: string
}

/** Texts and numbers of any JSON; of `true` and `false` nobody could say which is which. */
function leaves(json: unknown, path = ''): Leaf[] {
  if (typeof json === 'string' || typeof json === 'number') return [{ path, value: String(json) }]
  if (Array.isArray(json)) return json.flatMap((item, i) => leaves(item, `${path}[${i}]`))
  if (json === null || typeof json !== 'object') return []
  return Object.entries(json).flatMap(([key, item]) => leaves(item, `${path}.${key}`))
}

/** As it stands, or (phones, times, usernames) as its digits or without its mark. */
function isIn(facts: string, value: string): boolean {
  const digits = value.replace(/\D/g, '')
  const forms = [value, value.replace(/^@/, ''), ...(/^[+\d\s().-]+$/.test(value) ? [digits] : [])]
  return forms.some((form) => facts.includes(JSON.stringify(form).slice(1, -1)))
}
