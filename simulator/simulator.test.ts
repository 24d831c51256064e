import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone, START_MS } from './testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const text = (body: string): Record<string, unknown> => ({ type: 'text', text: { body } })
const customerWrites = (body: string): Record<string, unknown> => ({
  by: 'customer',
  do: 'send',
  message: { type: 'text', body },
})

test('a customer writes, the API answers, and the statuses follow with the price of the free tier', async () => {
  phone = await connectPhone()
  await phone.act('c1', customerWrites('هلا'))
  await phone.advance(1_000)
  const [inbound] = phone.receiver.changes('messages')
  expect(inbound?.value.messages[0]).toMatchObject({
    from: '966511111111',
    from_user_id: 'SA.1349120865530201',
    type: 'text',
    text: { body: 'هلا' },
  })
  expect(inbound?.value.messages[0].timestamp).toBe(String(START_MS / 1000))
  expect(phone.receiver.received[0]?.raw).toContain('\\u0647\\u0644\\u0627')
  expect(phone.receiver.received[0]?.headers['x-hub-signature-256']).toMatch(/^sha256=[0-9a-f]{64}$/)

  const sent = await phone.send({ to: '+966511111111', ...text('أهلا'), biz_opaque_callback_data: 'ours-1' })
  expect(sent.status).toBe(200)
  expect(sent.json.contacts).toEqual([{ input: '+966511111111', wa_id: '966511111111' }])
  await phone.advance(120_000)
  const statuses = phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
  expect(statuses.map((status) => status.status)).toEqual(['sent', 'delivered', 'read'])
  expect(
    statuses.every((status) => status.biz_opaque_callback_data === 'ours-1' && status.id === sent.json.messages[0].id),
  ).toBe(true)
  expect(statuses[0].pricing).toBeUndefined()
  expect(statuses[1].pricing).toEqual({
    billable: false,
    pricing_model: 'PMP',
    type: 'free_customer_service',
    category: 'service',
  })
  const chat = await phone.control<{ ticks: string; by: string }[]>('GET', `/numbers/${phone.numberId}/chats/c1`)
  expect(chat.at(-1)).toMatchObject({ by: 'api', ticks: 'read' })
})

test('without an open window a text fails later with 131047, a template does not', async () => {
  phone = await connectPhone()
  await phone.send({ to: '966511111111', ...text('hello') })
  const template = { name: 'hello_world', language: { code: 'en_US' } }
  const accepted = await phone.send({ to: '966511111111', type: 'template', template })
  expect(accepted.json.messages[0].message_status).toBe('accepted')
  await phone.advance(60_000)
  const statuses = phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
  const failed = statuses.filter((status) => status.status === 'failed')
  expect(failed).toHaveLength(1)
  expect(failed[0].errors[0]).toMatchObject({ code: 131047, title: 'Re-engagement message' })
  expect(
    statuses.filter((status) => status.id === accepted.json.messages[0].id).map((status) => status.status),
  ).toContain('delivered')
})

test('the window closes 24 hours after the last message of the customer', async () => {
  phone = await connectPhone()
  await phone.act('c1', customerWrites('hi'))
  await phone.advance(24 * 3_600_000 - 1_000)
  const inside = await phone.send({ to: '966511111111', ...text('just in time') })
  await phone.advance(2_000)
  const outside = await phone.send({ to: '966511111111', ...text('too late') })
  await phone.advance(5_000)
  const statuses = phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
  const of = (result: typeof inside): string[] =>
    statuses.filter((status) => status.id === result.json.messages[0].id).map((status) => status.status)
  expect(of(inside)).toContain('delivered')
  expect(of(outside)).toEqual(['failed'])
})

test('what the owner writes in the app is an echo without statuses and opens no window', async () => {
  phone = await connectPhone()
  await phone.act('c2', { by: 'phone', do: 'send', message: { type: 'text', body: 'We are open' } })
  await phone.advance(120_000)
  const [echo] = phone.receiver.changes('smb_message_echoes')
  expect(echo?.value.message_echoes[0]).toMatchObject({
    from: '966500000001',
    to: '966522222222',
    to_user_id: 'SA.1349120865530202',
    type: 'text',
  })
  expect(phone.receiver.changes('messages')).toEqual([])
  await phone.send({ to: '966522222222', ...text('and by API') })
  await phone.advance(5_000)
  expect(phone.receiver.changes('messages')[0]?.value.statuses[0].status).toBe('failed')
})

