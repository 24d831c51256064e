import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { AcceptedSend, ChatMessage, LoadedScenario, OnboardAnswer, SimulatorState } from './control-api.ts'
import { type Simulator, startSimulator } from './simulator.ts'
import { APP, START_MS } from './testing/connected-phone.ts'
import { startReceiver, type WebhookReceiver } from './testing/webhook-receiver.ts'

let folder: string
let simulator: Simulator
let receiver: WebhookReceiver
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulator-'))
  receiver = await startReceiver()
  simulator = await start()
})
afterEach(async () => {
  await simulator.close()
  await receiver.close()
  rmSync(folder, { recursive: true })
})

const start = () => startSimulator({ port: 0, seed: 7, ...APP, frozen: true, startMs: START_MS, folder })
async function control<T>(method: string, path: string, body?: unknown): Promise<T> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return (await (await fetch(`${simulator.origin}/control${path}`, { method, ...sent })).json()) as T
}
async function graph(token: string, path: string, body: unknown): Promise<{ messages: { id: string }[] }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const answer = await fetch(`${simulator.origin}/v25.0/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { messages: { id: string }[] }
}
async function connect(): Promise<{ loaded: LoadedScenario; token: string }> {
  await control('PUT', '/webhook', { url: receiver.url, verifyToken: receiver.verifyToken })
  const loaded = await control<LoadedScenario>('POST', '/scenarios', { name: 'tiny' })
  const { code } = await control<OnboardAnswer>('POST', '/onboard')
  const query = `client_id=${APP.appId}&client_secret=${APP.appSecret}&code=${code}`
  const bought = await fetch(`${simulator.origin}/oauth/access_token?${query}`)
  const { access_token: token } = (await bought.json()) as { access_token: string }
  await graph(token, `${loaded.wabaId}/subscribed_apps`, {})
  return { loaded, token }
}
const text = (body: string) => ({ messaging_product: 'whatsapp', to: '966511111111', type: 'text', text: { body } })

test('a stopped simulator goes on where it was: chats, tokens, script, statuses, webhooks nobody took', async () => {
  const { loaded, token } = await connect()
  const chat = `/numbers/${loaded.phoneNumberId}/chats/c1`
  await control('POST', '/clock', { advanceMs: 6_000 })
  const { messages } = await graph(token, `${loaded.phoneNumberId}/messages`, text('before'))
  receiver.answerWith(503)
  await control('POST', `${chat}/acts`, { by: 'customer', do: 'send', message: { type: 'image', fileSeed: 4 } })
  const before = await control<ChatMessage[]>('GET', chat)
  await simulator.close()
  receiver.answerWith(200)
  simulator = await start()
  expect(await control('GET', chat)).toEqual(before)
  const state = await control<SimulatorState>('GET', '/state')
  expect(state.nowMs).toBe(START_MS + 6_000)
  expect(state.numbers[0]).toMatchObject({ phoneNumberId: loaded.phoneNumberId, connection: 'connected' })
  await control('POST', '/clock', { advanceMs: 120_000 })
  const changes = receiver.changes('messages')
  const statuses = changes.flatMap((change) => change.value.statuses ?? [])
  expect(statuses.filter((status) => status.id === messages[0]?.id).map((status) => status.status)).toEqual([
    'sent',
    'delivered',
    'read',
  ])
  expect(changes.flatMap((change) => change.value.messages ?? []).map((message) => message.type)).toContain('image')
  expect(receiver.changes('smb_message_echoes')).toHaveLength(1)
  await graph(token, `${loaded.phoneNumberId}/messages`, text('after'))
  const sent = await control<AcceptedSend[]>('GET', '/sent')
  expect(new Set(sent.map(({ wamid }) => wamid)).size).toBe(2)
})

test('a phone that was switched off is still off, and its 14 days go on', async () => {
  const { loaded } = await connect()
  await control('POST', `/numbers/${loaded.phoneNumberId}/device`, { do: 'switch_off' })
  await control('POST', '/clock', { advanceMs: 10 * 86_400_000 })
  await simulator.close()
  simulator = await start()
  await control('POST', '/clock', { advanceMs: 4 * 86_400_000 })
  const [event] = receiver.changes('account_update')
  expect(event?.value.disconnection_info).toEqual({ reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' })
})

test('an id given after the world was last written down is not given again', async () => {
  const { loaded, token } = await connect()
  await simulator.close()
  const ids: string[] = []
  for (let run = 0; run < 3; run++) {
    simulator = await start()
    const { messages } = await graph(token, `${loaded.phoneNumberId}/messages`, text('x'))
    ids.push(messages[0]?.id ?? '')
    // As after a crash: what was written down before this message is what is read next.
    const file = join(folder, 'world.v8')
    const kept = readFileSync(file)
    await simulator.close()
    writeFileSync(file, kept)
  }
  simulator = await start()
  expect(new Set(ids).size).toBe(3)
})

test('only the owner may read it; what cannot be read is left out', async () => {
  await connect()
  await simulator.close()
  const [file] = readdirSync(folder)
  expect(statSync(join(folder, file ?? '')).mode & 0o777).toBe(0o600)
  writeFileSync(join(folder, file ?? ''), 'nonsense')
  simulator = await start()
  expect((await control<SimulatorState>('GET', '/state')).numbers).toEqual([])
})
