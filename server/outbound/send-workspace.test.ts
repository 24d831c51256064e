import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { applyFeedRows, type InboxState } from '../../contract/inbox-state.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putMessage, putToken } from '../../test/support/inbox-rows.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs, recoverSends, startSends } from '../jobs.ts'

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
  graph.calls.length = 0
  graph.answer(() => undefined)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  conversation = await putConversation(db, workspace)
  await putToken(db, workspace)
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
  }
})

describe('sending what waits', () => {
  test('calls Meta once with our id in it, and keeps the wamid', async () => {
    graph.answer(() => accepted('wamid.A'))
    const id = await take('Hello')
    await run()
    expect(graph.calls).toHaveLength(1)
    expect(graph.calls[0]).toMatchObject({
      method: 'POST',
      path: `/${workspace.number.phoneNumberId}/messages`,
      headers: { authorization: 'Bearer EAAtoken' },
      body: { to: '+966551234567', text: { body: 'Hello' }, biz_opaque_callback_data: id },
    })
    expect(await message(id)).toMatchObject({ wamid: 'wamid.A', delivery: 'accepted', error: null })
    await run()
    expect(graph.calls).toHaveLength(1)
  })

  test('never sends what is WhatsApp’s already: an imported message that the phone had not sent yet', async () => {
    graph.answer(() => accepted('wamid.A'))
    await putMessage(db, workspace, conversation, { author: 'phone', delivery: 'queued', wamid: 'wamid.PENDING' })
    await recoverSends(server.deps)
    await run()
    expect(graph.calls).toEqual([])
    await take('Hello')
    await run()
    expect(graph.calls.map((call) => (call.body.text as { body: string }).body)).toEqual(['Hello'])
  })

  test('keeps the order in which they were written', async () => {
    let count = 0
    graph.answer(() => accepted(`wamid.${++count}`))
    for (const text of ['one', 'two', 'three']) await take(text)
    await run()
    expect(graph.calls.map((call) => (call.body.text as { body: string }).body)).toEqual(['one', 'two', 'three'])
  })

  test('tells the browsers each step, and what they reckon is what the server has', async () => {
    graph.answer(() => accepted('wamid.A'))
    const before = await snapshot()
    await take('Hello')
    await run()
    const rows = await db.owner.query('select seq, at, event from feed where workspace_id = $1 order by seq', [
      workspace.workspaceId,
    ])
    const feed = rows.rows.map((row) => ({ seq: Number(row.seq), atMs: row.at.getTime(), event: row.event }))
    expect(feed.map((row) => row.event.message.delivery)).toEqual(['queued', 'sending', 'accepted'])
    expect(applyFeedRows(before, feed)).toEqual(await snapshot())
  })

  test('a customer without a number is called by the user id', async () => {
    graph.answer(() => accepted('wamid.A'))
    conversation = await putConversation(db, workspace, { phone: null, userId: 'SA.77' })
    await take('Hello')
    await run()
    expect(graph.calls[0]?.body).toMatchObject({ recipient: 'SA.77' })
  })
})

describe('a number that does not send', () => {
  const setNumber = (state: string) =>
    db.owner.query('update business_number set state = $2 where id = $1', [workspace.number.id, state])

  test.each(['offboarded', 'removed', 'disabled'])(
    'holds what waits, without asking Meta, until it is back: %s',
    async (state) => {
      graph.answer(() => accepted('wamid.A'))
      const id = await take('Hello')
      await setNumber(state)
      await run()
      // Most of a day later nothing is lost, and nobody tries.
      server.clock.advanceMs(23 * 60 * 60 * 1000)
      expect(await woken()).toEqual([])
      expect(graph.calls).toEqual([])
      expect(await message(id)).toMatchObject({ delivery: 'queued' })
      await setNumber('live')
      expect(await woken()).toEqual([workspace.number.id])
      await run()
      expect(await message(id)).toMatchObject({ delivery: 'accepted', wamid: 'wamid.A' })
    },
  )
})

