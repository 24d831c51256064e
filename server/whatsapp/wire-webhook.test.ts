import { describe, expect, test } from 'vitest'
import { fixtureFiles, readFixture } from '../../test/support/fixtures.ts'
import type { ChannelEvent } from './channel-event.ts'
import { normalise, readWebhook } from './normalise.ts'

interface Webhook {
  entry?: { id: string; time?: number; changes: { field?: string; value: Record<string, unknown> }[] }[]
}

/** Fixtures with exactly one change whose field stands where it belongs. */
const SINGLE = fixtureFiles('cloud-api').flatMap((file) => {
  const { entry } = readFixture(`cloud-api/${file}`) as Webhook
  if (entry === undefined || entry.length !== 1 || file.startsWith('unknown_field/')) return []
  const changes = entry.flatMap((one) => one.changes)
  const change = changes.at(0)
  return change?.field !== undefined && changes.length === 1 ? [{ file, change }] : []
})

/** Values that could come under two fields, or that say too little to tell their field. */
const NOT_TOLD_BY_ITS_VALUE = new Set([
  'message_echoes/text.json',
  'account_update/without_event.json',
  'business_username_update/plural_spelling.json',
  'history/media_from_business.json',
  'history/media_from_customer.json',
  'history/media_from_customer_user_id.json',
  'messaging_handovers/control_passed.json',
  'standby/without_wrapping.json',
  'tracking_events/one.json',
  'template_correct_category_detection/detected.json',
])

describe('a bare change says what the whole webhook says', () => {
  test.each(SINGLE)('$file', ({ file, change }) => {
    expect(bare(normalise(change))).toEqual(bare(normalise(readFixture(`cloud-api/${file}`))))
  })
})

describe('a bare value says what the whole webhook says', () => {
  test.each(SINGLE.filter(({ file }) => !NOT_TOLD_BY_ITS_VALUE.has(file)))('$file', ({ file, change }) => {
    expect(bare(normalise(change.value))).toEqual(bare(normalise(readFixture(`cloud-api/${file}`))))
  })
})

test.each([
  ['text', 'hello', 'it is not a JSON object'],
  ['null', null, 'it is not a JSON object'],
  ['a list of webhooks', [{ entry: [] }], 'it is not a JSON object'],
  ['an entry that is no list', { entry: {} }, 'its `entry` is not a list'],
  [
    'an answer to a send',
    { messaging_product: 'whatsapp', contacts: [], messages: [{ id: 'wamid.x' }] },
    'it has no `entry`',
  ],
  ['an event of Embedded Signup', { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', data: {} }, 'it has no `entry`'],
])('%s is no webhook', (_, payload, reason) => {
  const reading = readWebhook(payload)
  expect(reading).toMatchObject({ kind: 'not_a_webhook', reason: expect.stringContaining(reason) })
  expect(normalise(payload)).toMatchObject([{ type: 'channel.unrecognised', field: null }])
})

test.each([
  [{ history: [{ errors: [{ code: 2593109, title: 'off' }] }] }, 'channel.history_declined'],
  [{ errors: [{ code: 2593109, title: 'off' }], metadata: { phone_number_id: '1' } }, 'channel.history_declined'],
  [
    { state_sync: [{ type: 'contact', action: 'remove', contact: { phone_number: '966500000181' } }] },
    'channel.contact',
  ],
  [{ event: 'SOMETHING_NEW', waba_info: { waba_id: '9' } }, 'channel.notice'],
])('a bare value is known by what only webhooks hold: %j', (value, type) => {
  expect(normalise(value)).toMatchObject([{ type }])
})

test('a field that stands in the entry or in the value is found', () => {
  const value = { event: 'SOMETHING_NEW' }
  const inEntry = { entry: [{ id: '9', field: 'account_update', changes: [{ value }] }] }
  const inValue = { entry: [{ id: '9', changes: [{ value: { ...value, field: 'account_update' } }] }] }
  for (const payload of [inEntry, inValue]) {
    expect(normalise(payload)).toMatchObject([{ field: 'account_update', event: 'SOMETHING_NEW', data: value }])
  }
})

test('an empty webhook is a webhook that says nothing', () => {
  expect(readWebhook({ object: 'whatsapp_business_account', entry: [] })).toEqual({ kind: 'webhook', events: [] })
})

test('partner events name the account in waba_info; partner_solutions name none', () => {
  const accounts = ['account_update/partner_added', 'partner_solutions/created', 'account_update/account_deleted'].map(
    (name) => normalise(readFixture(`cloud-api/${name}.json`)).map((event) => event.origin.wabaId),
  )
  expect(accounts).toEqual([['364817205993127'], [null], ['364817205993127']])
})

/** The events without what only the envelope tells: the account and the entry's time. */
function bare(events: readonly ChannelEvent[]): unknown[] {
  return events.map((event) => {
    const origin = { ...event.origin, wabaId: null }
    if (event.type !== 'channel.notice') return { ...event, origin }
    const { entry_id: _ofTheEntry, ...data } = event.data
    return { ...event, origin, atMs: null, data }
  })
}
