import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'

const OWN = '966550102030'
const CUSTOMER = '966500000181'
const TIME = '1794305000'

function read(call: object) {
  return normalise({
    field: 'calls',
    value: { metadata: { display_phone_number: OWN, phone_number_id: '1' }, calls: [call] },
  })
}
const incoming = { id: 'wacid.1', from: CUSTOMER, to: OWN, timestamp: TIME, direction: 'USER_INITIATED' }
const line = (call: object) => read(call).find((event) => event.type === 'channel.message')

describe('how a call went', () => {
  test.each<[string, object, object]>([
    ['it rings', { event: 'connect' }, { outcome: 'ringing' }],
    [
      'taken, with its length',
      { event: 'terminate', status: 'COMPLETED', duration: 84 },
      { outcome: 'answered', seconds: 84 },
    ],
    ['taken, as Meta says of none but those', { event: 'terminate', start_time: TIME }, { outcome: 'answered' }],
    [
      'taken, and broken off',
      { event: 'terminate', status: 'FAILED', duration: '30' },
      { outcome: 'answered', seconds: 30 },
    ],
    ['taken by nobody', { event: 'terminate', status: 'FAILED' }, { outcome: 'missed' }],
    [
      'taken by nobody, though it is called complete',
      { event: 'terminate', status: 'COMPLETED' },
      { outcome: 'missed' },
    ],
    ['a length that is none', { event: 'terminate', duration: -3 }, { outcome: 'missed' }],
  ])('%s', (_, wire, content) => {
    expect(line({ ...incoming, ...wire })).toMatchObject({ via: 'live', direction: 'in', wamid: 'wacid.1' })
    expect(line({ ...incoming, ...wire })).toHaveProperty('content', { type: 'call', by: 'customer', ...content })
  })

  test('it has the time at which it rang, and else the time at which it was taken', () => {
    const over = { ...incoming, event: 'terminate', timestamp: '1794305090' }
    expect(line({ ...incoming, event: 'connect' })).toHaveProperty('sentAtMs', 1_794_305_000_000)
    expect(line({ ...over, start_time: '1794305005' })).toHaveProperty('sentAtMs', 1_794_305_005_000)
    expect(line(over)).toHaveProperty('sentAtMs', 1_794_305_090_000)
  })
})

describe('who called', () => {
  const { direction: _, ...bare } = incoming
  test.each<[string, object, 'customer' | 'business']>([
    ['Meta says the customer', incoming, 'customer'],
    ['Meta says the business', { ...incoming, from: OWN, to: CUSTOMER, direction: 'BUSINESS_INITIATED' }, 'business'],
    ['who offers a session', { ...bare, session: { sdp_type: 'offer' } }, 'customer'],
    ['who is answered', { ...bare, from: OWN, to: CUSTOMER, session: { sdp_type: 'answer' } }, 'business'],
    [
      'from and to the wrong way round',
      { ...bare, from: OWN, to: CUSTOMER, session: { sdp_type: 'offer' } },
      'customer',
    ],
    ['our own number is in from', { ...bare, from: OWN, to: CUSTOMER }, 'business'],
    ['somebody else is in from', bare, 'customer'],
  ])('%s', (_name, wire, by) => {
    const event = line({ ...wire, event: 'connect' })
    expect(event).toMatchObject({ direction: by === 'customer' ? 'in' : 'out', content: { by } })
    expect(event).toMatchObject({ customer: { phone: CUSTOMER } })
  })
})

describe('what is a notice alone', () => {
  test.each<[string, object]>([
    ['no id', { ...incoming, id: undefined, event: 'connect' }],
    ['no time', { ...incoming, timestamp: undefined, event: 'connect' }],
    ['nobody named', { id: 'wacid.1', timestamp: TIME, event: 'connect' }],
    ['another event', { ...incoming, event: 'hold' }],
  ])('%s', (_, wire) => expect(read(wire).map(({ type }) => type)).toEqual(['channel.notice']))

  test('and what does not say what happened is kept whole', () => {
    expect(read({ id: 'wacid.1' })).toMatchObject([
      { type: 'channel.unrecognised', reason: expect.stringContaining('call') },
    ])
  })
})
