import { createHash } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Snapshot } from '../contract/api/inbox.ts'
import type { FeedRow, InboxEvent } from '../contract/inbox-event.ts'
import { applyFeedRows } from '../contract/inbox-state.ts'
import { checkIntegrity } from '../server/inbox/check-integrity.ts'
import { type RunningProjector, startProjector } from '../server/inbox/project.job.ts'
import { intakeRoutes, WEBHOOK_PATH } from '../server/intake/routes.ts'
import { apiJobs, recoverSends } from '../server/jobs.ts'
import { CONFIRM_AFTER_MS } from '../server/numbers/number-checks.ts'
import { readNumber } from '../server/numbers/number-store.ts'
import { startWorkers, type Workers } from '../server/platform/jobs.ts'
import { reactToFiles, reactToNotices, reactToRefusals, reactToStrays } from '../server/reactions.ts'
import { readWebhook } from '../server/whatsapp/normalise.ts'
import { type Simulator, startSimulator } from '../simulator/simulator.ts'
import { type ApiServer, startApiServer } from './support/api-server.ts'
import { billOf } from './support/bill.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

/** Everything of Wasl but its start-up, and the whole simulator, on one database: from onboarding to the customer's ticks. */

const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }

let db: TestDatabase
let workspace: TestWorkspace
let simulator: Simulator
let server: ApiServer
let webhooks: FastifyInstance
let projector: RunningProjector
let workers: Workers
let owner: pg.Pool
let failures: unknown[]
let rows: FeedRow[]
let begin: Snapshot
let wake: () => void
let seed = 0

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  failures = []
  rows = []
  wake = () => {}
  // A seed of its own: the same seed sends the same bytes, and a repeated delivery is taken once.
  simulator = await startSimulator({ port: 0, seed: ++seed, ...APP, startMs: Date.UTC(2026, 10, 23, 9) })
  server = await startApiServer({
    db,
    workspaceId: workspace.workspaceId,
    graphUrl: simulator.origin,
    simulatorUrl: simulator.origin,
    clock: simulator.world.clock,
    app: APP,
    replayUnplaced: async (phoneNumberId, wabaId) => void (await projector.replayUnplaced(phoneNumberId, wabaId)),
  })
  server.deps.hub.subscribe(workspace.workspaceId, (frame) => {
    rows.push(...(JSON.parse(frame.text) as { rows: FeedRow[] }).rows)
    wake()
  })
  const { database, clock, ids, hub } = server.deps
  const onFailure = (error: unknown) => void failures.push(error)
  projector = startProjector({
    ...{ database, clock, ids, readNumber, readWebhook, onFailure },
    ...{ reactToNotices, reactToFiles, reactToStrays, reactToRefusals },
    wakeFiles: server.deps.fetching.wake,
    heard: server.deps.sending.heard,
    publish: hub.publish,
    onUnplaced: () => {},
  })
  webhooks = Fastify({ forceCloseConnections: true })
  const secrets = [APP.appSecret]
  const verifyToken = 'verify-token'
  const onStored: Parameters<typeof intakeRoutes>[0]['onStored'] = (deliveries) => projector.offer(deliveries)
  await webhooks.register(intakeRoutes({ database, clock, secrets, verifyToken, onStored, onError: onFailure }))
  const webhookUrl = await webhooks.listen({ host: '127.0.0.1', port: 0 })
  owner = new pg.Pool({ connectionString: db.url, max: 6 })
  workers = await startWorkers({
    owner,
    handlers: apiJobs(server.deps),
    cron: [],
    onAlone: () => recoverSends(server.deps),
    onError: onFailure,
  })
  await server.deps.sending.start(db.url)
  await control('PUT', 'webhook', { url: `${webhookUrl}${WEBHOOK_PATH}`, verifyToken })
  await control('POST', 'play', { running: false })
  await control('POST', 'scenarios', { name: 'tiny' })
  begin = await snapshot()
})
afterEach(async () => {
  // Whatever a test did: the snapshot it began with and the feed since give what the server has.
  const now = await snapshot()
  await untilSeq(now.state.seq)
  const upToNow = rows.filter((row) => row.seq <= now.state.seq)
  expect(applyFeedRows(begin.state, upToNow)).toEqual(now.state)
  expect(await checkIntegrity(db.database, workspace.workspaceId)).toEqual([])
  await simulator.close()
  await webhooks.close()
  await server.deps.sending.stop()
  await workers.stop()
  await projector.stop()
  await owner.end()
  await server.close()
  expect([...failures, ...server.errors]).toEqual([])
  await db.owner.query('delete from number_route')
})

