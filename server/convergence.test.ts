import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { InboxEventType } from '../contract/inbox-event.ts'
import { type ApiServer, startApiServer } from '../test/support/api-server.ts'
import { expectConverged, freshBrowser } from '../test/support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/database.ts'
import { type GraphStub, type StubAnswer, type StubCall, startGraphStub } from '../test/support/graph-stub.ts'
import { putToken } from '../test/support/inbox-rows.ts'
import { customer, edit, LAYLA, message, ORIGIN, project, status, testProjection } from '../test/support/projection.ts'
import { sendNow } from '../test/support/send-now.ts'
import { startTestIntake, webhook, wireText } from '../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../test/support/workspace.ts'
import { tellUnrecognised } from './inbox/project-deliveries.ts'
import { turnDaysJob } from './intake/turn-days.job.ts'
import { apiJobs, recoverSends } from './jobs.ts'
import { connectNumber } from './numbers/connect-number.ts'
import { CONFIRM_AFTER_MS } from './numbers/number-checks.ts'
import { tokenSeal } from './numbers/token-seal.ts'
import { markOpened, unmarkOpened, watchNumbers } from './numbers/watch-numbers.ts'
import { askForSyncs } from './sync/request-sync.ts'
import { ALARM_BEFORE_MS, SILENT_AFTER_MS, SYNC_WINDOW_MS } from './sync/sync-window.ts'
import type { ChannelEvent } from './whatsapp/channel-event.ts'

/**
 * Every use case that tells the feed anything tells all of it: a browser that only hears the feed shows what one that
 * loads anew shows. What webhooks bring is in `inbox/project-convergence.test.ts`.
 */

const ONCE = { attempt: 1, isLastAttempt: false }
const DAY_MS = 86_400_000
const IMAGE = { type: 'image', media: { mediaId: '7', mimeType: 'image/jpeg', sha256: null } } as const

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
  await putToken(db, place)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    // The sweep goes through every workspace: each test has one of its own.
    for (const table of ['graphile_worker._private_jobs', 'sync', 'media_fetch', 'number_route'])
      await db.owner.query(`delete from ${table}`)
  }
})

const receive = (...events: ChannelEvent[]) => project({ ...testProjection(db), clock: server.clock }, place, events)
const job = (name: string, payload: object = {}) =>
  apiJobs(server.deps)[name]?.({ workspaceId: place.workspaceId, ...payload }, ONCE)

/** Runs `act` beside a browser that holds everything, and gives what the browser was told. */
async function told(act: () => Promise<unknown>, memberId?: string): Promise<InboxEventType[]> {
  const old = await freshBrowser(db, place, memberId)
  await act()
  return expectConverged(db, place, old)
}

async function theConversation(): Promise<string> {
  const { rows } = await db.owner.query('select id from conversation where workspace_id = $1 order by created_at', [
    place.workspaceId,
  ])
  return rows[0].id
}

describe('reading', () => {
  beforeEach(() => receive(message({ wamid: 'wamid.1' }), message({ wamid: 'wamid.2', at: 1 })))
  const read = async (as: string, inboundCount: number) => {
    const path = `/api/v1/conversations/${await theConversation()}/read`
    expect((await server.call('POST', path, { as, body: { inboundCount } })).status).toBe(204)
  }

  test('mine, in one browser, is told to my other one', async () => {
    expect(await told(() => read(place.noura.id, 2))).toEqual(['conversation.read'])
    expect(await told(() => read(place.noura.id, 1)), 'never back').toEqual([])
  })

  test("another member's leaves mine as it is", async () => {
    expect(await told(() => read(place.salem.id, 2))).toEqual(['conversation.read'])
  })
})