describe('an answer that is none', () => {
  test.each([
    ['the connection is cut', 'cut' as const],
    ['a proxy answers', { status: 502, raw: Buffer.from('<html>Bad gateway') }],
    ['the answer has no wamid', { status: 200, body: { messages: [] } }],
  ])('leaves the message unconfirmed and is never repeated: %s', async (_name, answer) => {
    graph.answer(() => answer)
    const id = await take('Hello')
    for (let times = 0; times < 2; times++) await run()
    expect(graph.calls).toHaveLength(1)
    expect(await message(id)).toMatchObject({ delivery: 'unconfirmed', wamid: null })
  })

  test('a refusal of Meta is kept in its words', async () => {
    graph.answer(() => refusal(131047, 'Re-engagement message'))
    const id = await take('Hello')
    await run()
    expect(await message(id)).toMatchObject({
      delivery: 'failed',
      error: { code: 131047, title: 'Re-engagement message', details: 'why' },
    })
  })

  test('a rate limit waits, in order, and no message overtakes', async () => {
    let limited = true
    let count = 0
    graph.answer(() => (limited ? refusal(131056, 'Pair rate') : accepted(`wamid.${++count}`)))
    const first = await take('one')
    await take('two')
    await run()
    expect(graph.calls).toHaveLength(1)
    expect(await message(first)).toMatchObject({ delivery: 'queued' })
    const held = await db.owner.query('select held_until > now() as held from send_pair')
    expect(held.rows).toContainEqual({ held: true })
    limited = false
    await run()
    expect(graph.calls.map((call) => (call.body.text as { body: string }).body)).toEqual(['one', 'one', 'two'])
  })

  test('the access refused keeps the message, and has the number asked about', async () => {
    graph.answer(() => refusal(190, 'Session has expired'))
    const id = await take('Hello')
    await run()
    expect(await message(id)).toMatchObject({ delivery: 'queued', error: null })
    const { rows } = await db.owner.query("select key from graphile_worker.jobs where key like 'check_number:%'")
    expect(rows).toEqual([{ key: `check_number:${workspace.number.id}` }])
    graph.answer(() => accepted('wamid.A'))
    await run()
    expect(await message(id)).toMatchObject({ delivery: 'accepted' })
  })

  test('Meta out of reach is tried for ten minutes, then told', async () => {
    const id = await take('Hello')
    const closed = await startGraphStub()
    await closed.close()
    const away = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: closed.url })
    await run(away)
    expect(await message(id)).toMatchObject({ delivery: 'queued' })
    away.clock.advanceMs(11 * 60_000)
    await run(away)
    expect(await message(id)).toMatchObject({
      delivery: 'failed',
      error: { code: null, title: 'Meta could not be reached' },
    })
    await away.close()
  })
})

describe('facts that come before the answer', () => {
  test('statuses that overtook it are folded in', async () => {
    graph.answer(() => accepted('wamid.A'))
    const id = await take('Hello')
    const { workspaceId, number } = workspace
    await db.owner.query(
      `insert into message_status (workspace_id, number_id, wamid, status, at, callback_data)
       values ($1, $2, 'wamid.A', 'sent', $3, $4), ($1, $2, 'wamid.A', 'delivered', $3, $4)`,
      [workspaceId, number.id, new Date(server.clock.nowMs()), id],
    )
    await run()
    expect(await message(id)).toMatchObject({ wamid: 'wamid.A', delivery: 'delivered' })
  })

  test('so are a reaction and an edit that came before we knew the wamid', async () => {
    graph.answer(() => accepted('wamid.A'))
    const id = await take('Hello')
    const target = [workspace.workspaceId, workspace.number.id, new Date(server.clock.nowMs())]
    await db.owner.query("insert into reaction values ($1, $2, 'wamid.A', 'customer', '👍', $3, 'wamid.R')", target)
    await db.owner.query(
      `insert into message_change values ($1, $2, 'wamid.A', 'wamid.E', 'edit', $3, '{"type":"text","body":"Hello!"}')`,
      target,
    )
    await run()
    expect(await message(id)).toMatchObject({
      content: { body: 'Hello!' },
      reactions: [{ by: 'customer', emoji: '👍' }],
      versions: [{ content: { body: 'Hello' } }],
    })
    const again = await server.call('POST', `/api/v1/conversations/${conversation}/messages`, {
      body: { clientId: 'client-Hello', content: { type: 'text', body: 'Hello' } },
    })
    expect([again.status, again.body.message.id]).toEqual([200, id])
  })

  test('an echo that made a row of its own becomes this message, once', async () => {
    graph.answer(() => accepted('wamid.A'))
    const before = await snapshot()
    const id = await take('Hello')
    const echo = await putMessage(db, workspace, conversation, {
      wamid: 'wamid.A',
      author: 'api',
      sentAtMs: server.clock.nowMs(),
    })
    await run()
    const thread = await server.call('GET', `/api/v1/conversations/${conversation}/messages`)
    expect(thread.body.messages).toHaveLength(1)
    expect(thread.body.messages[0]).toMatchObject({
      id: echo,
      clientId: 'client-Hello',
      author: 'agent',
      delivery: 'accepted',
    })
    const repeated = await server.call('POST', `/api/v1/conversations/${conversation}/messages`, {
      body: { clientId: 'client-Hello', content: { type: 'text', body: 'Hello' } },
    })
    expect([repeated.status, repeated.body.message.id]).toEqual([200, echo])
    expect(id).not.toBe(echo)
    const after = await snapshot()
    expect(after.conversations[conversation]?.last).toMatchObject({ author: 'agent', delivery: 'accepted' })
    expect(before.seq).toBe(0)
  })
})

