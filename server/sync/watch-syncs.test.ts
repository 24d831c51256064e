import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FeedRow } from '../../contract/inbox-event.ts'
import type { Sync, SyncKind } from '../../contract/number.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { customer, ORIGIN, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { projectBatch } from '../inbox/project-batch.ts'
import { apiJobs } from '../jobs.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import { ALARM_BEFORE_MS, PARTIAL_AFTER_MS, SILENT_AFTER_MS, SYNC_WINDOW_MS } from './sync-window.ts'

const ONCE = { attempt: 1, isLastAttempt: false }

let db: TestDatabase
let graph: GraphStub
let place: TestWorkspace
let server: ApiServer

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url })
  graph.calls.length = 0
  graph.answer(() => ({ body: { messaging_product: 'whatsapp', request_id: 'AbC' } }))
  await putToken(db, place)
  await db.owner.query("update business_number set state = 'syncing' where workspace_id = $1", [place.workspaceId])
  for (const kind of ['contacts', 'history']) {
    await db.owner.query(
      `insert into sync (workspace_id, number_id, kind, state, updated_at, deadline_at) values ($1, $2, $3, 'not_asked', $4, $5)`,
      [
        place.workspaceId,
        place.number.id,
        kind,
        new Date(server.clock.nowMs()),
        new Date(server.clock.nowMs() + SYNC_WINDOW_MS),
      ],
    )
  }
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
    // The sweep goes through every workspace: each test has one of its own.
    await db.owner.query('delete from sync')
  }
})

const sweep = () => apiJobs(server.deps).sweep?.({}, ONCE)
const request = (kind: SyncKind) =>
  apiJobs(server.deps).request_sync?.({ workspaceId: place.workspaceId, numberId: place.number.id, kind }, ONCE)

async function numberNow() {
  const { body } = await server.call('GET', '/api/v1/numbers')
  return body.numbers.find((one: { id: string }) => one.id === place.number.id)
}

async function states(): Promise<string[]> {
  return (await numberNow()).syncs.map((sync: Sync) => sync.state)
}

async function history(): Promise<Sync> {
  return (await numberNow()).syncs.find((sync: Sync) => sync.kind === 'history')
}

async function changes(): Promise<FeedRow['event'][]> {
  const { rows } = await db.owner.query('select event from feed where workspace_id = $1 order by seq', [
    place.workspaceId,
  ])
  return rows.map(({ event }) => event).filter(({ type }) => type === 'number.changed')
}

async function queued(): Promise<string[]> {
  const { rows } = await db.owner.query(
    "select payload ->> 'kind' as kind from graphile_worker._private_jobs where payload ->> 'kind' is not null order by 1",
  )
  return rows.map(({ kind }) => kind)
}

function chunk(phase: number, chunkOrder: number, progressPercent: number): ChannelEvent {
  return { type: 'channel.history_chunk', origin: ORIGIN, phase, chunkOrder, progressPercent, threads: 1, messages: 3 }
}

/** Chunks that came now. */
async function receive(...events: ChannelEvent[]): Promise<void> {
  const receivedAtMs = server.clock.nowMs()

  await projectBatch(testProjection(db), {
    workspaceId: place.workspaceId,
    parts: [{ numberId: place.number.id, facts: events.map((event) => ({ event, receivedAtMs })) }],
    queueIds: [],
  })
}

describe('the deadline', () => {
  test('is kept and shown, with what was asked', async () => {
    await request('history')
    expect(await history()).toMatchObject({
      state: 'asked',
      requestId: 'AbC',
      deadlineMs: server.clock.nowMs() + SYNC_WINDOW_MS,
      filesFromMs: server.clock.nowMs() - 14 * SYNC_WINDOW_MS,
      error: null,
    })
  })

  test('six hours before it nobody has asked: told once, and tried once more', async () => {
    server.clock.advanceMs(SYNC_WINDOW_MS - ALARM_BEFORE_MS - 1)
    await sweep()
    expect(await changes()).toEqual([])
    server.clock.advanceMs(1)
    await sweep()
    await sweep()
    expect(await changes()).toMatchObject([
      { number: { syncs: [{ alarmedAtMs: server.clock.nowMs() }, { alarmedAtMs: server.clock.nowMs() }] } },
    ])
    expect(await queued()).toEqual(['contacts', 'history'])
    await request('contacts')
    expect(await states()).toEqual(['asked', 'not_asked'])
  })

  test('when it has passed unasked it is too late, and Meta is not asked', async () => {
    server.clock.advanceMs(SYNC_WINDOW_MS)
    // A job that comes late, before the sweep, asks nothing either.
    await request('history')
    expect(await states()).toEqual(['not_asked', 'not_asked'])
    await sweep()
    await request('history')
    expect(await states()).toEqual(['too_late', 'too_late'])
    expect(graph.calls).toEqual([])
    expect((await numberNow()).state).toBe('live')
  })
})

