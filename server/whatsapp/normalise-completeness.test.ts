import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fixtureFiles, readFixture } from '../../test/support/fixtures.ts'
import type { ChannelEvent } from './channel-event.ts'
import { normalise } from './normalise.ts'

type Json = unknown

/** Lists of facts, named here once more on purpose: this is a second opinion about what may not be lost. */
const LISTS = [
  'messages',
  'message_echoes',
  'statuses',
  'errors',
  'user_actions',
  'state_sync',
  'calls',
  'groups',
  'user_preferences',
  'automatic_events',
]
/** Fields whose value is lists; of any other field the value is one fact. */
const LIST_FIELDS = new Set(
  fixtureFiles('cloud-api').flatMap((file) => {
    const field = file.split('/').at(0) ?? ''
    return /^(messages|smb_|message_echoes|history|calls|group_|user_preferences|automatic_events)/.test(field)
      ? [field]
      : []
  }),
)
const RUNS = 800
const MUTATIONS_PER_FIXTURE = 40
/** Fixed, so that a run says the same tomorrow; another number explores other payloads. */
const SEED = 20_261_123

test('whatever JSON comes, nothing throws and something is said about it', () => {
  const anything = fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' })
  const almost = fc.record(
    {
      field: fc.constantFrom('messages', 'history', 'standby', 'account_update', 'x'),
      value: fc.dictionary(keys(), anything, { maxKeys: 5 }),
    },
    { requiredKeys: ['value'] },
  )
  const entry = fc.record({ id: anything, time: anything, changes: fc.array(almost, { maxLength: 3 }) })
  const webhook = fc.record({ entry: fc.array(entry, { maxLength: 3 }) })
  fc.assert(
    fc.property(fc.oneof(anything, almost, webhook), (payload) => {
      const events = normalise(payload)
      expect(events.length).toBeGreaterThanOrEqual(factsIn(payload))
      expectStorable(events)
    }),
    { numRuns: RUNS, seed: SEED },
  )
})

describe('every fixture with any part of it replaced or taken away', () => {
  test.each(fixtureFiles('cloud-api'))('%s', (file) => {
    const payload = readFixture(`cloud-api/${file}`)
    const places = placesIn(payload)
    const mutation = fc.record({
      place: fc.constantFrom(...places),
      to: fc.oneof(fc.constant(undefined), fc.constantFrom('', 0, '\u0000\ud800', {}, [], [[]], null), fc.jsonValue()),
    })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const mutated = mutations.reduce<Json>((json, { place, to }) => replaced(json, place, to), payload)
        const events = normalise(mutated)
        expect(events.length).toBeGreaterThanOrEqual(factsIn(mutated))
        expectStorable(events)
      }),
      { numRuns: MUTATIONS_PER_FIXTURE, seed: SEED },
    )
  })
})

test('of any batch every piece comes out once, in its order', () => {
  fc.assert(
    fc.property(fc.array(fc.array(piece(), { maxLength: 12 }), { minLength: 1, maxLength: 6 }), (values) => {
      const payload = {
        object: 'whatsapp_business_account',
        entry: values.map((pieces) => ({ id: '9', changes: [{ field: 'messages', value: messagesValue(pieces) }] })),
      }
      const expected = values.flatMap((pieces) =>
        pieces.length === 0 ? ['channel.unrecognised'] : pieces.flatMap((one) => one.gives),
      )
      expect(normalise(payload).map((event) => event.type)).toEqual(expected)
    }),
    { numRuns: 300, seed: SEED },
  )
})

interface Piece {
  readonly wire: Json
  readonly gives: readonly ChannelEvent['type'][]
}

function piece(): fc.Arbitrary<Piece> {
  const base = fc.record({
    id: fc.uuid(),
    timestamp: fc.integer({ min: 1, max: 2_000_000_000 }).map(String),
    from: fc.constant('966500000181'),
  })
  return base.chain((message) =>
    fc.constantFrom<Piece>(
      { wire: { ...message, type: 'text', text: { body: 'x' } }, gives: ['channel.message'] },
      { wire: { ...message, type: 'reaction', reaction: { message_id: 'a' } }, gives: ['channel.reaction'] },
      { wire: { ...message, type: 'revoke', revoke: { original_message_id: 'a' } }, gives: ['channel.delete'] },
      { wire: { ...message, type: 'new' }, gives: ['channel.message', 'channel.unrecognised'] },
      { wire: { ...message, timestamp: 'x', type: 'text', text: { body: 'x' } }, gives: ['channel.unrecognised'] },
      { wire: { type: 'text' }, gives: ['channel.unrecognised'] },
      { wire: null, gives: ['channel.unrecognised'] },
    ),
  )
}

