import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiServer, type Json, startApiServer } from '../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { NINE_O_CLOCK_MS, putConversation, putMessage } from '../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../test/support/workspace.ts'
import { readWorkspace } from './platform/db.ts'

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

describe('the session', () => {
  test('is the owner on a first visit, and says who else there is', async () => {
    const { status, body } = await server.call('GET', '/api/v1/session')
    expect(status).toBe(200)
    expect(body).toEqual({
      me: workspace.noura,
      members: expect.arrayContaining([workspace.noura, workspace.salem, workspace.maya]),
      version: '0.0.0-test',
      simulatorUrl: null,
    })
  })

  test('becomes another member by a cookie no script can read', async () => {
    const chosen = await server.call('POST', '/api/v1/session', { body: { memberId: workspace.salem.id } })
    expect(chosen.status).toBe(200)
    expect(chosen.body.me).toEqual(workspace.salem)
    const cookie = chosen.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^wasl_member=[0-9a-f-]{36};/)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    const again = await server.call('GET', '/api/v1/session', { headers: { cookie: cookie.split(';')[0] ?? '' } })
    expect(again.body.me).toEqual(workspace.salem)
  })

  test('is nobody with a cookie of nobody, and nobody reads anything', async () => {
    const nobody = randomUUID()
    expect((await server.call('GET', '/api/v1/session', { as: nobody })).body.me).toBeNull()
    for (const path of ['snapshot', 'conversations', 'numbers', 'notices', 'unrecognised']) {
      const answer = await server.call('GET', `/api/v1/${path}`, { as: nobody })
      expect(answer.status).toBe(401)
      expect(answer.body.error.code).toBe('no_member')
    }
    expect((await server.call('POST', '/api/v1/session', { body: { memberId: nobody } })).status).toBe(404)
    expect((await server.call('POST', '/api/v1/session', { body: { memberId: 'x' } })).status).toBe(400)
  })
})

