import { describe, expect, test } from 'vitest'
import type { ChannelEvent, ChannelMessage } from './channel-event.ts'
import { normalise } from './normalise.ts'

const OWN = '966550102030'
const CUSTOMER = '966500000181'

describe('whose message it is', () => {
  test.each([
    ['from our number', { from: OWN, to: CUSTOMER }, OWN, 'out'],
    ['from our number, written otherwise', { from: '+966 55 010 2030' }, OWN, 'out'],
    ['from our number, displayed with spaces', { from: OWN }, '+966 55 010-2030', 'out'],
    ['from the customer', { from: CUSTOMER }, OWN, 'in'],
    ['from the customer by user id only', { from_user_id: 'SA.1' }, OWN, 'in'],
    ['from a number the customer had before', { from: '966500000999' }, OWN, 'in'],
    ['from the customer by a user id in place of the number', { from: 'SA.1', to: OWN }, OWN, 'in'],
    ['from another writing of our number', { from: '9660550102030', to: CUSTOMER }, OWN, 'out'],
    ['to somebody, from nobody', { to: CUSTOMER }, OWN, 'out'],
    ['our number untold, from the customer', { from: CUSTOMER }, undefined, 'in'],
    ['our number untold, from another', { from: OWN }, undefined, 'out'],
  ])('%s', (_, ids, display, direction) => {
    const [message] = messages(history([{ id: CUSTOMER, messages: [text('wamid.1', ids)] }], {}, display))
    expect(message).toMatchObject({ direction, via: 'history', customer: { phone: CUSTOMER } })
  })
})

describe('who the thread is with', () => {
  const all = { wa_id: CUSTOMER, user_id: 'SA.1', parent_user_id: 'SA.ENT.2', username: '@layla' }
  test.each([
    ['its id, and who wrote', { id: CUSTOMER }, { phone: CUSTOMER, userId: 'SA.9' }],
    ['its id, a user id', { id: 'SA.77' }, { phone: CUSTOMER, userId: 'SA.77' }],
    ['its context', { context: all }, { phone: CUSTOMER, userId: 'SA.1', parentUserId: 'SA.ENT.2', username: 'layla' }],
    ['both', { id: CUSTOMER, context: { user_id: 'SA.1' } }, { phone: CUSTOMER, userId: 'SA.1' }],
    ['its messages alone', {}, { phone: CUSTOMER, userId: 'SA.9' }],
  ])('%s', (_, thread, customer) => {
    const wire = text('wamid.1', { from: CUSTOMER, from_user_id: 'SA.9' })
    const [message] = messages(history([{ ...thread, messages: [wire] }]))
    expect(message?.customer).toMatchObject(customer)
  })

  test('a message of ours in a thread that names nobody is kept as unrecognised', () => {
    const events = normalise(history([{ messages: [text('wamid.1', { from: OWN })] }]))
    expect(events.map((event) => event.type)).toEqual(['channel.unrecognised', 'channel.history_chunk'])
  })
})

test.each([
  ['ERROR', 'failed'],
  ['PENDING', 'queued'],
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
  ['read', 'read'],
  ['FLOWN', null],
])('a message with status %s had come as far as %s, from either side', (status, expected) => {
  const wire = (from: string) => text(`wamid.${from}`, { from, history_context: { status } })
  const found = messages(history([{ id: CUSTOMER, messages: [wire(OWN), wire(CUSTOMER)] }]))
  expect(found.map((message) => message.historyStatus)).toEqual([expected, expected])
})

test('a status of history that nobody knows is told, beside its message', () => {
  const wire = text('wamid.a', { from: OWN, history_context: { status: 'FLOWN' } })
  expect(normalise(history([{ id: CUSTOMER, messages: [wire] }]))).toMatchObject([
    { type: 'channel.message', historyStatus: null },
    { type: 'channel.unrecognised', reason: 'unknown status of history "FLOWN"', wire },
    { type: 'channel.history_chunk' },
  ])
})

test('the messages of a chunk come before the chunk, chunk by chunk', () => {
  const thread = (wamid: string) => [{ id: CUSTOMER, messages: [text(wamid, { from: CUSTOMER })] }]
  const value = {
    ...history([]),
    history: [
      { metadata: { phase: 1, chunk_order: 2, progress: 60 }, threads: thread('wamid.a') },
      { metadata: { phase: '0', chunk_order: '1', progress: '30' }, threads: thread('wamid.b') },
    ],
  }
  expect(normalise(value)).toMatchObject([
    { wamid: 'wamid.a', phase: 1 },
    { type: 'channel.history_chunk', phase: 1, chunkOrder: 2, progressPercent: 60, threads: 1, messages: 1 },
    { wamid: 'wamid.b', phase: 0 },
    { type: 'channel.history_chunk', phase: 0, chunkOrder: 1, progressPercent: 30, threads: 1, messages: 1 },
  ])
})

test('late files come by the field history, from either side, with their own type', () => {
  const image = (ids: object) => ({ ...text('wamid.late', ids), type: 'image', text: undefined, image: { id: '9' } })
  const value = { metadata: { display_phone_number: OWN, phone_number_id: '1' } }
  const fromCustomer = normalise({ field: 'history', value: { ...value, messages: [image({ from: CUSTOMER })] } })
  const fromUs = normalise({
    field: 'history',
    value: { ...value, message_echoes: [image({ from: OWN, to: CUSTOMER })] },
  })
  expect(fromCustomer).toMatchObject([
    { via: 'history_media', direction: 'in', content: { type: 'image' }, phase: null },
  ])
  expect(fromUs).toMatchObject([{ via: 'history_media', direction: 'out', customer: { phone: CUSTOMER } }])
})

test('the refusal is a fact of its own, wherever the error stands; other errors stay errors', () => {
  const error = (code: unknown) => ({ code, title: 'a title' })
  const value = { metadata: { display_phone_number: OWN, phone_number_id: '1' } }
  const read = (more: object) =>
    normalise({ field: 'history', value: { ...value, ...more } }).map((event) => event.type)
  expect(read({ history: [{ errors: [error(2593109)] }] })).toEqual(['channel.history_declined'])
  expect(read({ errors: [error('2593109')] })).toEqual(['channel.history_declined'])
  expect(read({ history: [{ errors: [error(131000), error('?')] }] })).toEqual([
    'channel.error',
    'channel.unrecognised',
  ])
})

test('two thousand messages are read in far less than 100 ms', () => {
  const threads = Array.from({ length: 100 }, (_, t) => ({
    id: String(966500001000 + t),
    messages: Array.from({ length: 20 }, (_, m) =>
      text(`wamid.${t}.${m}`, { from: m % 2 ? OWN : String(966500001000 + t) }),
    ),
  }))
  const value = history(threads)
  normalise(value)
  const startMs = performance.now()
  expect(messages(value)).toHaveLength(2000)
  expect(performance.now() - startMs).toBeLessThan(100)
})

function history(
  threads: unknown[],
  metadata: object = {},
  display: string | undefined = OWN,
): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: display, phone_number_id: '1' },
    history: [{ metadata: { phase: 0, chunk_order: 1, progress: 50, ...metadata }, threads }],
  }
}

function text(wamid: string, more: object): Record<string, unknown> {
  return { id: wamid, timestamp: '1794000000', type: 'text', text: { body: 'x' }, ...more }
}

function messages(value: unknown): ChannelMessage[] {
  return normalise(value).filter((event: ChannelEvent) => event.type === 'channel.message')
}