describe('a crash between call and answer', () => {
  test('leaves the message unconfirmed at the next start, and it is not sent again', async () => {
    graph.answer(() => 'hold')
    const id = await take('Hello')
    const interrupted = run()
    await graph.called(1)
    expect(await message(id)).toMatchObject({ delivery: 'sending' })
    await recoverSends(server.deps)
    expect(await message(id)).toMatchObject({ delivery: 'unconfirmed' })
    await run()
    expect(graph.calls).toHaveLength(1)
    // The old process's call is cut, as by its death; what it would write then changes nothing.
    await graph.close()
    await interrupted
    expect(await message(id)).toMatchObject({ delivery: 'unconfirmed' })
    graph = await startGraphStub()
  })
})

describe('the sweep', () => {
  test('finds a message that the sender does not know of', async () => {
    await take('Hello')
    expect(await woken()).toEqual([])
    server.clock.advanceMs(61_000)
    expect(await woken()).toEqual([workspace.number.id])
  })

  test('gives up a call whose answer is overdue', async () => {
    graph.answer(() => 'hold')
    const id = await take('Hello')
    const interrupted = run()
    await graph.called(1)
    const { sweep } = apiJobs(server.deps)
    server.clock.advanceMs(119_000)
    await sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect(await message(id)).toMatchObject({ delivery: 'sending' })
    server.clock.advanceMs(2_000)
    await sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect(await message(id)).toMatchObject({ delivery: 'unconfirmed' })
    await graph.close()
    await interrupted
    graph = await startGraphStub()
  })
})

describe('the sender', () => {
  test('begins with what waits since before', async () => {
    graph.answer(() => accepted('wamid.A'))
    const id = await take('Hello')
    await startSends(server.deps, db.url)
    await untilDelivery(id, 'accepted')
    await server.deps.sending.stop()
    // Other tests have left messages of theirs.
    expect(graph.calls.filter(({ body }) => body.biz_opaque_callback_data === id)).toHaveLength(1)
  })

  test('takes a number over when the process that held it is gone, without being told again', async () => {
    graph.answer(() => accepted('wamid.A'))
    await db.owner.query(
      `insert into send_pace (workspace_id, number_id, holder, holder_until)
       values ($1, $2, gen_random_uuid(), clock_timestamp() + interval '1 second')`,
      [workspace.workspaceId, workspace.number.id],
    )
    await server.deps.sending.start(db.url)
    const id = await take('Hello')
    await untilDelivery(id, 'accepted')
    await server.deps.sending.stop()
    expect(graph.calls).toHaveLength(1)
  })

  test('sends by itself what was taken, here and by another process on the database', async () => {
    graph.answer(() => accepted('wamid.A'))
    await server.deps.sending.start(db.url)
    const other = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
    const here = await take('here')
    await untilDelivery(here, 'accepted')
    graph.answer(() => accepted('wamid.B'))
    const there = await take('there', other)
    await untilDelivery(there, 'accepted')
    await other.close()
    await server.deps.sending.stop()
    expect(graph.calls).toHaveLength(2)
  })
})

async function take(text: string, on: ApiServer = server): Promise<string> {
  const { status, body } = await on.call('POST', `/api/v1/conversations/${conversation}/messages`, {
    body: { clientId: `client-${text}`, content: { type: 'text', body: text } },
  })
  expect(status).toBe(201)
  return body.message.id
}

/** Does what the job does, at once. */
async function run(on: ApiServer = server): Promise<void> {
  // What Meta asked to wait for is over.
  await db.owner.query('update send_pair set held_until = null')
  await db.owner.query('update send_pace set paused_until = null')
  await sendNow(db, on, workspace)
}

async function message(id: string) {
  const { body } = await server.call('GET', `/api/v1/conversations/${conversation}/messages`)
  return body.messages.find((one: { id: string }) => one.id === id)
}

async function snapshot(): Promise<InboxState> {
  return (await server.call('GET', '/api/v1/snapshot')).body.state
}

/** What the sweep has looked at. */
async function woken(): Promise<string[]> {
  const numberIds: string[] = []
  const wake = (_workspaceId: string, numberId: string) => void numberIds.push(numberId)
  const { sweep } = apiJobs({ ...server.deps, sending: { ...server.deps.sending, wake } })
  await sweep?.({}, { attempt: 1, isLastAttempt: false })
  return numberIds.filter((id) => id === workspace.number.id)
}

/** Resolves when the message has come so far. */
async function untilDelivery(id: string, delivery: string): Promise<void> {
  const reached = new Promise<void>((resolve) => {
    server.deps.hub.subscribe(workspace.workspaceId, (frame) => {
      const rows = JSON.parse(frame.text).rows as { event: { message?: { id: string; delivery: string } } }[]
      if (rows.some(({ event }) => event.message?.id === id && event.message.delivery === delivery)) resolve()
    })
  })
  if ((await message(id)).delivery !== delivery) await reached
}

function accepted(wamid: string): StubAnswer {
  return { body: { messaging_product: 'whatsapp', contacts: [], messages: [{ id: wamid }] } }
}

function refusal(code: number, message: string): StubAnswer {
  return { status: 400, body: { error: { code, message, type: 'OAuthException', error_data: { details: 'why' } } } }
}