describe('an import', () => {
  test('that brings nothing is silent, and receives all the same when it comes', async () => {
    await request('history')
    server.clock.advanceMs(SILENT_AFTER_MS)
    await sweep()
    expect((await history()).state).toBe('silent')
    await receive(chunk(0, 1, 10))
    expect((await history()).state).toBe('receiving')
  })

  test('that stops in the middle is partial, goes on when another chunk comes, and is complete at the end', async () => {
    const begunAtMs = server.clock.nowMs()
    await request('history')
    await receive(chunk(0, 1, 10), chunk(2, 1, 40))
    server.clock.advanceMs(PARTIAL_AFTER_MS)
    await sweep()
    expect(await history()).toMatchObject({
      state: 'partial',
      firstChunkAtMs: begunAtMs,
      lastChunkAtMs: begunAtMs,
      phases: [
        { state: 'stopped', chunks: 1 },
        { state: 'stopped', chunks: 0 },
        { state: 'stopped', chunks: 1 },
      ],
    })
    expect((await numberNow()).state).toBe('live')
    await receive(chunk(2, 2, 70))
    expect(await history()).toMatchObject({
      state: 'receiving',
      progressPercent: 70,
      lastChunkAtMs: begunAtMs + PARTIAL_AFTER_MS,
      phases: [{ state: 'receiving' }, { state: 'waiting' }, { state: 'receiving', chunks: 2, messages: 6 }],
    })
    await receive(chunk(2, 3, 100))
    expect(await history()).toMatchObject({
      state: 'complete',
      received: 12,
      phases: [{ state: 'complete' }, { state: 'empty', messages: 0 }, { state: 'complete', chunks: 3 }],
    })
    server.clock.advanceMs(PARTIAL_AFTER_MS)
    await sweep()
    expect((await history()).state).toBe('complete')
  })

  test('that the owner declined is declined, and nothing more is said about it', async () => {
    await request('history')
    await receive({ type: 'channel.history_declined', origin: ORIGIN, code: 2593109, title: 'History sync is off' })
    server.clock.advanceMs(SYNC_WINDOW_MS)
    await sweep()
    expect((await history()).state).toBe('declined')
  })
})

test('a contact that is edited on the phone before contacts were asked for does not stand for the answer', async () => {
  const contact = (phone: string): ChannelEvent => ({
    type: 'channel.contact',
    origin: ORIGIN,
    action: 'add',
    customer: customer({ phone }),
    fullName: 'Huda',
    firstName: null,
    atMs: server.clock.nowMs(),
  })
  await project(testProjection(db), place, [contact('966550000001')])
  expect(await states()).toEqual(['not_asked', 'not_asked'])
  await request('contacts')
  await project(testProjection(db), place, [contact('966550000002')])
  expect(await states()).toEqual(['complete', 'not_asked'])
})

describe('asking again', () => {
  const ask = (kind: string, as?: string) =>
    server.call('POST', `/api/v1/numbers/${place.number.id}/syncs/${kind}`, as === undefined ? {} : { as })

  test('is for an owner, and for what Meta has not taken', async () => {
    graph.answer(() => ({ status: 400, body: { error: { code: 100, message: 'No', fbtrace_id: 'Ab1' } } }))
    await request('history')
    expect(await history()).toMatchObject({ state: 'not_asked', error: { code: 100, title: 'No', traceId: 'Ab1' } })
    expect((await ask('history', place.maya.id)).status).toBe(403)
    expect((await ask('history')).status).toBe(202)
    expect((await ask('history')).status).toBe(202)
    expect(await queued()).toEqual(['history'])
  })

  test('is refused once Meta has taken it, or may have', async () => {
    graph.answer(() => 'cut')
    await request('history')
    expect(await history()).toMatchObject({ state: 'asked', error: { code: null } })
    const again = await ask('history')
    expect([again.status, again.body.error.code]).toEqual([409, 'sync_not_open'])
    server.clock.advanceMs(SYNC_WINDOW_MS)
    expect((await ask('contacts')).body.error.code).toBe('sync_not_open')
    expect((await ask('photos')).status).toBe(404)
    expect(await queued()).toEqual([])
  })
})
