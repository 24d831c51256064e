import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Chat } from '../control-api.ts'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

const TO = '966511111111'
let phone: ConnectedPhone
beforeEach(async () => {
  phone = await connectPhone()
})
afterEach(() => phone.close())

const roles = (ourRole: string, partnerRole: string | null) =>
  phone.control<{ error?: string }>('PUT', `/numbers/${phone.numberId}/routing`, { ourRole, partnerRole })
const partner = (act: Record<string, unknown>) =>
  phone.control<{ error?: string; wamid?: string }>('POST', `/numbers/${phone.numberId}/chats/c1/partner`, act)
const customerWrites = (body = 'hi') => phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body } })
const weWrite = () => phone.send({ to: TO, type: 'text', text: { body: 'from us' } })
const control = (action: string, more: Record<string, unknown> = {}) =>
  phone.graph('POST', `${phone.numberId}/thread_control`, { messaging_product: 'whatsapp', action, to: TO, ...more })
const owner = async () =>
  (await phone.control<Chat[]>('GET', `/numbers/${phone.numberId}/chats`)).find((chat) => chat.customer.key === 'c1')
    ?.owner
const standby = () => phone.receiver.changes('standby').map((change) => change.value.standby)
const handovers = () => phone.receiver.changes('messaging_handovers').map((change) => change.value)

describe('a thread that is the other partner’s', () => {
  beforeEach(async () => {
    await roles('customer_service', 'marketing')
    await customerWrites()
    await control('pass', { control_pass: { target_role: 'marketing' }, metadata: 'wants the offer' })
  })

  test('was passed, which is told with both roles', async () => {
    await phone.advance(1)
    expect(await owner()).toBe('partner')
    expect(handovers()).toEqual([
      {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: '966500000001', phone_number_id: phone.numberId },
        type: 'control_passed',
        sender: { phone_number: TO },
        timestamp: expect.stringMatching(/^\d+$/),
        control_passed: {
          previous_owner_role: 'customer_service',
          new_owner_role: 'marketing',
          metadata: 'wants the offer',
        },
      },
    ])
  })

  test('comes on standby: messages, the partner’s echoes, and their statuses', async () => {
    await customerWrites('and now?')
    const { wamid } = await partner({ do: 'send', text: 'here is the offer' })
    await phone.advance(120_000)
    expect(phone.receiver.changes('messages')).toHaveLength(1)
    const [message, echo, ...statuses] = standby()
    expect(message).toMatchObject({ contacts: [{ wa_id: TO }], messages: [{ from: TO, text: { body: 'and now?' } }] })
    expect(echo.message_echoes).toMatchObject([{ id: wamid, from: '966500000001', to: TO, type: 'text' }])
    expect(statuses.map((each) => [each.statuses[0].id, each.statuses[0].status])).toEqual([
      [wamid, 'sent'],
      [wamid, 'delivered'],
      [wamid, 'read'],
    ])
    // What others send is no send of ours.
    expect(await phone.control('GET', '/sent')).toEqual([])
  })

  test('cannot be written in: 131070, and nothing is sent', async () => {
    expect((await weWrite()).json.error.code).toBe(131070)
    expect((await control('pass', { control_pass: { target_role: 'marketing' } })).json.error.code).toBe(131070)
    expect((await control('release')).json.error.code).toBe(131070)
    expect((await control('take')).json.error.code).toBe(2494191)
    expect(await phone.control('GET', '/sent')).toEqual([])
  })

  test('is passed back', async () => {
    await partner({ do: 'pass', metadata: 'a person, please' })
    await phone.advance(1)
    expect(handovers().at(-1).control_passed).toEqual({
      previous_owner_role: 'marketing',
      new_owner_role: 'customer_service',
      metadata: 'a person, please',
    })
    expect((await weWrite()).status).toBe(200)
    expect((await partner({ do: 'send', text: 'still here' })).error).toContain('ours')
  })

  test('falls idle after 24 hours without the customer: then whoever writes first has it', async () => {
    await phone.advance(24 * 3_600_000)
    expect(await owner()).toBeNull()
    await customerWrites('anybody?')
    await phone.advance(1)
    expect(phone.receiver.changes('messages').at(-1)?.value.messages[0].text.body).toBe('anybody?')
    expect((await weWrite()).status).toBe(200)
    expect(await owner()).toBe('us')
  })

  test('is released, and belongs to nobody', async () => {
    await partner({ do: 'release' })
    expect(await owner()).toBeNull()
    expect((await partner({ do: 'pass' })).error).toContain('nobody')
    expect((await partner({ do: 'send', text: 'back' })).wamid).toMatch(/^wamid\./)
    expect(await owner()).toBe('partner')
  })
})

