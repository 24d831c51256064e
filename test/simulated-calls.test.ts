import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { CaptureGap } from '../contract/api/gaps.ts'
import type { Conversation } from '../contract/conversation.ts'
import type { InboxEvent } from '../contract/inbox-event.ts'
import type { Message } from '../contract/message.ts'
import { type SimulatedWasl, startSimulatedWasl } from './simulated-wasl.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

/** What customers who call leave in the inbox, with a phone and without. */

const MINUTE_MS = 60_000

let db: TestDatabase
let place: TestWorkspace
let wasl: SimulatedWasl
// A seed of its own: the same seed sends the same bytes, and a repeated delivery is taken once.
let seed = 960

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  wasl = await startSimulatedWasl(db, place, ++seed)
  return async () => {
    expect(await wasl.close()).toEqual([])
  }
})

/** A number of the API alone: no phone holds it any more. */
async function connectApiOnly(): Promise<{ numberId: string; phoneNumberId: string }> {
  const connected = await wasl.connect()
  await wasl.control('POST', 'onboard', { phoneNumberId: connected.phoneNumberId, apiOnly: true })
  await db.owner.query("update business_number set mode = 'api_only' where id = $1", [connected.numberId])
  return connected
}

async function newCustomer(phoneNumberId: string, profileName: string): Promise<string> {
  return ((await wasl.control('POST', `numbers/${phoneNumberId}/customers`, { profileName })) as { key: string }).key
}

async function call(phoneNumberId: string, key: string, seconds: number): Promise<string> {
  const act = { by: 'customer', do: 'call', seconds }
  return ((await wasl.control('POST', `numbers/${phoneNumberId}/chats/${key}/acts`, act)) as { wamid: string }).wamid
}

async function told(wamid: string, outcome: string): Promise<Message> {
  const isIt = (event: InboxEvent) =>
    (event.type === 'message.added' || event.type === 'message.changed') &&
    event.message.wamid === wamid &&
    event.message.content.type === 'call' &&
    event.message.content.outcome === outcome
  return ((await wasl.until(isIt)) as Extract<InboxEvent, { type: 'message.added' }>).message
}

async function conversationOf({ conversationId }: Message): Promise<Conversation> {
  const { conversations } = (await wasl.call('GET', '/conversations')).body as { conversations: Conversation[] }
  return conversations.find(({ id }) => id === conversationId) ?? expect.fail('there is no conversation')
}

test('without a phone a call is a line, opens the window from its own time on, and is no unread message', async () => {
  const { phoneNumberId } = await connectApiOnly()
  const wamid = await call(phoneNumberId, await newCustomer(phoneNumberId, 'Ann'), 84)
  const rang = await told(wamid, 'ringing')
  expect(rang).toMatchObject({ author: 'unknown', source: 'live', content: { by: 'customer' } })
  await wasl.advance(2 * MINUTE_MS)
  const over = await told(wamid, 'answered')
  expect(over).toMatchObject({ id: rang.id, sentAtMs: rang.sentAtMs, content: { seconds: 84 } })
  expect(await conversationOf(rang)).toMatchObject({
    inboundCount: 0,
    lastInboundAtMs: rang.sentAtMs,
    last: { type: 'call' },
  })

  const body = { clientId: crypto.randomUUID(), content: { type: 'text', body: 'You called?' } }
  expect((await wasl.call('POST', `/conversations/${rang.conversationId}/messages`, body)).status).toBe(201)
  const isOurs = (event: InboxEvent, ...states: (string | null)[]) =>
    event.type === 'message.changed' && event.message.author === 'agent' && states.includes(event.message.delivery)
  await wasl.until((event) => isOurs(event, 'accepted', 'sent', 'delivered', 'read'))
  await wasl.advance(MINUTE_MS)
  // Statuses of one minute may come together. Outside the window it would fail.
  await wasl.until((event) => isOurs(event, 'delivered', 'read'))
})

test('a call that nobody took says so', async () => {
  const { phoneNumberId } = await connectApiOnly()
  const wamid = await call(phoneNumberId, await newCustomer(phoneNumberId, 'Omar'), 0)
  const { sentAtMs } = await told(wamid, 'ringing')
  await wasl.advance(2 * MINUTE_MS)
  const missed = await told(wamid, 'missed')
  expect(missed.content).toEqual({ type: 'call', by: 'customer', outcome: 'missed' })
  expect((await conversationOf(missed)).lastInboundAtMs).toBe(sentAtMs)
})

test('with a phone it rings there: nothing comes, and the register of gaps says that calls stay on it', async () => {
  const { numberId, phoneNumberId } = await wasl.connect()
  await call(phoneNumberId, await newCustomer(phoneNumberId, 'Ann'), 84)
  await wasl.advance(2 * MINUTE_MS)
  await wasl.run('check_gaps')
  const { gaps } = (await wasl.call('GET', `/numbers/${numberId}/gaps`)).body as { gaps: CaptureGap[] }
  expect(gaps).toContainEqual(expect.objectContaining({ kind: 'calls', count: null, untilMs: null }))
  const { rows } = await db.owner.query(
    "select 1 from message where workspace_id = $1 and content ->> 'type' = 'call'",
    [place.workspaceId],
  )
  expect(rows).toEqual([])
})
