import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { REPLY_WINDOW_MS } from '../../contract/reply-window.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { putConversation, putMessage } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

const HELLO = { clientId: 'client-0001', content: { type: 'text', body: 'Hello' } }

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
let conversation: string

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  conversation = await putConversation(db, workspace)
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
  }
})

const send = (body: unknown, as?: string, id = conversation) =>
  server.call('POST', `/api/v1/conversations/${id}/messages`, { body, ...(as === undefined ? {} : { as }) })

describe('taking a message', () => {
  test('makes the row, the line of the list and the event at once', async () => {
    const { status, body } = await send(HELLO, workspace.salem.id)
    expect(status).toBe(201)
    expect(body.message).toMatchObject({
      conversationId: conversation,
      clientId: 'client-0001',
      wamid: null,
      author: 'agent',
      memberId: workspace.salem.id,
      source: 'live',
      content: HELLO.content,
      delivery: 'queued',
      sentAtMs: server.clock.nowMs(),
    })
    const feed = await feedEvents()
    expect(feed).toMatchObject([{ type: 'message.added', message: body.message, conversation: { id: conversation } }])
    expect(feed[0].conversation.last).toMatchObject({ author: 'agent', text: 'Hello', delivery: 'queued' })
    const snapshot = await server.call('GET', '/api/v1/snapshot')
    expect(snapshot.body.state.conversations[conversation]).toEqual(feed[0].conversation)
  })

  test('with a quote shows what it answers', async () => {
    await putMessage(db, workspace, conversation, { wamid: 'wamid.Q', content: { type: 'text', body: 'Open?' } })
    const { body } = await send({ ...HELLO, quoteWamid: 'wamid.Q' })
    expect(body.message.quote).toEqual({
      wamid: 'wamid.Q',
      preview: { author: 'customer', type: 'text', voice: false, deleted: false, text: 'Open?' },
    })
  })

  test('trims the text, and refuses none at all, too much, and a client id that is none', async () => {
    expect((await send({ ...HELLO, content: { type: 'text', body: '  Hi \n' } })).body.message.content.body).toBe('Hi')
    for (const body of [
      { ...HELLO, content: { type: 'text', body: ' \n ' } },
      { ...HELLO, content: { type: 'text', body: 'x'.repeat(4097) } },
      { ...HELLO, content: { type: 'image' } },
      { ...HELLO, clientId: 'a b' },
      {},
    ]) {
      expect((await send(body)).status).toBe(400)
    }
    expect(
      (await send({ ...HELLO, clientId: 'client-4096', content: { type: 'text', body: 'x'.repeat(4096) } })).status,
    ).toBe(201)
  })
})

describe('the same client id', () => {
  test('again gives the same message and sends nothing more', async () => {
    const first = await send(HELLO)
    const second = await send(HELLO)
    expect([first.status, second.status]).toEqual([201, 200])
    expect(second.body).toEqual(first.body)
    expect(await feedEvents()).toHaveLength(1)
  })

  test('ten times at once makes one message', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(HELLO)))
    expect(answers.map((answer) => answer.status).sort()).toEqual([...Array(9).fill(200), 201])
    expect(new Set(answers.map((answer) => answer.body.message.id)).size).toBe(1)
    expect(await feedEvents()).toHaveLength(1)
  })

  test.each([
    ['another text', { ...HELLO, content: { type: 'text', body: 'Other' } }],
    ['a quote', { ...HELLO, quoteWamid: 'wamid.Q' }],
  ])('with %s is refused', async (_name, body) => {
    await send(HELLO)
    const answer = await send(body)
    expect([answer.status, answer.body.error.code]).toEqual([409, 'client_id_reused'])
    expect(await feedEvents()).toHaveLength(1)
  })

  test('by another member or to another customer is refused', async () => {
    await send(HELLO)
    const other = await putConversation(db, workspace, { phone: '966550000001' })
    expect((await send(HELLO, workspace.maya.id)).status).toBe(409)
    expect((await send(HELLO, undefined, other)).status).toBe(409)
  })

  test('is free for another workspace', async () => {
    await send(HELLO)
    const neighbour = await createTestWorkspace(db)
    const there = await putConversation(db, neighbour)
    const own = await startApiServer({ db, workspaceId: neighbour.workspaceId, graphUrl: 'http://127.0.0.1:1' })
    const answer = await own.call('POST', `/api/v1/conversations/${there}/messages`, { body: HELLO })
    await own.close()
    expect(answer.status).toBe(201)
  })

  test('still gives its message when the window has closed and the number is gone', async () => {
    const first = await send(HELLO)
    server.clock.advanceMs(REPLY_WINDOW_MS * 2)
    await setNumber('removed')
    const second = await send(HELLO)
    expect([second.status, second.body.message.id]).toEqual([200, first.body.message.id])
  })

  test('may be used after a refusal, which took nothing', async () => {
    await setNumber('offboarded')
    expect((await send(HELLO)).status).toBe(422)
    await setNumber('live')
    expect((await send(HELLO)).status).toBe(201)
  })
})

describe('a message is refused', () => {
  test('when the customer last wrote 24 hours ago or never', async () => {
    const late = await putConversation(db, workspace, {
      phone: '1',
      lastInboundAtMs: server.clock.nowMs() - REPLY_WINDOW_MS,
    })
    const never = await putConversation(db, workspace, { phone: '2', lastInboundAtMs: null })
    const intime = await putConversation(db, workspace, {
      phone: '3',
      lastInboundAtMs: server.clock.nowMs() - REPLY_WINDOW_MS + 1,
    })
    for (const id of [late, never]) {
      const answer = await send(HELLO, undefined, id)
      expect([answer.status, answer.body.error.code]).toEqual([422, 'reply_window_closed'])
    }
    expect((await send(HELLO, undefined, intime)).status).toBe(201)
  })

  test.each([
    ['preparing', 'number_not_sending'],
    ['connecting', 'number_not_sending'],
    ['offboarded', 'number_offboarded'],
    ['removed', 'number_removed'],
    ['disabled', 'number_disabled'],
  ])('from a number that is %s, by its name', async (state, code) => {
    await setNumber(state)
    const answer = await send(HELLO)
    expect([answer.status, answer.body.error.code]).toEqual([422, code])
    expect(await feedEvents()).toEqual([])
    expect(await taken()).toBe(0)
  })
})

async function feedEvents() {
  const { rows } = await db.owner.query('select event from feed where workspace_id = $1 order by seq', [
    workspace.workspaceId,
  ])
  return rows.map((row) => row.event)
}

async function taken(): Promise<number> {
  const { rows } = await db.owner.query('select count(*)::int as n from message where workspace_id = $1', [
    workspace.workspaceId,
  ])
  return rows[0].n
}

async function setNumber(state: string): Promise<void> {
  await db.owner.query('update business_number set state = $2 where id = $1', [workspace.number.id, state])
}
