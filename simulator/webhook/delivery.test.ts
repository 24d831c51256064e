import { createHmac } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import type { WebhookAttempt } from '../control-api.ts'
import { APP, type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

const DAY_MS = 86_400_000
let phone: ConnectedPhone
afterEach(() => phone.close())

const write = (body: string) => phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body } })
const ids = (): string[] =>
  phone.receiver
    .changes('messages')
    .flatMap((change) => change.value.messages.map((message: { id: string }) => message.id))
const attempts = () => phone.control<WebhookAttempt[]>('GET', '/webhooks')
const counters = async () => (await phone.control<{ counters: Record<string, number> }>('GET', '/state')).counters
/** The clock only waits for what is under way when it is moved. */
const settle = () => phone.advance(1)

test('a refused webhook is tried again at once, then less and less often, the same bytes each time', async () => {
  phone = await connectPhone()
  phone.receiver.answerWith(503)
  await write('hello')
  await phone.advance(DAY_MS)
  const gaps = (await attempts())
    .map((attempt) => attempt.atMs)
    .map((atMs, index, all) => atMs - (all[index - 1] ?? atMs))
  expect(gaps.slice(0, 5)).toEqual([0, 0, 5_000, 15_000, 60_000])
  expect(gaps).toEqual([...gaps].sort((a, b) => a - b))
  expect(new Set(phone.receiver.received.map(({ raw }) => raw)).size).toBe(1)
  phone.receiver.answerWith(200)
  await phone.advance(DAY_MS)
  expect((await attempts()).at(-1)?.status).toBe(200)
  expect(await counters()).toMatchObject({ webhooks_accepted: 1 })
})

test('after seven days a webhook is given up, and not before', async () => {
  phone = await connectPhone()
  phone.receiver.answerWith(500)
  await write('hello')
  await phone.advance(7 * DAY_MS - 3_600_000)
  expect((await counters()).webhooks_dropped).toBeUndefined()
  await phone.advance(DAY_MS)
  expect(await counters()).toMatchObject({ webhooks_dropped: 1 })
  const last = (await attempts()).at(-1)
  await phone.advance(7 * DAY_MS)
  expect((await attempts()).at(-1)).toEqual(last)
})

test('nobody listening is the same as a refusal', async () => {
  phone = await connectPhone()
  await phone.receiver.close()
  await write('hello')
  await phone.advance(60_000)
  expect((await attempts()).every((attempt) => attempt.status === 0)).toBe(true)
  expect((await attempts()).length).toBeGreaterThan(2)
})

test('duplicates are the same bytes, and dropped ones come again: nothing is lost', async () => {
  phone = await connectPhone({ faults: { webhookDuplicateRatio: 0.4, webhookDropThenRetryRatio: 0.4 } })
  const sent: string[] = []
  for (let at = 0; at < 25; at++) sent.push((await write(`message ${at}`)).wamid)
  await phone.advance(60_000)
  expect(new Set(ids())).toEqual(new Set(sent))
  expect(ids().length).toBeGreaterThan(sent.length)
  expect((await attempts()).filter((attempt) => attempt.status === 0).length).toBeGreaterThan(0)
})

test('with a wrong secret the signature is not ours', async () => {
  phone = await connectPhone({ faults: { webhookWrongSecretRatio: 1 } })
  await write('hello')
  await settle()
  const [webhook] = phone.receiver.received
  const ours = `sha256=${createHmac('sha256', APP.appSecret)
    .update(webhook?.raw ?? '')
    .digest('hex')}`
  expect(webhook?.headers['x-hub-signature-256']).not.toBe(ours)
  await phone.control('PUT', '/faults', {})
  await write('again')
  await settle()
  const last = phone.receiver.received.at(-1)
  expect(last?.headers['x-hub-signature-256']).toBe(
    `sha256=${createHmac('sha256', APP.appSecret)
      .update(last?.raw ?? '')
      .digest('hex')}`,
  )
})

