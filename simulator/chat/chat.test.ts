import { afterEach, describe, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone, START_MS } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const TO = '966511111111'
const write = (by: string, more: Record<string, unknown> = {}) =>
  phone.act('c1', { by, do: 'send', message: { type: 'text', body: 'hi' }, ...more })
const text = () => phone.send({ to: TO, type: 'text', text: { body: 'x' } })
const messages = () => phone.receiver.changes('messages').flatMap((change) => change.value.messages ?? [])
const statuses = () => phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
const chat = () => phone.control<{ by: string; body: { type: string } }[]>('GET', `/numbers/${phone.numberId}/chats/c1`)

describe('calls', () => {
  test('a customer’s call opens the window, the owner’s does not; neither is told or shared', async () => {
    phone = await connectPhone()
    await phone.act('c1', { by: 'phone', do: 'call' })
    await text()
    const { wamid } = await phone.act('c1', { by: 'customer', do: 'call' })
    await text()
    await phone.advance(60_000)
    expect(messages()).toEqual([])
    expect(statuses().map((status) => status.status)).toEqual(expect.arrayContaining(['failed', 'delivered']))
    expect(statuses().filter((status) => status.status === 'failed')).toHaveLength(1)
    expect((await chat()).filter((entry) => entry.body.type === 'call').map((entry) => entry.by)).toEqual([
      'phone',
      'customer',
    ])
    expect((await phone.act('c1', { by: 'customer', do: 'delete', wamid })).error).toBe('A call is no message.')
    await phone.graph('POST', `${phone.numberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: 'history' })
    await phone.advance(60_000)
    const shared = JSON.stringify(phone.receiver.changes('history'))
    expect([shared.includes('wamid.'), shared.includes('"call"'), shared.includes(wamid)]).toEqual([true, false, false])
  })

  test('a number of the API alone is told that a customer calls, and that it is over; only one that was taken has a time', async () => {
    phone = await connectPhone()
    await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId, apiOnly: true })
    const calls = () => phone.receiver.changes('calls').flatMap((change) => change.value.calls)
    const startS = START_MS / 1000
    const { wamid: taken } = await phone.act('c1', { by: 'customer', do: 'call', seconds: 84 })
    await phone.advance(1)
    const connect = { id: taken, from: TO, event: 'connect', direction: 'USER_INITIATED', timestamp: String(startS) }
    expect(calls()).toMatchObject([{ ...connect, session: { sdp_type: 'offer' } }])
    await phone.advance(90_000)
    const ends = { event: 'terminate', status: 'COMPLETED', timestamp: String(startS + 89) }
    const spoken = { start_time: String(startS + 5), end_time: String(startS + 89), duration: 84 }
    expect(calls()[1]).toMatchObject({ id: taken, ...ends, ...spoken })

    const { wamid: missed } = await phone.act('c3', { by: 'customer', do: 'call' })
    await phone.advance(60_000)
    expect(calls().slice(2)).toMatchObject([
      { id: missed, event: 'connect' },
      { id: missed, status: 'FAILED' },
    ])
    expect(calls()[3]).not.toHaveProperty('duration')
    expect([taken, missed].map((id) => id.slice(0, 6))).toEqual(['wacid.', 'wacid.'])
    expect(messages()).toEqual([])
    await text()
    await phone.advance(5_000)
    expect(statuses().map((status) => status.status)).toContain('sent')
    expect((await phone.act('c1', { by: 'phone', do: 'call' })).error).toBe('No phone holds this number.')
    expect((await phone.act('c1', { by: 'customer', do: 'call', seconds: -1 })).error).toContain('seconds')
  })

  test('a call of before onboarding opens nothing', async () => {
    phone = await connectPhone()
    await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'disconnect' })
    await phone.act('c1', { by: 'customer', do: 'call' })
    await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId })
    await text()
    await phone.advance(5_000)
    expect(statuses().map((status) => status.status)).toEqual(['failed'])
  })
})

describe('unsupported devices', () => {
  test('what a customer writes there comes as 131060 that nothing follows, or not at all; the phone has it', async () => {
    phone = await connectPhone()
    const { wamid } = await write('customer', { unsupportedDevice: 'unavailable' })
    await write('customer', { unsupportedDevice: 'silent' })
    await phone.advance(3_600_000)
    expect(messages()).toMatchObject([{ id: wamid, from: TO, type: 'unsupported', errors: [{ code: 131060 }] }])
    expect((await chat()).slice(-2).map((entry) => entry.body.type)).toEqual(['text', 'text'])
  })

  test('what the owner’s side writes there is no echo', async () => {
    phone = await connectPhone()
    await write('phone', { unsupportedDevice: 'silent' })
    await write('phone')
    await phone.advance(1)
    expect(phone.receiver.changes('smb_message_echoes')).toHaveLength(1)
  })

  test('companionMessageRatio draws both kinds', async () => {
    phone = await connectPhone({ faults: { companionMessageRatio: 1 } })
    for (let at = 0; at < 20; at++) await write('customer')
    await phone.advance(60_000)
    const types = messages().map((message) => message.type)
    expect(new Set(types)).toEqual(new Set(['unsupported']))
    expect(types.length).toBeGreaterThan(3)
    expect(types.length).toBeLessThan(17)
  })
})

test('statusReadFirstRatio: delivered comes after read, with its own instant and the price', async () => {
  phone = await connectPhone({ faults: { statusReadFirstRatio: 1 } })
  await write('customer')
  await text()
  await phone.advance(120_000)
  expect(statuses().map((status) => [status.status, status.pricing?.category])).toEqual([
    ['sent', undefined],
    ['read', undefined],
    ['delivered', 'service'],
  ])
  const [, read, delivered] = statuses()
  expect(Number(delivered.timestamp)).toBeLessThan(Number(read.timestamp))
})

test('templateHeldRatio: held for quality assessment, then sent after all or dropped', async () => {
  phone = await connectPhone({ faults: { templateHeldRatio: 1 } })
  const answers = []
  for (let at = 0; at < 12; at++) {
    const template = { name: 'hello_world', language: { code: 'en_US' } }
    answers.push(await phone.send({ to: TO, type: 'template', template }))
  }
  expect(answers.map((answer) => answer.json.messages[0].message_status)).toEqual(
    answers.map(() => 'held_for_quality_assessment'),
  )
  await phone.advance(599_000)
  expect(statuses()).toEqual([])
  await phone.advance(120_000)
  const ends = statuses().map((status) => status.errors?.[0].code ?? status.status)
  expect(ends).toEqual(expect.arrayContaining([132015, 'delivered']))
  expect(new Set(statuses().map((status) => status.id)).size).toBe(12)
})
