import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaptureGap, GapsAnswer } from '../../contract/api/gaps.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import type { NumberState } from '../../contract/number.ts'
import type { StateReason } from '../../contract/state-reason.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { LAYLA, message, project, status, type TestProjection, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'
import { changeState } from '../numbers/state-store.ts'
import { TestClock } from '../platform/clock.ts'
import { inWorkspace } from '../platform/db.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import { FOLLOWS_WITHIN_MS, STRAY_AFTER_MS } from './gap-facts-store.ts'
import { noteRuns } from './note-run.ts'

const ONCE = { attempt: 1, isLastAttempt: false }
const UNAVAILABLE: MessageContent = { type: 'unsupported', what: null, code: 131060, title: 'unavailable' }

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
let projection: TestProjection

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  projection = { ...testProjection(db), clock: server.clock }
  // The standing gaps of a phone have a test of their own.
  await db.owner.query("update business_number set mode = 'api_only' where workspace_id = $1", [place.workspaceId])
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const path = (rest: string) => `/api/v1/numbers/${place.number.id}/${rest}`
async function check(): Promise<readonly CaptureGap[]> {
  const { status: code, body } = await server.call('POST', path('gaps/check'))
  expect(code).toBe(200)
  return (body as GapsAnswer).gaps
}
const putSync = (state: string) =>
  db.owner.query(
    `insert into sync (workspace_id, number_id, kind, state, updated_at, deadline_at) values ($1, $2, 'history', $3, $4, $5)
     on conflict (workspace_id, number_id, kind) do update set state = excluded.state`,
    [
      ...[place.workspaceId, place.number.id, state, new Date(server.clock.nowMs())],
      new Date(server.clock.nowMs() + 86_400_000),
    ],
  )

describe('the register', () => {
  test('says nothing before it was looked at, and reading changes nothing', async () => {
    await putSync('declined')
    expect((await server.call('GET', path('gaps'))).body).toEqual({ gaps: [], checkedAtMs: null })
    expect((await server.call('GET', path('gaps'))).body.gaps).toEqual([])
    expect((await server.call('POST', `/api/v1/numbers/${crypto.randomUUID()}/gaps/check`)).status).toBe(404)
  })

  test('is the same when it is derived again, and closes what is over', async () => {
    await putSync('declined')
    const first = await check()
    expect(first).toMatchObject([{ kind: 'history_declined', untilMs: null, count: null }])
    expect(await check()).toEqual(first)
    server.clock.advanceMs(60_000)
    expect(await check()).toEqual([{ ...first[0], lastSeenAtMs: server.clock.nowMs() }])
    await putSync('complete')
    server.clock.advanceMs(60_000)
    const over = await check()
    expect(over).toMatchObject([{ key: 'history', untilMs: server.clock.nowMs() }])
    server.clock.advanceMs(60_000)
    expect(await check()).toEqual(over)
  })

  test('is derived by the job for every workspace', async () => {
    await putSync('silent')
    await apiJobs(server.deps).check_gaps?.({}, ONCE)
    expect((await server.call('GET', path('gaps'))).body).toMatchObject({
      gaps: [{ kind: 'history_silent' }],
      checkedAtMs: server.clock.nowMs(),
    })
  })

  test('is derived within a minute where a sync has changed, and only then', async () => {
    const sweep = () => apiJobs(server.deps).sweep_gaps?.({}, ONCE)
    const read = async () => (await server.call('GET', path('gaps'))).body
    await sweep()
    const firstMs = server.clock.nowMs()
    server.clock.advanceMs(60_000)
    await sweep()
    expect(await read()).toEqual({ gaps: [], checkedAtMs: firstMs })
    await putSync('declined')
    server.clock.advanceMs(1_000)
    await sweep()
    expect(await read()).toMatchObject({ gaps: [{ kind: 'history_declined' }], checkedAtMs: firstMs + 61_000 })
  })

  test('of a number in coexistence lists what stays on the phone', async () => {
    await db.owner.query("update business_number set mode = 'coexistence' where workspace_id = $1", [place.workspaceId])
    const kinds = (await check()).map(({ kind }) => kind)
    expect(kinds).toContain('groups')
    expect(kinds).toContain('view_once')
  })
})

describe('messages that are only announced', () => {
  test('count once they are surely not followed, and no more when they are', async () => {
    await project(projection, place, [
      message({ wamid: 'wamid.U', content: UNAVAILABLE, sentAtMs: server.clock.nowMs() }),
    ])
    expect(await check()).toEqual([])
    server.clock.advanceMs(FOLLOWS_WITHIN_MS)
    expect(await check()).toMatchObject([{ kind: 'unavailable', count: 1, untilMs: null }])
    await project(projection, place, [
      message({ wamid: 'wamid.U', sentAtMs: server.clock.nowMs() - FOLLOWS_WITHIN_MS }),
    ])
    expect(await check()).toMatchObject([{ kind: 'unavailable', count: 1, untilMs: server.clock.nowMs() }])
  })

  test('of other kinds are named', async () => {
    const poll: MessageContent = { type: 'unsupported', what: 'poll_creation', code: 131051, title: null }
    await project(projection, place, [message({ wamid: 'wamid.P', content: poll })])
    expect(await check()).toMatchObject([{ kind: 'unsupported', evidence: { parts: { poll_creation: 1 } } }])
  })
})