describe('sending', () => {
  beforeEach(() => receive({ ...message({ wamid: 'wamid.1' }), sentAtMs: server.clock.nowMs() - 60_000 }))
  const take = async () => {
    const path = `/api/v1/conversations/${await theConversation()}/messages`
    const body = { clientId: crypto.randomUUID(), content: { type: 'text', body: 'Hello' } }
    const answer = await server.call('POST', path, { body })
    expect(answer.status).toBe(201)
    return answer.body.message.id as string
  }
  const send = () => sendNow(db, server, place)
  const refusal: StubAnswer = { status: 400, body: { error: { code: 131047, message: 'Re-engagement message' } } }
  const accepted: StubAnswer = { body: { messages: [{ id: 'wamid.own' }] } }

  test.each<[string, StubAnswer]>([
    ['accepted', accepted],
    ['refused', refusal],
    ['left without an answer', 'cut'],
    ['told to wait', { status: 400, body: { error: { code: 131056, message: 'Pair rate' } } }],
  ])('a message that is %s', async (_name, answer) => {
    graph.answer(() => answer)
    const types = await told(async () => {
      await take()
      await send()
    })
    expect(types).toEqual(['message.added', 'message.changed', 'message.changed'])
  })

  test('a message whose sending died with its process', async () => {
    graph.answer(() => 'hold')
    await take()
    const before = graph.calls.length
    const sending = send()
    await graph.called(before + 1)
    expect(await told(() => recoverSends(server.deps))).toEqual(['message.changed'])
    graph.release()
    await sending
  })

  test('a status, and an edit, that overtook the answer', async () => {
    graph.answer(() => accepted)
    const id = await take()
    const types = await told(async () => {
      await receive(
        edit({ wamid: 'wamid.e', targetWamid: 'wamid.own', text: 'Hello!', at: 9, direction: 'out' }),
        status({ wamid: 'wamid.own', status: 'delivered', at: 5, callbackData: id }),
      )
      await send()
    })
    expect(new Set(types)).toEqual(new Set(['message.changed']))
  })

  test('an echo of it that made a row of its own', async () => {
    graph.answer(() => accepted)
    await take()
    await receive(message({ wamid: 'wamid.own', at: 5, via: 'echo', direction: 'out', text: 'Hello' }))
    expect(await told(send)).not.toEqual([])
  })
})

describe('files', () => {
  beforeEach(() => receive(message({ wamid: 'wamid.1', content: IMAGE })))
  const gone: StubAnswer = { status: 400, body: { error: { code: 131052, message: 'Media download error' } } }

  test('one that comes, with a quote of its message', async () => {
    await receive(message({ wamid: 'wamid.2', at: 1, context: { wamid: 'wamid.1', productId: null } }))
    const bytes = Buffer.from('%PDF-1.7 no picture')
    graph.answer(({ path }) =>
      path.startsWith('/bytes')
        ? { raw: bytes, headers: { 'content-type': 'image/jpeg' } }
        : { body: { url: `${graph.url}/bytes/7`, mime_type: 'image/jpeg', file_size: bytes.length, id: '7' } },
    )
    expect(await told(async () => job('fetch_media'))).toEqual(['message.changed'])
  })

  test('one that cannot be had, and is asked for again', async () => {
    graph.answer(() => gone)
    const fetchUntilMissing = async () => {
      for (let attempt = 0; attempt < 4; attempt++) {
        await job('fetch_media')
        server.clock.advanceMs(3_600_000)
      }
    }
    expect(await told(fetchUntilMissing)).toEqual(['message.changed'])
    const { rows } = await db.owner.query('select id, file from message where workspace_id = $1', [place.workspaceId])
    expect(rows[0].file.state).toBe('missing')
    const retried = await told(async () => {
      expect((await server.call('POST', `/api/v1/messages/${rows[0].id}/media`)).status).toBeLessThan(300)
    })
    expect(retried).toEqual(['message.changed'])
  })
})

