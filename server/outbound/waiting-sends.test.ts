import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putToken } from '../../test/support/inbox-rows.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'

const MINUTE_MS = 60_000

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
let conversation: string

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
  graph.calls.length = 0
  let count = 0
  graph.answer(() => ({ body: { messages: [{ id: `wamid.${workspace.workspaceId}.${++count}` }] } }))
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
  }
})

describe('a message that waits', () => {
  test('goes out at its time, and stands in the thread from then on', async () => {
    const { body } = await take('later', { sendAtMs: server.clock.nowMs() + MINUTE_MS })
    await run()
    expect([graph.calls.length, body.message.plan.sendAtMs]).toEqual([0, server.clock.nowMs() + MINUTE_MS])
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(graph.calls).toHaveLength(1)
    expect(await message(body.message.id)).toMatchObject({ delivery: 'accepted', sentAtMs: server.clock.nowMs() })
  })

  test('is taken back, once, and only before it is on its way', async () => {
    const { id } = (await take('Oh no', { sendAtMs: server.clock.nowMs() + MINUTE_MS })).body.message
    const cancel = () => server.call('POST', `/api/v1/messages/${id}/cancel`, { body: {} })
    expect((await cancel()).body.message).toMatchObject({ delivery: 'cancelled' })
    expect((await cancel()).body.error.code).toBe('already_sent')
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(graph.calls).toEqual([])
  })

  test('expires instead of going out late, whatever it waits for', async () => {
    const { id } = (await take('Today only', { expiresAtMs: server.clock.nowMs() + MINUTE_MS })).body.message
    await db.owner.query("update business_number set state = 'offboarded' where id = $1", [workspace.number.id])
    await run()
    server.clock.advanceMs(MINUTE_MS)
    await apiJobs(server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect(await message(id)).toMatchObject({ delivery: 'expired', error: null })
    expect(graph.calls).toEqual([])
  })

  test('is refused when its window will be closed, and fails when it has closed meanwhile', async () => {
    const late = await take('Tomorrow', { sendAtMs: server.clock.nowMs() + REPLY_WINDOW_MS })
    expect([late.status, late.body.error.code]).toEqual([422, 'reply_window_closed'])
    const { id } = (await take('Soon', { sendAtMs: server.clock.nowMs() + MINUTE_MS })).body.message
    server.clock.advanceMs(REPLY_WINDOW_MS)
    await run()
    expect(await message(id)).toMatchObject({ delivery: 'failed', error: { code: 131047 } })
    expect(graph.calls).toEqual([])
  })

  test('cannot expire before it may go out', async () => {
    const plan = { sendAtMs: server.clock.nowMs() + MINUTE_MS, expiresAtMs: server.clock.nowMs() + MINUTE_MS }
    expect((await take('Never', plan)).body.error.code).toBe('send_time_past')
  })

  test('can be undone for as long as the owner has set', async () => {
    const saved = await server.call('POST', '/api/v1/send-setting', { body: { undoSeconds: 5, askAfterMinutes: 1 } })
    expect(saved.status).toBe(204)
    await take('Hello', {})
    await run()
    expect(graph.calls).toEqual([])
    server.clock.advanceMs(5_000)
    await run()
    expect(graph.calls).toHaveLength(1)
  })
})

describe('the order', () => {
  test('an agent overtakes bots, and both a campaign; each customer gets one at a time', async () => {
    for (const text of ['campaign', 'bot', 'agent']) {
      const { id } = (await take(text, {})).body.message
      await db.owner.query('update message set author = $2 where id = $1', [id, text])
    }
    await run()
    expect(sentTexts()).toEqual(['agent', 'bot', 'campaign'])
  })

  test('after a file the next one waits until it is delivered', async () => {
    const { id } = (await take('file', {})).body.message
    await run()
    const { wamid } = await message(id)
    await db.owner.query(
      "update send_pair set held_wamid = $1, held_until = clock_timestamp() + interval '1 hour' where conversation_id = $2",
      [wamid, conversation],
    )
    await take('text', {})
    await run()
    expect(sentTexts()).toEqual(['file'])
    const queue = await server.call('GET', `/api/v1/conversations/${conversation}/queue`)
    expect(queue.body).toEqual({ numberWaits: 1, waits: 1, reason: 'file' })
    await db.owner.query("update message set delivery = 'delivered' where id = $1", [id])
    await run()
    expect(sentTexts()).toEqual(['file', 'text'])
  })
})

describe('a message of which nobody knows whether it went out', () => {
  test('is asked about after a while, and one person decides', async () => {
    graph.answer(() => 'cut')
    const { id } = (await take('Hello', {})).body.message
    await run()
    const decide = (answer: string) => server.call('POST', `/api/v1/messages/${id}/doubt`, { body: { answer } })
    expect((await decide('leave')).body.error.code).toBe('already_sent')
    server.clock.advanceMs(10 * MINUTE_MS)
    expect((await decide('again')).body.message).toMatchObject({ delivery: 'unconfirmed', doubt: 'again' })
    expect((await decide('leave')).body.error.code).toBe('already_sent')
    expect(graph.calls).toHaveLength(1)
  })
})

describe('the limit of a number', () => {
  test('is the preset of its mode until an owner sets another', async () => {
    const path = `/api/v1/numbers/${workspace.number.id}/send-limit`
    expect((await server.call('GET', path)).body).toEqual({ perSecond: null, preset: 20 })
    const agent = { body: { perSecond: 5 }, as: workspace.salem.id }
    expect((await server.call('POST', path, agent)).body.error.code).toBe('owner_only')
    expect((await server.call('POST', path, { body: { perSecond: 5 } })).status).toBe(204)
    expect((await server.call('GET', path)).body).toEqual({ perSecond: 5, preset: 20 })
  })
})

function take(text: string, plan: object) {
  return server.call('POST', `/api/v1/conversations/${conversation}/messages`, {
    body: { clientId: `client-${text.replaceAll(' ', '-')}`, content: { type: 'text', body: text }, ...plan },
  })
}

function run(): Promise<void> {
  return sendNow(db, server, workspace)
}

function sentTexts(): string[] {
  return graph.calls.map((call) => (call.body.text as { body: string }).body)
}

async function message(id: string) {
  const { body } = await server.call('GET', `/api/v1/conversations/${conversation}/messages`)
  return body.messages.find((one: { id: string }) => one.id === id)
}