test('edits, deletions and reactions are messages of their own, within their time', async () => {
  phone = await connectPhone()
  const { wamid } = await phone.act('c1', customerWrites('three'))
  await phone.act('c1', { by: 'customer', do: 'edit', wamid, text: 'two' })
  await phone.act('c1', { by: 'phone', do: 'react', wamid, emoji: '👍' })
  await phone.act('c1', { by: 'customer', do: 'react', wamid, emoji: null })
  await phone.advance(16 * 60_000)
  expect((await phone.act('c1', { by: 'customer', do: 'edit', wamid, text: 'one' })).error).toContain('15 minutes')
  await phone.act('c1', { by: 'customer', do: 'delete', wamid })
  await phone.advance(1)
  const messages = phone.receiver.changes('messages').flatMap((change) => change.value.messages ?? [])
  expect(messages[1]).toMatchObject({
    type: 'edit',
    edit: { original_message_id: wamid, message: { type: 'text', text: { body: 'two' } } },
  })
  expect(messages[2].reaction).toEqual({ message_id: wamid })
  expect(messages[3]).toMatchObject({ type: 'revoke', revoke: { original_message_id: wamid } })
  expect(phone.receiver.changes('smb_message_echoes')[0]?.value.message_echoes[0]).toMatchObject({
    type: 'reaction',
    reaction: { message_id: wamid, emoji: '👍' },
  })
})

test('somebody who shows only a username is written to by user id', async () => {
  phone = await connectPhone()
  await phone.act('c3', customerWrites('hi'))
  const sent = await phone.send({ recipient: 'SA.1349120865530203', ...text('hello') })
  expect(sent.json.contacts).toEqual([{ input: 'SA.1349120865530203', user_id: 'SA.1349120865530203' }])
  await phone.advance(10_000)
  const [inbound, status] = phone.receiver.changes('messages')
  expect(inbound?.value.messages[0].from).toBeUndefined()
  expect(inbound?.value.contacts[0]).toEqual({
    profile: { name: 'Lina', username: 'lina_k' },
    user_id: 'SA.1349120865530203',
  })
  expect(status?.value.statuses[0]).toMatchObject({ recipient_user_id: 'SA.1349120865530203' })
  expect(status?.value.statuses[0].recipient_id).toBeUndefined()
})

test('disconnecting and re-registering are told, inverted by a second as in the samples', async () => {
  phone = await connectPhone()
  await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'reregister' })
  const meanwhile = await phone.send({ to: '966511111111', ...text('hello') })
  expect(meanwhile.json.error.code).toBe(133010)
  await phone.advance(120_000)
  await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'disconnect' })
  await phone.advance(1)
  const entries = phone.receiver.received.flatMap(({ body }) => body.entry)
  expect(entries.map((entry) => entry.changes[0]?.value.event)).toEqual([
    'ACCOUNT_OFFBOARDED',
    'ACCOUNT_RECONNECTED',
    'PARTNER_REMOVED',
  ])
  expect((entries[0]?.time ?? 0) - (entries[1]?.time ?? 0)).toBe(1)
  expect(entries[2]?.changes[0]?.value.disconnection_info).toEqual({
    reason: 'ACCOUNT_DISCONNECTED',
    initiated_by: 'USER',
  })
})

test('a customer changes number: a system message, and the chat stays one', async () => {
  phone = await connectPhone()
  await phone.control('PUT', `/numbers/${phone.numberId}/customers/c1/identity`, {
    phone: '966533333333',
    userId: 'SA.999',
  })
  await phone.act('c1', customerWrites('me again'))
  await phone.advance(1)
  const [system, message] = phone.receiver.changes('messages')
  expect(system?.value.messages[0]).toMatchObject({
    from: '966511111111',
    type: 'system',
    system: {
      type: 'user_changed_number',
      wa_id: '966533333333',
      user_id: 'SA.999',
      previous_user_id: 'SA.1349120865530201',
    },
  })
  expect(message?.value.messages[0].from).toBe('966533333333')
})

test('the same seed and the same calls make the same run, byte for byte; another seed does not', async () => {
  const run = async (seed: number): Promise<string[]> => {
    phone = await connectPhone({
      seed,
      play: true,
      faults: { statusSkipDeliveredRatio: 0.5, unavailableFirstRatio: 0.5, webhookDuplicateRatio: 0.3 },
    })
    await phone.graph('POST', `${phone.numberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: 'history' })
    await phone.act('c2', customerWrites('hello'))
    await phone.advance(30_000)
    await phone.send({ to: '966522222222', ...text('hi') })
    await phone.advance(120_000)
    // Deliveries run side by side, so that their arrival is no part of what the seed decides.
    const bodies = phone.receiver.received.map(({ raw }) => raw.replaceAll(/127\.0\.0\.1:\d+/g, 'origin')).sort()
    await phone.close()
    return bodies
  }
  const first = await run(11)
  expect(first.length).toBeGreaterThan(8)
  expect(await run(11)).toEqual(first)
  expect(await run(12)).not.toEqual(first)
})