function messagesValue(pieces: readonly Piece[]): Json {
  const metadata = { display_phone_number: '966550102030', phone_number_id: '1' }
  return { messaging_product: 'whatsapp', metadata, contacts: [], messages: pieces.map((one) => one.wire) }
}

function keys(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...LISTS, 'history', 'standby', 'metadata', 'contacts', 'event', 'constructor', '__proto__'),
    fc.string(),
  )
}

/** How many facts a payload holds, counted without the code under test: at least so many events must come of it. */
function factsIn(payload: Json): number {
  const entries = fieldOf(payload, 'entry')
  const changes = fieldOf(payload, 'changes')
  if (Array.isArray(entries)) return sum(entries.map((entry) => factsInChanges(fieldOf(entry, 'changes'))))
  return Array.isArray(changes) && entries === undefined ? factsInChanges(changes) : 1
}

function factsInChanges(changes: Json): number {
  return Array.isArray(changes) ? sum(changes.map(factsInChange)) : 1
}

function factsInChange(change: Json): number {
  const value = fieldOf(change, 'value')
  const field = fieldOf(change, 'field')
  if (typeof field !== 'string' || !LIST_FIELDS.has(field)) return 1
  const chunks = fieldOf(value, 'history')
  const imported = Array.isArray(chunks) ? sum(chunks.map((chunk) => 1 + messagesIn(chunk))) : 0
  const pieces = sum(LISTS.map((key) => fieldOf(value, key)).map((list) => (Array.isArray(list) ? list.length : 0)))
  return Math.max(1, pieces + imported)
}

/** Messages of a chunk; a thread whose messages are no list is one thing to tell. */
function messagesIn(chunk: Json): number {
  const threads = fieldOf(chunk, 'threads')
  if (!Array.isArray(threads)) return 0
  return sum(
    threads.map((thread) => fieldOf(thread, 'messages')).map((list) => (Array.isArray(list) ? list.length : 1)),
  )
}

function fieldOf(json: Json, key: string): Json {
  const isObject = json !== null && typeof json === 'object' && !Array.isArray(json)
  return isObject && Object.hasOwn(json, key) ? (json as Record<string, Json>)[key] : undefined
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}

type Place = readonly (string | number)[]

function placesIn(json: Json, at: Place = []): Place[] {
  if (json === null || typeof json !== 'object') return [at]
  const inner = Array.isArray(json) ? json.map((item, i) => [i, item] as const) : Object.entries(json)
  return [at, ...inner.flatMap(([key, item]) => placesIn(item, [...at, key]))]
}

/** A copy with another value at `place`; `undefined` takes the place away. */
function replaced(json: Json, place: Place, to: Json): Json {
  const [key, ...rest] = place
  if (key === undefined) return to
  if (json === null || typeof json !== 'object' || Array.isArray(json) !== (typeof key === 'number')) return json
  const copy: Record<string, Json> | Json[] = Array.isArray(json) ? [...json] : { ...json }
  const holder = copy as Record<string | number, Json>
  if (rest.length > 0 || to !== undefined) holder[key] = replaced(holder[key], rest, to)
  else if (Array.isArray(copy)) copy.splice(Number(key), 1)
  else delete holder[key]
  return copy
}

/** PostgreSQL refuses U+0000 and lone surrogates in jsonb; times are whole milliseconds. */
function expectStorable(events: readonly ChannelEvent[]): void {
  const json = JSON.stringify(events)
  expect(json).not.toMatch(/\\u0000|\\ud[89a-f]/i)
  for (const [, ms] of json.matchAll(/"(?:sentAtMs|atMs)":([^,}]+)/g)) expect(ms).toMatch(/^(?:\d{4,15}|null|".*)$/)
}
