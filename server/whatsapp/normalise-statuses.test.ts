import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'

/** Reads one status of the field `messages`. */
function read(status: object, contacts: unknown[] = []): ReturnType<typeof normalise> {
  return normalise({
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '966550102030', phone_number_id: '1' },
    contacts,
    statuses: [{ id: 'wamid.1', timestamp: '1794211200', recipient_id: '966500000181', status: 'sent', ...status }],
  })
}

describe('what a message of ours cost, in three eras', () => {
  test.each([
    [
      'per conversation, until June 2025',
      { pricing: { billable: true, pricing_model: 'CBP', category: 'utility' } },
      { model: 'CBP', billable: true, type: null, category: 'utility', subtype: null },
    ],
    [
      'per message, since July 2025',
      { pricing: { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'utility' } },
      { model: 'PMP', billable: false, type: 'free_customer_service', category: 'utility', subtype: null },
    ],
    [
      'service messages too, since October 2026',
      { pricing: { pricing_model: 'PMP', type: 'regular', category: 'service', subtype: 'paid_exempt' } },
      { model: 'PMP', billable: null, type: 'regular', category: 'service', subtype: 'paid_exempt' },
    ],
    ['untold', {}, null],
  ])('%s', (_, status, pricing) => {
    expect(read(status)).toMatchObject([{ type: 'channel.status', pricing }])
  })
})

test.each([
  [
    'its own identifiers',
    { recipient_user_id: 'SA.1' },
    [],
    { phone: '966500000181', userId: 'SA.1', profileName: null },
  ],
  [
    'what its contact adds',
    {},
    [contact()],
    { phone: '966500000181', userId: 'SA.1', username: 'noura', profileName: 'N' },
  ],
  [
    'user id only',
    { recipient_id: undefined, recipient_user_id: 'SA.2' },
    [contact()],
    { phone: null, userId: 'SA.2' },
  ],
])('the customer: %s', (_, status, contacts, customer) => {
  expect(read(status, contacts)).toMatchObject([{ customer }])
})

test('a status that names nobody is a status all the same', () => {
  expect(read({ recipient_id: undefined })).toMatchObject([{ type: 'channel.status', customer: null }])
})

test('in a group the recipient is the group, and the person is named apart', () => {
  const status = { recipient_type: 'group', recipient_id: 'group-1', recipient_participant_id: '447700900123' }
  expect(read(status)).toMatchObject([{ groupId: 'group-1', customer: { phone: '447700900123' } }])
})

test.each([
  ['a call', { type: 'call', status: 'RINGING' }, { kind: 'call', event: 'RINGING' }],
  ['a payment of no order', { status: 'pending', payment: {} }, { kind: 'payment', event: 'pending' }],
  [
    'a payment that stands otherwise',
    { type: 'payment', status: 'new', payment: { reference_id: 'r' } },
    { kind: 'payment', event: 'new' },
  ],
])('the status of %s is a notice about a customer', (_, status, notice) => {
  expect(read(status)).toMatchObject([{ type: 'channel.notice', ...notice, customer: { phone: '966500000181' } }])
})

test.each([
  ['captured', 'paid'],
  ['pending', 'pending'],
  ['failed', 'failed'],
])('a payment that is %s is one of its order, with or without its type', (word, state) => {
  const told = { status: word, payment: { reference_id: 'r', amount: { value: '5', offset: 100 }, currency: 'INR' } }
  const amount = { value: 5, offset: 100, currency: 'INR' }
  for (const status of [told, { ...told, type: 'payment' }])
    expect(read(status)).toMatchObject([{ type: 'channel.payment', reference: 'r', payment: { state, amount } }])
})

test('a payment that says no time of its own has that of its transaction', () => {
  const transaction = { id: 'order_1', updated_timestamp: 1_794_211_990, error: { code: 'X', reason: 'Declined' } }
  const payment = { reference_id: 'r', amount: { value: 5 }, transaction }
  const told = { atMs: 1_794_211_990_000, state: 'failed', transactionId: 'order_1', failure: 'Declined' }
  expect(read({ status: 'failed', timestamp: undefined, payment })).toMatchObject([{ payment: told }])
})

test('errors are read one by one; what has no code is kept apart', () => {
  const errors = [
    { code: '131047', message: 'Re-engagement' },
    { title: 'no code' },
    { code: 1, title: 't', details: 'd' },
  ]
  expect(read({ status: 'failed', errors })).toMatchObject([
    {
      type: 'channel.status',
      errors: [
        { code: 131047, title: 'Re-engagement', details: null },
        { code: 1, title: 't', details: 'd' },
      ],
    },
    { type: 'channel.unrecognised', wire: { title: 'no code' } },
  ])
})

test.each([
  [{ id: undefined }, 'malformed status: no id'],
  [{ timestamp: 'x' }, 'malformed status: no readable timestamp'],
  [{ status: undefined }, 'malformed status: it does not say which'],
  [{ status: 'deleted' }, 'unknown status "deleted"'],
])('a status with %j is kept as unrecognised', (status, reason) => {
  expect(read(status)).toMatchObject([{ type: 'channel.unrecognised', reason }])
})

function contact(): object {
  return { profile: { name: 'N', username: '@noura' }, wa_id: '966500000181', user_id: 'SA.1' }
}