describe('the list', () => {
  test('comes newest first, page by page, each conversation once', async () => {
    const ids: string[] = []
    // Two of each instant, so that a page ends between equals.
    for (let at = 0; at < 24; at++) {
      ids.push(await putConversation(db, workspace, { lastAtMs: NINE_O_CLOCK_MS - Math.floor(at / 2) * 1_000 }))
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const path: string = `/api/v1/conversations?limit=5${cursor === null ? '' : `&cursor=${cursor}`}`
      const { status, body }: { status: number; body: Json } = await server.call('GET', path)
      expect(status).toBe(200)
      seen.push(...body.conversations.map((one: { id: string }) => one.id))
      const times = body.conversations.map((one: { lastAtMs: number }) => one.lastAtMs)
      expect(times).toEqual([...times].sort((a, b) => b - a))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(seen).toHaveLength(24)
    expect(new Set(seen)).toEqual(new Set(ids))
  })

  test.each(['x', 'bnVsbA', Buffer.from('["a",1]').toString('base64url')])('refuses the cursor %s', async (cursor) => {
    const answer = await server.call('GET', `/api/v1/conversations?cursor=${cursor}`)
    expect(answer.status).toBe(400)
    expect(answer.body.error.details).toEqual([{ field: 'cursor', problem: expect.any(String) }])
  })

  test('refuses a limit that is none, and names the field', async () => {
    const answer = await server.call('GET', '/api/v1/conversations?limit=100000')
    expect(answer.status).toBe(400)
    expect(answer.body.error).toMatchObject({ code: 'bad_request', details: [{ field: 'limit' }] })
  })
})

describe('the snapshot', () => {
  test('holds members, numbers, conversations and my reads, at a position of the feed', async () => {
    const id = await putConversation(db, workspace, { inboundCount: 3 })
    await server.call('POST', `/api/v1/conversations/${id}/read`, { body: { inboundCount: 2 } })
    const { body } = await server.call('GET', '/api/v1/snapshot')
    expect(body).toMatchObject({ feedId: workspace.feedId, nextCursor: null, nowMs: server.clock.nowMs() })
    expect(body.state).toMatchObject({ seq: 1, me: workspace.noura.id, threads: {}, unrecognisedTotal: 0 })
    expect(body.state.reads).toEqual({ [id]: 2 })
    expect(body.state.numbers[workspace.number.id]).toMatchObject({ state: 'live', syncs: [] })
    expect(body.state.conversations[id].contact).toMatchObject({ phone: '966551234567', profileName: 'Huda' })
    const other = await server.call('GET', '/api/v1/snapshot', { as: workspace.salem.id })
    expect(other.body.state).toMatchObject({ seq: 1, me: workspace.salem.id, reads: {} })
  })
})

describe('reading', () => {
  test('never goes back, never past what was written, and tells the feed once', async () => {
    const id = await putConversation(db, workspace, { inboundCount: 3 })
    for (const inboundCount of [2, 2, 1, 99, 3]) {
      const answer = await server.call('POST', `/api/v1/conversations/${id}/read`, { body: { inboundCount } })
      expect(answer.status).toBe(204)
    }
    const { body } = await server.call('GET', '/api/v1/conversations')
    expect(body.reads).toEqual({ [id]: 3 })
    const feed = await db.owner.query('select event from feed where workspace_id = $1 order by seq', [
      workspace.workspaceId,
    ])
    expect(feed.rows.map((row) => row.event.inboundCount)).toEqual([2, 3])
  })
})

describe('a thread', () => {
  test('comes newest page first, each page oldest first, also where several share an instant and have no wamid', async () => {
    const id = await putConversation(db, workspace)
    const at = NINE_O_CLOCK_MS - 10_000
    await putMessage(db, workspace, id, { sentAtMs: at - 1_000, wamid: 'wamid.Z' })
    for (const wamid of ['wamid.C', 'wamid.A', 'wamid.B', null, null])
      await putMessage(db, workspace, id, { sentAtMs: at, wamid })
    await putMessage(db, workspace, id, { sentAtMs: at + 1_000, wamid: 'wamid.0' })
    const whole = await server.call('GET', `/api/v1/conversations/${id}/messages`)
    const order = whole.body.messages.map((message: { wamid: string | null }) => message.wamid)
    expect(order).toEqual(['wamid.Z', 'wamid.A', 'wamid.B', 'wamid.C', null, null, 'wamid.0'])
    expect(whole.body).toMatchObject({ nextCursor: null, seq: 0, conversation: { id } })

    const pages: string[][] = []
    let cursor: string | null = null
    do {
      const path: string = `/api/v1/conversations/${id}/messages?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`
      const { body }: { body: Json } = await server.call('GET', path)
      pages.unshift(body.messages.map((message: { id: string }) => message.id))
      cursor = body.nextCursor
    } while (cursor !== null)
    expect(pages.flat()).toEqual(whole.body.messages.map((message: { id: string }) => message.id))
    expect(pages.map((page) => page.length)).toEqual([1, 2, 2, 2])
  })

  test('shows what a message answers', async () => {
    const id = await putConversation(db, workspace)
    await putMessage(db, workspace, id, { wamid: 'wamid.Q', content: { type: 'text', body: 'Is it open?' } })
    await putMessage(db, workspace, id, { author: 'phone', quote: { wamid: 'wamid.Q' } })
    await putMessage(db, workspace, id, { author: 'phone', quote: { wamid: 'wamid.gone' } })
    const { body } = await server.call('GET', `/api/v1/conversations/${id}/messages`)
    const quotes = body.messages.map((message: { quote: unknown }) => message.quote).filter(Boolean)
    expect(quotes).toContainEqual({
      wamid: 'wamid.Q',
      preview: { author: 'customer', type: 'text', voice: false, deleted: false, text: 'Is it open?' },
    })
    expect(quotes).toContainEqual({ wamid: 'wamid.gone' })
  })
})

describe('notices and what nobody could read', () => {
  test('come newest first', async () => {
    const { workspaceId } = workspace
    for (const [at, event] of [
      [1, 'A'],
      [2, 'B'],
    ] as const) {
      await db.owner.query(
        `insert into notice (workspace_id, digest, kind, field, event, received_at, data) values ($1, $2, 'account', 'account_update', $3, $4, '{}')`,
        [workspaceId, Buffer.from(event), event, new Date(NINE_O_CLOCK_MS + at)],
      )
      await db.owner.query(
        `insert into unrecognised (workspace_id, digest, field, reason, wire, received_at) values ($1, $2, null, $3, '{"a":1}', $4)`,
        [workspaceId, Buffer.from(event), event, new Date(NINE_O_CLOCK_MS + at)],
      )
    }
    const notices = await server.call('GET', '/api/v1/notices')
    expect(notices.body.notices.map((notice: { event: string }) => notice.event)).toEqual(['B', 'A'])
    const unrecognised = await server.call('GET', '/api/v1/unrecognised')
    expect(unrecognised.body).toMatchObject({
      total: 2,
      events: [{ reason: 'B', wire: { a: 1 } }, { reason: 'A' }],
      deliveries: [],
    })
  })

  test('show a delivery nobody could place with its first bytes', async () => {
    const at = new Date(NINE_O_CLOCK_MS)
    await db.owner.query("insert into raw_delivery values ('2026-11-23', 'sig', $1, $2)", [
      at,
      Buffer.from('not json at all'),
    ])
    await db.owner.query(
      "insert into unplaced_delivery values ('2026-11-23', 'sig', 'not_json', 'Unexpected token', null, null, $1)",
      [at],
    )
    const { body } = await server.call('GET', '/api/v1/unrecognised')
    expect(body.deliveries).toEqual([
      {
        reason: 'not_json',
        detail: 'Unexpected token',
        wabaId: null,
        phoneNumberId: null,
        receivedAtMs: at.getTime(),
        excerpt: 'not json at all',
      },
    ])
    await db.owner.query('delete from unplaced_delivery')
  })
})

describe('an outsider', () => {
  test('gets 404 on every route for what another workspace has', async () => {
    const other = await createTestWorkspace(db)
    const conversation = await putConversation(db, other)
    const message = await putMessage(db, other, conversation, {
      content: { type: 'image', media: { mediaId: '1', mimeType: 'image/png', sha256: null } },
    })
    const routes = [
      ['GET', `/api/v1/conversations/${conversation}/messages`, undefined],
      [
        'POST',
        `/api/v1/conversations/${conversation}/messages`,
        { clientId: 'client-id-1', content: { type: 'text', body: 'Hi' } },
      ],
      ['POST', `/api/v1/conversations/${conversation}/read`, { inboundCount: 1 }],
      ['GET', `/api/v1/messages/${message}/media`, undefined],
      ['POST', '/api/v1/session', { memberId: other.salem.id }],
    ] as const
    for (const [method, path, body] of routes) {
      const answer = await server.call(method, path, { body })
      expect([path, answer.status, answer.body.error?.code]).toEqual([path, 404, 'not_found'])
    }
    // The same ids are there for their own people, or the test would show nothing.
    const own = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: 'http://127.0.0.1:1' })
    expect((await own.call('GET', `/api/v1/conversations/${conversation}/messages`)).status).toBe(200)
    await own.close()
    for (const path of ['snapshot', 'conversations', 'numbers', 'notices', 'unrecognised', 'session']) {
      expect(JSON.stringify((await server.call('GET', `/api/v1/${path}`)).body)).not.toContain(other.number.id)
      expect(JSON.stringify((await server.call('GET', `/api/v1/${path}`)).body)).not.toContain(conversation)
    }
    expect((await server.call('GET', '/api/v1/snapshot', { as: other.noura.id })).status).toBe(401)
  })

  test('sees no row of any table without a workspace, and only its own with one', async () => {
    await putMessage(db, workspace, await putConversation(db, workspace))
    const tables = await db.owner.query<{ name: string }>(
      `select relname as name from pg_class where relrowsecurity and relnamespace = 'public'::regnamespace`,
    )
    expect(tables.rows.length).toBeGreaterThan(15)
    for (const { name } of tables.rows) {
      const { rows } = await db.database.pool.query(`select count(*)::int as n from ${name}`)
      expect([name, rows[0].n]).toEqual([name, 0])
    }
    const other = await createTestWorkspace(db)
    const seen = await readWorkspace(db.database, other.workspaceId, (sql) =>
      sql.query('select count(*)::int as n from message'),
    )
    expect(seen.rows[0].n).toBe(0)
  })
})

test('what is no route answers as every error does', async () => {
  const answer = await server.call('GET', '/api/v1/nothing')
  expect(answer.status).toBe(404)
})