describe('a simulated phone', () => {
  test('is connected, its past comes in, and the browser reckons what the server has', async () => {
    const { numberId } = await connect()
    const after = await snapshot()
    expect(after.state.numbers[numberId]).toMatchObject({
      state: 'live',
      syncs: [{ kind: 'contacts' }, { kind: 'history', state: 'complete', progressPercent: 100 }],
    })
    expect(Object.keys(after.state.conversations).length).toBeGreaterThan(1)
    // History is not work: nothing is unread, no reply window is open.
    for (const conversation of Object.values(after.state.conversations)) {
      expect([conversation.inboundCount, conversation.lastInboundAtMs]).toEqual([0, null])
    }
    const sent = await control('GET', `sent?phoneNumberId=${after.state.numbers[numberId]?.phoneNumberId}`)
    expect(sent).toEqual([])
  })

  test('is answered: the customer writes, an agent answers once, the phone shows it, the ticks come back', async () => {
    const { numberId, phoneNumberId } = await connect()
    const [customer] = (await control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
    await act(phoneNumberId, customer?.key ?? '', {
      by: 'customer',
      do: 'send',
      message: { type: 'text', body: 'Is it open today?' },
    })
    const asked = await until((event) => event.type === 'message.added' && event.message.author === 'customer')
    if (asked.type !== 'message.added') throw new Error('not a message')
    const { id } = asked.conversation
    const body = {
      clientId: 'client-id-1',
      content: { type: 'text', body: 'Until ten.' },
      quoteWamid: asked.message.wamid,
    }
    const [first, second] = await Promise.all(
      [1, 2].map(() => server.call('POST', `/api/v1/conversations/${id}/messages`, { body })),
    )
    expect([first?.status, second?.status].sort()).toEqual([200, 201])
    await until(
      (event) => event.type === 'message.changed' && ['delivered', 'read'].includes(event.message.delivery ?? ''),
    )
    const sent = (await control('GET', `sent?phoneNumberId=${phoneNumberId}`)) as {
      callbackData: string
      wamid: string
    }[]
    expect(sent).toMatchObject([{ callbackData: first?.body.message.id }])
    const thread = await server.call('GET', `/api/v1/conversations/${id}/messages`)
    expect(thread.body.messages.at(-1)).toMatchObject({
      wamid: sent[0]?.wamid,
      author: 'agent',
      memberId: workspace.noura.id,
      quote: {
        wamid: asked.message.wamid,
        preview: { author: 'customer', type: 'text', voice: false, deleted: false, text: 'Is it open today?' },
      },
    })
    const chat = (await control('GET', `numbers/${phoneNumberId}/chats/${customer?.key}`)) as {
      by: string
      wamid: string
    }[]
    expect(chat.at(-1)).toMatchObject({ by: 'api', wamid: sent[0]?.wamid })
    expect((await snapshot()).state.numbers[numberId]?.state).toBe('live')
  })

  test.each(['graphTimeoutAfterAcceptRatio', 'statusBeforeResponseRatio'])(
    'is sent one message, settled by its statuses, under %s',
    async (fault) => {
      const { phoneNumberId } = await connect()
      const conversationId = await customerWrites(phoneNumberId)
      const loaded = await server.call('GET', `/api/v1/conversations/${conversationId}/messages`)
      const thread = { messages: loaded.body.messages, hasOlder: false, stale: false }
      const before = { ...(await snapshot()).state, threads: { [conversationId]: thread } }
      await control('PUT', 'faults', { [fault]: 1 })
      const sent = await server.call('POST', `/api/v1/conversations/${conversationId}/messages`, {
        body: { clientId: 'client-id-3', content: { type: 'text', body: 'Until ten.' } },
      })
      expect(sent.status).toBe(201)
      await until(
        (event) => isOurs(event, 'client-id-3') && ['delivered', 'read'].includes(event.message.delivery ?? ''),
      )
      expect(await control('GET', `sent?phoneNumberId=${phoneNumberId}`)).toHaveLength(1)
      // The thread in the browser is the thread on the server, too.
      const after = await server.call('GET', `/api/v1/conversations/${conversationId}/messages`)
      await untilSeq(after.body.seq)
      const upToThen = rows.filter((row) => row.seq <= after.body.seq)
      expect(applyFeedRows(before, upToThen).threads[conversationId]?.messages).toEqual(after.body.messages)
      expect(after.body.messages.at(-1)).toMatchObject({
        clientId: 'client-id-3',
        wamid: expect.stringMatching(/^wamid\./),
      })
    },
  )

  test('has a bill paid by its customer, which shows on it', async () => {
    const { phoneNumberId } = await connect()
    const conversationId = await customerWrites(phoneNumberId)
    await server.call('POST', `/api/v1/conversations/${conversationId}/messages`, {
      body: { clientId: 'client-id-4', content: { type: 'interactive', interactive: billOf('order-1') } },
    })
    const sent = await until((event) => isOurs(event, 'client-id-4') && event.message.wamid !== null)
    const { wamid } = (sent as Extract<InboxEvent, { type: 'message.changed' }>).message
    const [customer] = (await control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
    for (const outcome of ['failed', 'captured']) {
      await act(phoneNumberId, customer?.key ?? '', { by: 'customer', do: 'pay', wamid, outcome })
      await control('POST', 'clock', { advanceMs: 60_000 })
    }
    const paid = await until((event) => isOurs(event, 'client-id-4') && event.message.payment?.state === 'paid')
    expect(paid).toMatchObject({
      message: { payment: { amount: { value: 42_500, offset: 100, currency: 'INR' }, method: 'upi' } },
    })
  })

  test('is read by one member, and stays unread for the others', async () => {
    const { phoneNumberId } = await connect()
    const conversationId = await customerWrites(phoneNumberId)
    const salem = workspace.salem.id
    await server.call('POST', `/api/v1/conversations/${conversationId}/read`, { body: { inboundCount: 1 }, as: salem })
    const reads = async (as: string) => (await server.call('GET', '/api/v1/snapshot', { as })).body.state.reads
    expect(await reads(salem)).toEqual({ [conversationId]: 1 })
    expect(await reads(workspace.maya.id)).toEqual({})
  })

  test('sends a picture, which is fetched from Meta when it is looked at', async () => {
    const { phoneNumberId } = await connect()
    const [customer] = (await control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
    await act(phoneNumberId, customer?.key ?? '', {
      by: 'customer',
      do: 'send',
      message: { type: 'image', fileSeed: 3, caption: 'This one' },
    })
    const event = await until((one) => one.type === 'message.added' && one.message.content.type === 'image')
    if (event.type !== 'message.added') throw new Error('not a message')
    const response = await fetch(`${server.url}/api/v1/messages/${event.message.id}/media`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^image\/(png|jpeg|webp)$/)
    expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(100)
  })

  test('brings the files of its last 14 days, kept by their hash; an older one stays a mark', async () => {
    const { phoneNumberId } = await connect()
    const kept = () => new Map(rows.flatMap(({ event }) => keptFile(event)))
    await until(() => kept().size === 2)
    for (const [mediaId, hash] of kept()) {
      const bytes = await (await fetch(`${simulator.origin}/control/media/${mediaId}`)).arrayBuffer()
      expect(createHash('sha256').update(Buffer.from(bytes)).digest('hex')).toBe(hash)
    }
    const { rows: left } = await db.owner.query(
      `select count(*)::int as marks from message where workspace_id = $1 and content ->> 'type' = 'media_placeholder'`,
      [workspace.workspaceId],
    )
    expect(left).toEqual([{ marks: 1 }])
    // Nothing of it is work.
    expect(await control('GET', `sent?phoneNumberId=${phoneNumberId}`)).toEqual([])
    const { state } = await snapshot()
    expect(Object.values(state.conversations).map(({ inboundCount }) => inboundCount)).not.toContain(1)
  })

  test('that its owner disconnects is removed, and nothing can be sent from it', async () => {
    const { numberId, phoneNumberId } = await connect()
    const [customer] = (await control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
    await act(phoneNumberId, customer?.key ?? '', {
      by: 'customer',
      do: 'send',
      message: { type: 'text', body: 'Hello?' },
    })
    const asked = await until((event) => event.type === 'message.added' && event.message.author === 'customer')
    if (asked.type !== 'message.added') throw new Error('not a message')
    await control('POST', `numbers/${phoneNumberId}/device`, { do: 'disconnect' })
    // Graph has said so once: a suspicion. The second time, a minute later, it is so.
    await until((event) => event.type === 'number.changed' && event.number.checkedAtMs !== null)
    expect((await snapshot()).state.numbers[numberId]?.state).toBe('live')
    await control('POST', 'clock', { advanceMs: CONFIRM_AFTER_MS })
    await apiJobs(server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
    await until(
      (event) => event.type === 'number.changed' && event.number.id === numberId && event.number.state === 'removed',
    )
    expect((await snapshot()).state.numbers[numberId]?.state).toBe('removed')
    const answer = await server.call('POST', `/api/v1/conversations/${asked.conversation.id}/messages`, {
      body: { clientId: 'client-id-2', content: { type: 'text', body: 'Too late' } },
    })
    expect([answer.status, answer.body.error.code]).toEqual([422, 'number_removed'])
  })
})

/** Meta's id and our hash of a file that this event tells of. */
function keptFile(event: InboxEvent): [string, string][] {
  if (event.type !== 'message.changed' || event.message.file?.state !== 'stored') return []
  const { content, file } = event.message
  return 'media' in content && content.media.mediaId !== null ? [[content.media.mediaId, file.hash]] : []
}

function isOurs(event: InboxEvent, clientId: string): event is Extract<InboxEvent, { type: 'message.changed' }> {
  return event.type === 'message.changed' && event.message.clientId === clientId
}

/** The first customer writes live; gives the conversation. */
async function customerWrites(
  phoneNumberId: string,
  message: object = { type: 'text', body: 'Hello?' },
): Promise<string> {
  const [customer] = (await control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
  await act(phoneNumberId, customer?.key ?? '', { by: 'customer', do: 'send', message })
  const event = await until((one) => one.type === 'message.added' && one.message.author === 'customer')
  if (event.type !== 'message.added') throw new Error('not a message')
  return event.conversation.id
}

/** Connects the phone and waits until its past is in. */
async function connect(): Promise<{ numberId: string; phoneNumberId: string }> {
  const { status, body } = await server.call('POST', '/api/v1/numbers/simulated', { body: {} })
  expect([status, body.error]).toEqual([201, undefined])
  const { id, phoneNumberId } = body.number
  await until((event) => event.type === 'number.changed' && event.number.id === id && event.number.state === 'live')
  await projector.idle()
  return { numberId: id, phoneNumberId }
}

async function until(found: (event: InboxEvent) => boolean): Promise<InboxEvent> {
  for (;;) {
    const row = rows.find(({ event }) => found(event))
    if (row !== undefined) return row.event
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

async function untilSeq(seq: number): Promise<void> {
  while ((rows.at(-1)?.seq ?? 0) < seq) {
    await new Promise<void>((resolve) => {
      wake = resolve
    })
  }
}

async function snapshot(): Promise<Snapshot> {
  return (await server.call('GET', '/api/v1/snapshot')).body
}

async function control(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${simulator.origin}/control/${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${await response.text()}`)
  const text = await response.text()
  return text === '' ? null : JSON.parse(text)
}

function act(phoneNumberId: string, customerKey: string, what: object): Promise<unknown> {
  return control('POST', `numbers/${phoneNumberId}/chats/${customerKey}/acts`, what)
}