test('only the escalation partner takes, whoever owns the thread', async () => {
  await roles('escalation', 'utility')
  await customerWrites()
  await partner({ do: 'send', text: 'your parcel' })
  expect((await partner({ do: 'take' })).error).toContain('escalation')
  expect((await control('take')).status).toBe(200)
  await phone.advance(1)
  expect(handovers()[0]).toMatchObject({
    type: 'control_taken',
    control_taken: { previous_owner_role: 'utility', new_owner_role: 'escalation' },
  })
  await roles('utility', 'escalation')
  await partner({ do: 'take' })
  expect((await weWrite()).json.error.code).toBe(131070)
})

test('Meta’s agent gives way to what is no template', async () => {
  await roles('customer_service', 'ai_agent')
  await customerWrites()
  await partner({ do: 'send', text: 'How can I help?' })
  const template = { name: 'hello_world', language: { code: 'en_US' } }
  expect((await phone.send({ to: TO, type: 'template', template })).json.error.code).toBe(131070)
  expect((await weWrite()).status).toBe(200)
  await phone.advance(1)
  expect([await owner(), handovers()[0].control_passed.new_owner_role]).toEqual(['us', 'customer_service'])
})

test('what makes no sense is refused, and a number alone is as before', async () => {
  expect((await roles('boss', 'marketing')).error).toContain('ai_agent')
  expect((await partner({ do: 'send', text: 'hello' })).error).toContain('no other partner')
  await roles('customer_service', 'marketing')
  expect((await control('pass', { control_pass: { target_role: 'utility' } })).json.error.code).toBe(100)
  expect((await control('pass', { control_pass: { target_role: 'king' } })).json.error.code).toBe(100)
  expect((await partner({ do: 'dance' })).error).toContain('send, pass, release, take')
  await partner({ do: 'send', text: 'hello' })
  await roles('customer_service', null)
  await customerWrites()
  expect((await weWrite()).status).toBe(200)
  expect((await control('pass', { control_pass: { target_role: 'marketing' } })).json.request_id).toMatch(/^\w{16}$/)
})

test('the ids of the account model: the WhatsApp account stands for the phone number in paths', async () => {
  const signup = await phone.control<Record<string, string>>('POST', '/onboard', { accountModel: true })
  expect(signup).toMatchObject({ messagingAccountId: phone.loaded.wabaId, waacId: expect.stringMatching(/^2\d{14}$/) })
  expect((await phone.graph('GET', `${signup.waacId}?fields=display_phone_number`)).json).toEqual({
    display_phone_number: '+966 50 000 0001',
    id: phone.numberId,
  })
  const body = { messaging_product: 'whatsapp', to: TO, type: 'text', text: { body: 'x' } }
  const by = (messaging_account_id: string | undefined) =>
    phone.graph('POST', `${signup.waacId}/messages`, { ...body, messaging_account_id })
  expect((await by(signup.messagingAccountId)).status).toBe(200)
  expect((await by('1')).json.error.code).toBe(100)
  expect(await phone.control('POST', '/onboard')).not.toHaveProperty('waacId')
})
