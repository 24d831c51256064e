import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putToken } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'
import { NOTE_REFUSAL_JOB } from './note-refusal.ts'

/** Two processes on one database: the first makes the calls, the second hears of a refusal in a status. */
let db: TestDatabase
let graph: GraphStub
let workspace: TestWorkspace
let other: TestWorkspace['number']
let caller: ApiServer
let hearer: ApiServer
let said = 0

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
  other = await secondNumber()
  graph.calls.length = 0
  graph.answer(() => ({ body: { messages: [{ id: `wamid.${randomUUID()}` }] } }))
  const options = { db, workspaceId: workspace.workspaceId, graphUrl: graph.url }
  caller = await startApiServer(options)
  hearer = await startApiServer(options)
  await caller.deps.sending.start(db.url)
  return async () => {
    await caller.deps.sending.stop()
    await caller.close()
    await hearer.close()
    expect([...caller.errors, ...hearer.errors]).toEqual([])
  }
})

test.each([
  ['a number', 80007, ['first', 'fence']],
  ['a customer', 131056, ['first', 'to another', 'fence']],
])('what another process heard in a status holds up %s at once, though its lease is fresh', async (_, code, called) => {
  const [chat, neighbour] = [await conversationOf(workspace), await conversationOf(workspace, '966551234568')]
  const fence = await conversationOf({ ...workspace, number: other }, '966551234569')
  await say(chat, 'first')
  await graph.called(1)
  const refusal = { workspaceId: workspace.workspaceId, numberId: workspace.number.id, conversationId: chat, code }
  await apiJobs(hearer.deps)[NOTE_REFUSAL_JOB]?.(refusal, { attempt: 1, isLastAttempt: false })
  await say(chat, 'held')
  await say(neighbour, 'to another')
  // Taken last: when it has gone out, the others have been looked at.
  await say(fence, 'fence')
  await graph.called(called.length)
  expect(graph.calls.map(({ body }) => (body.text as { body: string }).body).sort()).toEqual([...called].sort())
})

async function say(conversationId: string, text: string): Promise<void> {
  const body = { clientId: `client-${++said}-${randomUUID()}`, content: { type: 'text', body: text } }
  const { status } = await hearer.call('POST', `/api/v1/conversations/${conversationId}/messages`, { body })
  expect(status).toBe(201)
}

async function conversationOf(place: TestWorkspace, phone = '966551234567'): Promise<string> {
  if ((await db.owner.query('select from number_secret where number_id = $1', [place.number.id])).rowCount === 0) {
    await putToken(db, place)
  }
  return putConversation(db, place, { phone })
}

async function secondNumber(): Promise<TestWorkspace['number']> {
  const number = { ...workspace.number, id: randomUUID(), phoneNumberId: `${workspace.number.phoneNumberId}9` }
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     select workspace_id, $2, waba_id, $3, phone, display_phone, verified_name, mode, state, connected_at
       from business_number where id = $1`,
    [workspace.number.id, number.id, number.phoneNumberId],
  )
  return number
}