describe('a status of a message nobody has seen', () => {
  test('is a gap after a few minutes, and none once the message comes', async () => {
    await project(projection, place, [status({ wamid: 'wamid.S', status: 'sent' })])
    await project(projection, place, [status({ wamid: 'wamid.S', status: 'read', at: 9 })])
    expect(await check()).toEqual([])
    server.clock.advanceMs(STRAY_AFTER_MS)
    expect(await check()).toMatchObject([{ kind: 'stray_status', count: 1, untilMs: null }])
    await project(projection, place, [message({ wamid: 'wamid.S', direction: 'out' })])
    expect(await check()).toMatchObject([{ kind: 'stray_status', untilMs: server.clock.nowMs() }])
    const { rowCount } = await db.owner.query('select from stray_status where workspace_id = $1', [place.workspaceId])
    expect(rowCount).toBe(0)
  })

  test('is another partner’s when the message was told of on standby', async () => {
    await project(projection, place, [
      message({ wamid: 'wamid.T', via: 'standby', direction: 'out' }),
      status({ wamid: 'wamid.T', status: 'sent' }),
    ])
    server.clock.advanceMs(STRAY_AFTER_MS)
    expect(await check()).toMatchObject([{ kind: 'other_partner', count: 1 }])
  })

  test('of a message that is here is none', async () => {
    await project(projection, place, [
      message({ wamid: 'wamid.K', direction: 'out' }),
      status({ wamid: 'wamid.K', status: 'sent' }),
    ])
    const { rowCount } = await db.owner.query('select from stray_status where workspace_id = $1', [place.workspaceId])
    expect(rowCount).toBe(0)
  })
})

describe('Meta’s own history of reports', () => {
  const reportOf = (wamid: string, event: object) => ({ message_id: wamid, events: { data: [event] } })
  const event = (more: object) => ({
    ...{ delivery_status: 'DELIVERED', timestamp: Math.floor(server.clock.nowMs() / 1000) - 3_600 },
    ...{ webhook_update_state: 'DELIVERED', application: { id: 'app' } },
    ...more,
  })
  let graph: GraphStub
  let asking: ApiServer

  beforeEach(async () => {
    graph = await startGraphStub()
    asking = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url, clock: server.clock })
    await putToken(db, place)
    return async () => {
      await asking.close()
      await graph.close()
    }
  })
  const ask = () =>
    apiJobs(asking.deps).ask_history?.({ workspaceId: place.workspaceId, numberId: place.number.id }, ONCE)

  test('tells who sent a message nobody has seen', async () => {
    await project(projection, place, [
      status({ wamid: 'wamid.OWN', status: 'sent' }),
      status({ wamid: 'wamid.OTHER', status: 'sent' }),
    ])
    server.clock.advanceMs(STRAY_AFTER_MS)
    const of = (wamid: string | null) =>
      wamid === null ? [] : [reportOf(wamid, event({ application: { id: wamid === 'wamid.OWN' ? 'app' : '77' } }))]
    graph.answer(({ query }) => ({ body: { data: of(query.get('message_id')) } }))
    await ask()
    expect(await check()).toMatchObject([
      { kind: 'stray_status', count: 2, evidence: { parts: { own: 1, other_program: 1 } } },
    ])
    const asked = graph.calls.length
    await ask()
    expect(graph.calls).toHaveLength(asked)
  })

  test('tells of reports that did not arrive, until they do', async () => {
    graph.answer(() => ({ body: { data: [reportOf('wamid.M', event({ webhook_update_state: 'FAILED' }))] } }))
    await ask()
    expect(await check()).toMatchObject([{ kind: 'missed_report', count: 1, untilMs: null }])
    await project(projection, place, [
      message({ wamid: 'wamid.M', direction: 'out' }),
      status({ wamid: 'wamid.M', status: 'delivered' }),
    ])
    await ask()
    expect(await check()).toMatchObject([{ kind: 'missed_report', untilMs: server.clock.nowMs() }])
  })

  test('is left alone for a day where the number may not ask', async () => {
    graph.answer(() => ({ status: 400, body: { error: { code: 10, message: 'no permission' } } }))
    await ask()
    server.clock.advanceMs(2 * 3_600_000)
    await ask()
    expect(graph.calls).toHaveLength(1)
    server.clock.advanceMs(24 * 3_600_000)
    await ask()
    expect(graph.calls).toHaveLength(2)
  })
})

