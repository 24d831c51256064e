import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { MARKETING_REST_MS } from '../../contract/marketing-rest.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putMessage, putTemplate, putToken } from '../../test/support/inbox-rows.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

const HELD = { code: 131049, title: 'Message was not delivered', details: null }
const MINUTE_MS = 60_000

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
let conversation: string
let marketing: Awaited<ReturnType<typeof putTemplate>>
let utility: typeof marketing

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  conversation = await putConversation(db, workspace)
  await putToken(db, workspace)
  marketing = await putTemplate(db, workspace, 'MARKETING')
  utility = await putTemplate(db, workspace, 'UTILITY')
  graph.calls.length = 0
  graph.answer(() => ({ body: { messages: [{ id: `wamid.${randomUUID()}` }] } }))
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

describe('after WhatsApp has held marketing back', () => {
  test('none is taken for that customer for a day, and it is said from when on', async () => {
    await holdBack()
    const fromMs = server.clock.nowMs() + MARKETING_REST_MS
    const refused = await take(marketing)
    expect([refused.status, refused.body.error.code]).toEqual([422, 'marketing_resting'])
    expect(refused.body.error.details).toEqual({ fromMs })
    expect((await limits()).body).toMatchObject({ marketingFromMs: fromMs })
    server.clock.advanceMs(MARKETING_REST_MS - 1)
    expect((await take(marketing)).status).toBe(422)
    server.clock.advanceMs(1)
    expect((await limits()).body).toMatchObject({ marketingFromMs: null })
    expect((await take(marketing)).status).toBe(201)
  })

  test('everything else goes on: other templates, answers, other customers, and marketing for later', async () => {
    await holdBack()
    expect((await take(marketing)).status).toBe(422)
    expect((await take(utility)).status).toBe(201)
    expect((await take({ type: 'text', body: 'Hello' })).status).toBe(201)
    const other = await putConversation(db, workspace, { phone: '966551234568' })
    expect((await take(marketing, {}, other)).status).toBe(201)
    const sendAtMs = server.clock.nowMs() + MARKETING_REST_MS
    expect((await take(marketing, { sendAtMs: sendAtMs - MINUTE_MS })).body.error.code).toBe('marketing_resting')
    expect((await take(marketing, { sendAtMs })).status).toBe(201)
  })

  test('it holds for the person, on whatever number', async () => {
    await holdBack()
    expect((await take(marketing, {}, await onAnotherNumber(conversation))).body.error.code).toBe('marketing_resting')
  })

  test('it makes no difference that it was told in a status; one that arrived after all ends it', async () => {
    const id = await putMessage(db, workspace, conversation, {
      author: 'agent',
      delivery: 'failed',
      content: marketing,
    })
    await db.owner.query('update message set error = $2, delivery_at = $3 where id = $1', [
      ...[id, JSON.stringify(HELD), new Date(server.clock.nowMs() - MINUTE_MS)],
    ])
    const refused = await take(marketing)
    expect(refused.body.error.details).toEqual({ fromMs: server.clock.nowMs() - MINUTE_MS + MARKETING_REST_MS })
    await db.owner.query("update message set delivery = 'delivered', error = null where id = $1", [id])
    expect((await take(marketing)).status).toBe(201)
  })

  test('what waited already is not sent: it ends with the same reason, and does not begin the day anew', async () => {
    const sendAtMs = server.clock.nowMs() + 60 * MINUTE_MS
    const [planned, kept] = [await take(marketing, { sendAtMs }), await take(utility, { sendAtMs })]
    await holdBack()
    const fromMs = server.clock.nowMs() + MARKETING_REST_MS
    graph.calls.length = 0
    server.clock.advanceMs(60 * MINUTE_MS)
    await run()
    expect(await message(planned.body.message.id)).toMatchObject({
      delivery: 'failed',
      wamid: null,
      error: { code: null, title: 'marketing_resting', fromMs },
    })
    expect(await message(kept.body.message.id)).toMatchObject({ delivery: 'accepted' })
    expect(graph.calls).toHaveLength(1)
    expect((await take(marketing)).body.error.details).toEqual({ fromMs })
  })
})

/** A marketing template goes out and is refused as the answer to the call. */
async function holdBack(): Promise<void> {
  graph.answer(() => ({
    status: 400,
    body: { error: { code: HELD.code, message: HELD.title, type: 'OAuthException', fbtrace_id: 'A1' } },
  }))
  const { body } = await take(marketing)
  await run()
  expect(await message(body.message.id)).toMatchObject({ delivery: 'failed', error: { code: 131049 } })
  graph.answer(() => ({ body: { messages: [{ id: `wamid.${randomUUID()}` }] } }))
}

function take(content: object, plan: object = {}, of = conversation) {
  const body = { clientId: `client-${randomUUID()}`, content, ...plan }
  return server.call('POST', `/api/v1/conversations/${of}/messages`, { body })
}

function limits() {
  return server.call('GET', `/api/v1/conversations/${conversation}/template-limits`)
}

function run(): Promise<void> {
  return sendNow(db, server, workspace)
}

async function message(id: string) {
  const { body } = await server.call('GET', `/api/v1/conversations/${conversation}/messages`)
  return body.messages.find((one: { id: string }) => one.id === id)
}

/** The same customer on a second number of the account; gives the conversation. */
async function onAnotherNumber(conversationId: string): Promise<string> {
  const [numberId, id] = [randomUUID(), randomUUID()]
  const { number } = workspace
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     select workspace_id, $2, waba_id, $3, phone, display_phone, verified_name, mode, state, connected_at
       from business_number where id = $1`,
    [number.id, numberId, `${number.phoneNumberId}9`],
  )
  await db.owner.query(
    `insert into conversation (workspace_id, id, number_id, contact_id, last_at, inbound_count, created_at)
     select workspace_id, $2, $3, contact_id, last_at, 0, created_at from conversation where id = $1`,
    [conversationId, id, numberId],
  )
  return id
}
