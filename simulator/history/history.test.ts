import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone, type PhoneOptions } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

async function askFor(type: 'history' | 'smb_app_state_sync', options: PhoneOptions = {}): Promise<void> {
  phone = await connectPhone(options)
  const answer = await phone.graph('POST', `${phone.numberId}/smb_app_data`, {
    messaging_product: 'whatsapp',
    sync_type: type,
  })
  expect(answer.json).toEqual({ messaging_product: 'whatsapp', request_id: expect.stringMatching(/^\w{16}$/) })
  await phone.advance(60_000)
}

interface Chunk {
  readonly metadata: { readonly phase: number; readonly chunk_order: number; readonly progress: number }
  readonly threads: readonly {
    readonly id?: string
    readonly context?: unknown
    readonly messages: readonly Record<string, unknown>[]
  }[]
}
const chunks = (): Chunk[] => phone.receiver.changes('history').flatMap((change) => change.value.history ?? [])
const messages = (): Record<string, unknown>[] =>
  chunks().flatMap((chunk) => chunk.threads.flatMap((thread) => thread.messages))

test('the past comes by phase with upper-case statuses, media as placeholders, up to progress 100', async () => {
  await askFor('history')
  expect(chunks().map((chunk) => chunk.metadata)).toEqual([
    { phase: 0, chunk_order: 1, progress: 25 },
    { phase: 1, chunk_order: 1, progress: 75 },
    { phase: 2, chunk_order: 1, progress: 100 },
  ])
  const real = messages().filter((message) => message.type !== 'reaction')
  expect(real).toHaveLength(phone.loaded.historyMessages)
  expect(real.filter((message) => message.type === 'media_placeholder')).toHaveLength(3)
  expect(
    messages().every((message) =>
      /^(DELIVERED|ERROR|PENDING|PLAYED|READ|SENT)$/.test(
        String((message.history_context as { status: string }).status),
      ),
    ),
  ).toBe(true)
  const lina = chunks()[0]?.threads[0]
  expect(lina?.id).toBeUndefined()
  expect(lina?.context).toEqual({ user_id: 'SA.1349120865530203', username: 'lina_k' })
  expect(lina?.messages[1]).toMatchObject({ from: '966500000001', to_user_id: 'SA.1349120865530203' })
})

test('media of the last 14 days follow under the ids of their placeholders, and can be fetched', async () => {
  await askFor('history')
  const followUps = phone.receiver.changes('history').filter((change) => change.value.history === undefined)
  const [fromCustomer, fromPhone] = followUps.map((change) => change.value)
  expect(followUps).toHaveLength(2)
  const placeholders = messages().filter((message) => message.type === 'media_placeholder')
  expect(placeholders.map((message) => message.id)).toEqual(
    expect.arrayContaining([fromCustomer.messages[0].id, fromPhone.message_echoes[0].id]),
  )
  expect(fromPhone.message_echoes[0]).toMatchObject({
    type: 'audio',
    to: '966511111111',
    audio: { voice: true, mime_type: 'audio/ogg; codecs=opus' },
  })
  const { image } = fromCustomer.messages[0]
  const media = await phone.graph('GET', image.id)
  expect(Buffer.from(media.json.sha256, 'hex').toString('base64')).toBe(image.sha256)
})

test('an owner who does not share: 2593109 in the envelope, or bare, while contacts still come', async () => {
  await askFor('history', { shareHistory: false })
  expect(phone.receiver.changes('history')[0]?.value.history[0].errors[0].code).toBe(2593109)
  await phone.graph('POST', `${phone.numberId}/smb_app_data`, {
    messaging_product: 'whatsapp',
    sync_type: 'smb_app_state_sync',
  })
  await phone.advance(2_000)
  expect(phone.receiver.changes('smb_app_state_sync')).toHaveLength(1)
  await phone.close()
  await askFor('history', { shareHistory: false, faults: { historyDeclinedBare: 1 } })
  const bare = JSON.parse(phone.receiver.received[0]?.raw ?? '{}') as {
    object?: string
    history: { errors: { code: number }[] }[]
  }
  expect(bare.object).toBeUndefined()
  expect(bare.history[0]?.errors[0]?.code).toBe(2593109)
})

test('silent mode: accepted, and nothing ever comes', async () => {
  await askFor('history', { faults: { historySilent: 1 } })
  await phone.advance(7 * 86_400_000)
  expect(phone.receiver.received).toEqual([])
})

test('the phone’s own clock stamps the history, Meta’s the live message', async () => {
  phone = await connectPhone({ faults: { deviceClockAheadMs: 90_000 } })
  const { wamid } = await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'now' } })
  await phone.graph('POST', `${phone.numberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: 'history' })
  await phone.advance(60_000)
  const live = phone.receiver.changes('messages')[0]?.value.messages[0]
  const past = messages().find((message) => message.id === wamid)
  expect(live.id).toBe(wamid)
  expect(Number(past?.timestamp) - Number(live.timestamp)).toBe(90)
  const [followUp] = phone.receiver.changes('history').flatMap((change) => change.value.messages ?? [])
  expect(followUp.timestamp).toBe(messages().find((message) => message.id === followUp.id)?.timestamp)
})

test('each sync once, and only within 24 hours', async () => {
  await askFor('history')
  const sync = (type: string) =>
    phone.graph('POST', `${phone.numberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: type })
  const second = await sync('history')
  expect(second.status).toBe(400)
  expect(second.json.error).toMatchObject({
    code: 2593107,
    message: '(#2593107) Synchronization request limit exceeded',
    type: 'OAuthException',
  })
  await phone.advance(24 * 3_600_000)
  expect((await sync('smb_app_state_sync')).json.error.code).toBe(2593108)
})

test('the address book comes at once and lives on', async () => {
  await askFor('smb_app_state_sync')
  const states = () => phone.receiver.changes('smb_app_state_sync').flatMap((change) => change.value.state_sync)
  expect(states().map((state) => state.contact.full_name)).toEqual(['نورة العتيبي', 'Lina K'])
  expect(states()[1].contact).toMatchObject({ user_id: 'SA.1349120865530203', username: 'lina_k' })
  await phone.control('PUT', `/numbers/${phone.numberId}/contacts/c2`, { addressBookName: 'Sam' })
  await phone.control('PUT', `/numbers/${phone.numberId}/contacts/c2`, { addressBookName: null })
  await phone.advance(1)
  expect(states().slice(2)).toMatchObject([
    { action: 'add', contact: { full_name: 'Sam', phone_number: '966522222222' } },
    { action: 'remove', contact: { phone_number: '966522222222' } },
  ])
  expect(states().at(-1).contact.full_name).toBeUndefined()
})

test('a large past: chunks of at most 2,000 messages under 3 MB, shuffled when wished, nothing lost', async () => {
  await askFor('history', {
    scenario: 'standin',
    scenarioOptions: { dialogues: 3_000 },
    faults: { historyChunkShuffle: 1 },
  })
  const sizes = chunks().map((chunk) => chunk.threads.reduce((sum, thread) => sum + thread.messages.length, 0))
  expect(Math.max(...sizes)).toBeLessThanOrEqual(2_000)
  expect(Math.max(...phone.receiver.received.map(({ raw }) => raw.length))).toBeLessThan(3 * 1024 * 1024)
  expect(new Set(messages().map((message) => message.id)).size).toBe(phone.loaded.historyMessages)
  const orders = chunks().map((chunk) => chunk.metadata.phase * 1_000 + chunk.metadata.chunk_order)
  expect(orders).not.toEqual([...orders].sort((a, b) => a - b))
})