describe('files and times', () => {
  test('imported media without a file: older than the files that may come', async () => {
    await putSync('complete')
    const content: MessageContent = { type: 'media_placeholder' }
    const old = server.clock.nowMs() - 40 * 86_400_000
    await project(projection, place, [
      message({ wamid: 'wamid.O', via: 'history', content, sentAtMs: old }),
      // A file may still come for this one.
      message({ wamid: 'wamid.N', via: 'history', content, sentAtMs: server.clock.nowMs() - 86_400_000 }),
    ])
    expect(await check()).toMatchObject([{ kind: 'media_old', count: 1, sinceMs: old }])
    await db.owner.query('insert into sync_chunk values ($1, $2, 0, 0, 1, 2, 100, $3)', [
      ...[place.workspaceId, place.number.id, new Date(server.clock.nowMs())],
    ])
    server.clock.advanceMs(86_400_000)
    expect((await check()).map(({ kind }) => kind).sort()).toEqual(['media_not_come', 'media_old'])
  })

  test('a file that is not here says why', async () => {
    await project(projection, place, [message({ wamid: 'wamid.F' })])
    await db.owner.query("update message set file = $2 where workspace_id = $1 and wamid = 'wamid.F'", [
      place.workspaceId,
      JSON.stringify({ state: 'missing', reason: 'too_large', untilMs: null }),
    ])
    expect(await check()).toMatchObject([{ kind: 'file_missing', count: 1, evidence: { parts: { too_large: 1 } } }])
  })

  test('a number that was gone is a gap until it is back', async () => {
    const change = (state: NumberState, reason: StateReason | null) =>
      inWorkspace(db.database, place.workspaceId, (sql) =>
        changeState(
          ...([sql, place.workspaceId, place.number.id] as const),
          { state, reason, evidence: { by: 'import' } },
          new Date(server.clock.nowMs()),
        ),
      )
    await change('offboarded', null)
    const goneMs = server.clock.nowMs()
    expect(await check()).toMatchObject([{ kind: 'disconnected', sinceMs: goneMs, untilMs: null }])
    server.clock.advanceMs(3_600_000)
    await change('live', null)
    expect(await check()).toMatchObject([{ sinceMs: goneMs, untilMs: goneMs + 3_600_000 }])
  })

  test('a pause between two runs of ours is an outage', async () => {
    await apiJobs(server.deps).sweep_gaps?.({}, ONCE)
    const stoppedMs = server.clock.nowMs()
    server.clock.advanceMs(3_600_000)
    await apiJobs(server.deps).sweep_gaps?.({}, ONCE)
    expect(await check()).toMatchObject([{ kind: 'outage', sinceMs: stoppedMs, untilMs: server.clock.nowMs() }])
  })
})

test('a process that could note nothing for a while was away, whatever its clock says', async () => {
  const wall = new TestClock()
  const { database, clock, ids } = server.deps
  const note = noteRuns({ database, clock, wall, ids })
  const minute = () => {
    wall.advanceMs(60_000)
    return note(place.workspaceId)
  }
  await note(place.workspaceId)
  // The simulator's clock is moved by a day in an instant.
  server.clock.advanceMs(86_400_000)
  await minute()
  expect(await check()).toEqual([])
  const awayMs = server.clock.nowMs()
  wall.advanceMs(3_600_000)
  server.clock.advanceMs(3_600_000)
  await minute()
  expect(await check()).toMatchObject([{ kind: 'outage', sinceMs: awayMs, untilMs: awayMs + 3_600_000 }])
})

describe('who owns a thread', () => {
  const wabaId = 'waba'
  const noteOwners = () => apiJobs(server.deps).note_owners?.({ workspaceId: place.workspaceId, wabaId }, ONCE)
  const ownerNow = async () => {
    const { body } = await server.call('GET', '/api/v1/snapshot')
    return (Object.values(body.state.conversations)[0] as { owner: unknown }).owner
  }

  test('is kept from hand-overs and standby messages, told once, and changes nothing when it is read again', async () => {
    const at = projection.clock.nowMs()
    await project(projection, place, [message({ wamid: 'wamid.1', sentAtMs: at - 2 * 86_400_000 })])
    expect(await ownerNow()).toBeNull()
    const handover: ChannelEvent = {
      type: 'channel.notice',
      kind: 'handover',
      field: 'messaging_handovers',
      event: 'control_passed',
      atMs: at - 5_000,
      origin: { wabaId, phoneNumberId: null, displayPhone: null },
      data: {
        sender: { phone_number: LAYLA.phone },
        control_passed: { previous_owner_role: 'customer_service', new_owner_role: 'marketing' },
      },
    }
    await project(projection, place, [handover])
    await noteOwners()
    expect(await ownerNow()).toMatchObject({ by: 'unknown', role: 'marketing' })
    await project(projection, place, [message({ wamid: 'wamid.2', via: 'standby', sentAtMs: at - 1_000 })])
    await noteOwners()
    expect(await ownerNow()).toMatchObject({ by: 'partner', role: 'marketing', sinceMs: at - 5_000 })
    await noteOwners()
    const feed = await db.owner.query(
      "select event from feed where workspace_id = $1 and event ->> 'type' = 'conversation.changed'",
      [place.workspaceId],
    )
    expect(feed.rows.map(({ event }) => event.conversation.owner?.by)).toEqual(['unknown', 'partner'])
  })
})