test('updates overtake each other when they are held back', async () => {
  phone = await connectPhone({ faults: { webhookReorderMsMax: 10_000 } })
  const sent: string[] = []
  for (let at = 0; at < 12; at++) sent.push((await write(`message ${at}`)).wamid)
  expect(ids()).toEqual([])
  await phone.advance(10_000)
  expect(ids()).not.toEqual(sent)
  expect(new Set(ids())).toEqual(new Set(sent))
})

test('a batch holds an album of one customer in one value, and other changes beside it', async () => {
  phone = await connectPhone({ faults: { webhookBatchUpdatesMax: 1_000 } })
  for (let at = 0; at < 10; at++) await write(`picture ${at}`)
  await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'text', body: 'thanks' } })
  await phone.advance(1_000)
  expect(phone.receiver.received).toHaveLength(1)
  const [album, echo] = phone.receiver.received[0]?.body.entry[0]?.changes ?? []
  expect(album?.value.messages).toHaveLength(10)
  expect(album?.value.contacts).toHaveLength(1)
  expect(echo?.field).toBe('smb_message_echoes')
})

test('a batch ends at 1,000 updates and at 3 MB, holds several entries, and loses nothing', async () => {
  phone = await connectPhone({ faults: { webhookBatchUpdatesMax: 1_000 } })
  const other = await phone.control<{ wabaId: string }>('POST', '/scenarios', { name: 'tiny' })
  const { world } = phone.simulator
  const second = world.accounts.get(other.wabaId)
  if (second) second.subscribed = true
  const tell = (accountId: string, name: string, padding = ''): void =>
    world.tell({ accountId, numberId: null, field: 'security', entryTimeS: 1, value: { name, padding } })
  for (let at = 0; at < 1_200; at++) tell(phone.loaded.wabaId, `small ${at}`)
  // One letter outside ASCII is six bytes on the wire.
  for (let at = 0; at < 12; at++) tell(at % 2 ? phone.loaded.wabaId : other.wabaId, `big ${at}`, 'م'.repeat(100_000))
  await phone.advance(1_000)
  const bodies = phone.receiver.received.map(({ raw, body }) => ({ bytes: raw.length, entries: body.entry }))
  const updates = bodies.map(({ entries }) => entries.flatMap((entry) => entry.changes).length)
  expect(Math.max(...updates)).toBe(1_000)
  expect(Math.max(...bodies.map(({ bytes }) => bytes))).toBeLessThanOrEqual(3 * 1024 * 1024)
  expect(Math.max(...bodies.map(({ bytes }) => bytes))).toBeGreaterThan(2.3 * 1024 * 1024)
  expect(Math.max(...bodies.map(({ entries }) => new Set(entries.map((entry) => entry.id)).size))).toBe(2)
  const names = phone.receiver.changes('security').map((change) => change.value.name)
  expect([names.length, new Set(names).size]).toEqual([1_212, 1_212])
})

test('overrides: the number before the account before the app', async () => {
  phone = await connectPhone()
  const other = `${phone.receiver.url}?account`
  await phone.graph('POST', `${phone.loaded.wabaId}/subscribed_apps`, {
    override_callback_uri: other,
    verify_token: phone.receiver.verifyToken,
  })
  const configuration = {
    override_callback_uri: `${phone.receiver.url}?number`,
    verify_token: phone.receiver.verifyToken,
  }
  await phone.graph('POST', phone.numberId, { webhook_configuration: configuration })
  const shown = await phone.graph('GET', `${phone.numberId}?fields=webhook_configuration`)
  expect(shown.json.webhook_configuration).toEqual({
    phone_number: configuration.override_callback_uri,
    whatsapp_business_account: other,
    application: phone.receiver.url,
  })
  const wrong = await phone.graph('POST', phone.numberId, {
    webhook_configuration: { ...configuration, verify_token: 'wrong' },
  })
  expect(wrong.json.error.code).toBe(2200)
})

test('an account that is not subscribed gets nothing', async () => {
  phone = await connectPhone()
  await phone.graph('DELETE', `${phone.loaded.wabaId}/subscribed_apps`)
  await write('hello')
  await settle()
  expect(phone.receiver.received).toEqual([])
})
