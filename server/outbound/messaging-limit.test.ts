import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { PLACE_MS } from '../../contract/messaging-limit.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putTemplate, putToken } from '../../test/support/inbox-rows.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

/** Meta's smallest limit. */
const LIMIT = 50
const HOUR_MS = 60 * 60_000
const TEXT = { type: 'text', body: 'Hello' } as const

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
let template: Awaited<ReturnType<typeof putTemplate>>
let customers = 0

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
  await putToken(db, workspace)
  template = await putTemplate(db, workspace, 'UTILITY')
  await tellTier('TIER_50')
  graph.calls.length = 0
  graph.answer(() => accepted())
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

describe('when as many customers were written to first as Meta allows', () => {
  test('a template to a new one is not called, and says what it waits for and until when', async () => {
    await useUp(LIMIT)
    const conversation = await newcomer()
    expect((await limitsOf(conversation)).placeFreeAtMs).toBe(freeAtMs())
    const id = await take(conversation)
    await run()
    expect(graph.calls).toEqual([])
    expect(await deliveryOf(id)).toBe('queued')
    const queue = await server.call('GET', `/api/v1/conversations/${conversation}/queue`)
    expect(queue.body).toMatchObject({ waits: 1, reason: 'places', freeAtMs: freeAtMs() })
    const standing = await server.call('GET', '/api/v1/messaging-limit')
    expect(standing.body).toEqual({ limit: LIMIT, used: LIMIT, freeAtMs: freeAtMs() })
  })

  test('it goes out as soon as a place is free', async () => {
    await useUp(LIMIT)
    const id = await take(await newcomer())
    server.clock.advanceMs(PLACE_MS - HOUR_MS - 1)
    await run()
    expect(await deliveryOf(id)).toBe('queued')
    server.clock.advanceMs(1)
    await run()
    expect(await deliveryOf(id)).toBe('accepted')
    expect((await standing()).used).toBe(1)
  })

  test('a raised limit lets it go', async () => {
    await useUp(LIMIT)
    const id = await take(await newcomer())
    await run()
    await tellTier('TIER_250')
    await run()
    expect(await deliveryOf(id)).toBe('accepted')
  })

  test('who was counted goes on, and so does everything within a reply window, behind any number that wait', async () => {
    const conversation = await newcomer()
    const first = await take(conversation)
    await run()
    await useUp(LIMIT - 1)
    const waiting: string[] = []
    for (let index = 0; index < 60; index++) waiting.push(await take(await newcomer()))
    const again = await take(conversation)
    const open = await putConversation(db, workspace, { phone: nextPhone(), lastInboundAtMs: server.clock.nowMs() - 1 })
    const others = [await take(open), await take(open, TEXT)]
    await run()
    const sent = graph.calls.map(({ body }) => body.biz_opaque_callback_data)
    expect(sent.sort()).toEqual([first, again, ...others].sort())
    expect(new Set(await Promise.all(waiting.map(deliveryOf)))).toEqual(new Set(['queued']))
    expect((await standing()).used).toBe(LIMIT)
  })
})

test('a refused template takes no place, and one that a message of today holds is still held', async () => {
  await useUp(LIMIT - 1)
  graph.answer(() => ({
    status: 400,
    body: { error: { code: 131026, message: 'Undeliverable', type: 'OAuthException' } },
  }))
  await take(await newcomer())
  await run()
  expect((await standing()).used).toBe(LIMIT - 1)
  graph.answer(() => accepted())
  const conversation = await newcomer()
  const id = await take(conversation)
  await run()
  expect([await deliveryOf(id), (await standing()).used]).toEqual(['accepted', LIMIT])
  await db.owner.query("update message set delivery = 'failed' where id = $1", [await takeAndRun(conversation)])
  expect((await standing()).used).toBe(LIMIT)
})

test.each(['TIER_UNLIMITED', null])('nothing is counted without a limit (%s)', async (tier) => {
  await tellTier(tier)
  const id = await take(await newcomer())
  await run()
  expect([await deliveryOf(id), await standing()]).toEqual(['accepted', { limit: null, used: 0, freeAtMs: null }])
})