describe('numbers and their syncs', () => {
  const open = async () => {
    await db.owner.query("update business_number set state = 'syncing' where workspace_id = $1", [place.workspaceId])
    for (const kind of ['contacts', 'history'])
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
  const ask = async () => job('request_sync', { numberId: place.number.id, kind: 'history' })

  test.each<[string, StubAnswer]>([
    ['accepted', { body: { request_id: 'AbC' } }],
    ['used up', { status: 400, body: { error: { code: 2593107, message: 'Limit' } } }],
    ['too late', { status: 400, body: { error: { code: 2593108, message: 'Window' } } }],
    ['not answered', 'cut'],
  ])('a request that is %s', async (_name, answer) => {
    await open()
    graph.answer(() => answer)
    const types = await told(ask)
    expect([...new Set(types)]).toEqual(['number.changed'])
  })

  test('an alarm, a silence, a deadline that passes', async () => {
    await open()
    graph.answer(() => ({ body: { request_id: 'AbC' } }))
    await ask()
    server.clock.advanceMs(SILENT_AFTER_MS + 1)
    expect(await told(async () => job('sweep')), 'silent').toEqual(['number.changed'])
    server.clock.advanceMs(SYNC_WINDOW_MS - ALARM_BEFORE_MS - SILENT_AFTER_MS)
    expect(await told(async () => job('sweep')), 'alarm').toEqual(['number.changed'])
    server.clock.advanceMs(SYNC_WINDOW_MS)
    expect(await told(async () => job('sweep')), 'too late').toEqual(['number.changed'])
  })

  const META = { phoneNumberId: '106540352242922', wabaId: '102290129340398' }
  const answers =
    (more: object) =>
    (call: StubCall): StubAnswer | undefined => {
      if (call.path === '/oauth/access_token') return { body: { access_token: 'EAAJB' } }
      if (call.path === '/debug_token') return { body: { data: { is_valid: true } } }
      if (call.path.endsWith('/subscribed_apps')) return { body: { success: true } }
      return {
        body: {
          id: META.phoneNumberId,
          display_phone_number: '+1 555-078-3881',
          verified_name: 'Example Shop',
          is_on_biz_app: true,
          platform_type: 'CLOUD_API',
          status: 'CONNECTED',
          ...more,
        },
      }
    }

  test('a number that is connected, and then banned', async () => {
    const { database, clock, ids, hub, graph: client, sealer } = server.deps
    const deps = {
      ...{ database, clock, ids, publish: hub.publish, graph: client, tokens: tokenSeal(sealer), askForSyncs },
      app: { appId: 'app', appSecret: 'secret' },
      replayUnplaced: async () => {},
    }
    graph.answer(answers({}))
    const connect = async () => {
      expect(await connectNumber(deps, place.workspaceId, { code: 'AQ', ...META })).toMatchObject({ ok: true })
    }
    expect(await told(connect)).toEqual(['number.changed'])
    graph.answer(answers({ status: 'BANNED' }))
    const known = await db.owner.query('select id from business_number where phone_number_id = $1', [
      META.phoneNumberId,
    ])
    const numberId: string = known.rows[0].id
    // Graph has to say it twice: the first answer is a suspicion.
    expect(await told(async () => job('check_number', { numberId }))).toEqual(['number.changed'])
    server.clock.advanceMs(CONFIRM_AFTER_MS)
    expect(await told(async () => job('check_number', { numberId }))).toEqual(['number.changed'])
  })
})

test('a phone that nobody opens for long, and its owner who says that it was opened', async () => {
  await receive(message({ wamid: 'wamid.1', via: 'echo', direction: 'out' }))
  server.clock.advanceMs(13 * DAY_MS)
  const watched = { ...server.deps, publish: server.deps.hub.publish }
  expect(await told(() => watchNumbers(watched, place.workspaceId))).toEqual(['number.changed'])
  expect((await freshBrowser(db, place)).numbers[place.number.id]?.state).toBe('at_risk')
  expect(await told(() => markOpened(watched, place.workspaceId, place.number.id))).toEqual(['number.changed'])
  expect((await freshBrowser(db, place)).numbers[place.number.id]?.state).toBe('live')
  expect(await told(() => unmarkOpened(watched, place.workspaceId, place.number.id))).toEqual(['number.changed'])
  expect((await freshBrowser(db, place)).numbers[place.number.id]?.state).toBe('at_risk')
})

test('a thread that another partner owns', async () => {
  const at = { sentAtMs: server.clock.nowMs() - 1_000 }
  await receive(message({ wamid: 'wamid.1' }), { ...message({ wamid: 'wamid.2', via: 'standby' }), ...at })
  const note = async () => job('note_owners', { wabaId: ORIGIN.wabaId })
  expect(await told(note)).toEqual(['conversation.changed'])
  expect(await told(note), 'once').toEqual([])
})

test('what nobody could place, until its number is connected', async () => {
  const intake = await startTestIntake(db)
  const later = { phoneNumberId: '1000000000605', wabaId: '1000000000606', phone: '966500000001' }
  const come = async () => {
    await intake.post('{"object":')
    await intake.post(webhook(later, { value: { messages: [wireText({ id: 'wamid.early', from: '966551230006' })] } }))
    await intake.settled()
  }
  expect(await told(come)).toEqual(['unrecognised.counted', 'unrecognised.counted'])
  const connect = async () => {
    await db.owner.query(
      'insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)',
      [later.phoneNumberId, later.wabaId, place.workspaceId, place.number.id],
    )
    await intake.projector.replayUnplaced(later.phoneNumberId, later.wabaId)
    await intake.settled()
  }
  expect(await told(connect)).toEqual(['unrecognised.counted', 'message.added'])
  // The other one goes when its bytes are dropped.
  const { database, clock, hub } = server.deps
  const later30 = { nowMs: () => intake.projection.clock.nowMs() + 32 * DAY_MS }
  const tellDropped = () => tellUnrecognised({ database, clock, publish: hub.publish })
  const drop = turnDaysJob({ database, clock: later30, keepDays: 30, tellDropped })
  expect(await told(async () => drop({}, ONCE))).toEqual(['unrecognised.counted'])
  expect((await freshBrowser(db, place)).unrecognisedTotal).toBe(0)
  await intake.stop()
  expect(intake.failures).toEqual([])
})

test('two customers that prove to be one, while a third member has read more than I', async () => {
  const omar = customer({ userId: 'SA.77', username: 'omar' })
  await receive(message({ wamid: 'wamid.1' }), message({ wamid: 'wamid.7', at: 7, customer: omar }))
  for (const { id } of (await server.call('GET', '/api/v1/conversations')).body.conversations)
    await server.call('POST', `/api/v1/conversations/${id}/read`, { as: place.maya.id, body: { inboundCount: 1 } })
  const tie = message({ wamid: 'wamid.8', at: 8, customer: customer({ phone: LAYLA.phone, userId: 'SA.77' }) })
  const types = await told(() => receive(tie), place.maya.id)
  expect(types).toContain('conversation.merged')
  expect(types).toContain('conversation.read')
  const { reads } = await freshBrowser(db, place, place.maya.id)
  expect(Object.values(reads), 'what she has read in both adds up').toEqual([2])
})

describe('contacts', () => {
  const other = customer({ userId: 'SA.77', profileName: 'Layla H.' })
  beforeEach(() => receive(message({ wamid: 'wamid.1' }), message({ wamid: 'wamid.2', at: 1, customer: other })))
  const contactIds = async (): Promise<string[]> => {
    const { rows } = await db.owner.query('select id from contact where workspace_id = $1 order by id', [
      place.workspaceId,
    ])
    return rows.map(({ id }) => id)
  }
  const post = async (path: string, body: object) => {
    const answer = await server.call('POST', `/api/v1/contacts/${path}`, { body })
    expect(answer.status).toBeLessThan(300)
    return answer.body
  }

  test('the name that agents give', async () => {
    const [id] = await contactIds()
    expect(await told(() => post(`${id}/name`, { name: 'Layla', was: null }))).toEqual(['conversation.changed'])
  })

  test('a merge, and its undoing, with what each member has read', async () => {
    const [first, second] = await contactIds()
    await server.call('POST', `/api/v1/conversations/${await theConversation()}/read`, { body: { inboundCount: 1 } })
    let mergeId = ''
    const merged = await told(async () => {
      mergeId = (await post(`${first}/merges`, { otherId: second })).mergeId
    })
    expect(merged).toEqual(['conversation.changed', 'conversation.merged', 'conversation.read'])
    expect(await told(() => post(`merges/${mergeId}/undo`, {}))).toEqual([
      ...['conversation.changed', 'conversation.changed', 'conversation.split', 'conversation.read'],
    ])
  })
})