test('two processes with a number each take no place twice, and none too many', async () => {
  await useUp(LIMIT - 5)
  const second = await secondNumber()
  const servers = [server, await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })]
  const ids: string[] = []
  for (let index = 0; index < 10; index++) {
    ids.push(await take(await newcomer()), await take(await newcomer({ ...workspace, number: second })))
  }
  for (const { deps } of servers) await deps.sending.start(db.url)
  // Each holds one number first; what it does not hold it leaves.
  servers[0]?.deps.sending.wake(workspace.workspaceId, workspace.number.id)
  servers[1]?.deps.sending.wake(workspace.workspaceId, second.id)
  await Promise.all(servers.map(({ deps }) => deps.sending.idle()))
  for (const { deps } of servers) await deps.sending.stop()
  await servers[1]?.close()
  expect(graph.calls).toHaveLength(5)
  const states = await Promise.all(ids.map(deliveryOf))
  expect(states.filter((state) => state === 'queued')).toHaveLength(15)
  expect(await standing()).toMatchObject({ used: LIMIT })
})

function accepted() {
  return { body: { messages: [{ id: `wamid.${randomUUID()}` }] } }
}

/** Somebody who never wrote; gives the conversation. */
function newcomer(place: TestWorkspace = workspace): Promise<string> {
  return putConversation(db, place, { phone: nextPhone(), lastInboundAtMs: null })
}

function nextPhone(): string {
  return `9665${String(++customers).padStart(8, '0')}`
}

async function take(conversation: string, content: object = template): Promise<string> {
  const body = { clientId: `client-${randomUUID()}`, content }
  const answer = await server.call('POST', `/api/v1/conversations/${conversation}/messages`, { body })
  expect(answer.status).toBe(201)
  return answer.body.message.id
}

async function takeAndRun(conversation: string): Promise<string> {
  const id = await take(conversation)
  await run()
  return id
}

function run(): Promise<void> {
  return sendNow(db, server, workspace)
}

async function deliveryOf(id: string): Promise<string> {
  return (await db.owner.query('select delivery from message where id = $1', [id])).rows[0].delivery
}

async function standing() {
  return (await server.call('GET', '/api/v1/messaging-limit')).body
}

async function limitsOf(conversation: string) {
  return (await server.call('GET', `/api/v1/conversations/${conversation}/template-limits`)).body
}

/** The places that `useUp` takes were taken an hour ago. */
function freeAtMs(): number {
  return server.clock.nowMs() - HOUR_MS + PLACE_MS
}

async function useUp(count: number): Promise<void> {
  await db.owner.query(
    `insert into customer_place (workspace_id, contact_id, message_id, taken_at)
     select $1, gen_random_uuid(), gen_random_uuid(), $3 from generate_series(1, $2)`,
    [workspace.workspaceId, count, new Date(server.clock.nowMs() - HOUR_MS)],
  )
  // What is put past the sender is counted when it looks next.
  await db.owner.query('update place_count set unused = 0 where workspace_id = $1', [workspace.workspaceId])
}

/** What Meta says of the number. */
async function tellTier(messagingLimit: string | null): Promise<void> {
  const at = new Date(server.clock.nowMs())
  await db.owner.query(
    `insert into meta_answer (workspace_id, number_id, question, asked_at, answer, answered_at) values ($1, $2, 'number', $3, $4, $3)
     on conflict (workspace_id, number_id, question) do update set answer = excluded.answer`,
    [workspace.workspaceId, workspace.number.id, at, JSON.stringify({ messagingLimit })],
  )
}

async function secondNumber(): Promise<TestWorkspace['number']> {
  const number = { ...workspace.number, id: randomUUID(), phoneNumberId: `${workspace.number.phoneNumberId}9` }
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     select workspace_id, $2, waba_id, $3, phone, display_phone, verified_name, mode, state, connected_at
       from business_number where id = $1`,
    [workspace.number.id, number.id, number.phoneNumberId],
  )
  await putToken(db, { ...workspace, number })
  return number
}
