import { setTimeout as pause } from 'node:timers/promises'
import Fastify, { type FastifyInstance } from 'fastify'
import pg from 'pg'
import { noteArrivals } from '../../server/care/note-arrivals.ts'
import { startProjector } from '../../server/inbox/project.job.ts'
import { intakeRoutes, WEBHOOK_PATH } from '../../server/intake/routes.ts'
import { apiJobs, recoverSends, startSends } from '../../server/jobs.ts'
import { readNumber } from '../../server/numbers/number-store.ts'
import type { Clock } from '../../server/platform/clock.ts'
import { startWorkers } from '../../server/platform/jobs.ts'
import { reactToFiles, reactToNotices, reactToRefusals, reactToStrays } from '../../server/reactions.ts'
import { listenToFeed } from '../../server/realtime/watch-feed.ts'
import { readWebhook } from '../../server/whatsapp/normalise.ts'
import { type ApiServer, startApiServer } from '../support/api-server.ts'
import type { TestDatabase } from '../support/database.ts'

const VERIFY_TOKEN = 'verify-token'
const IDLE_WAIT_MS_MAX = 30_000
const POLL_MS = 10

/** Everything of Wasl but its start-up: API, stream, jobs, projector and the webhook's door, on one database. */
export interface RunningWasl {
  readonly db: TestDatabase
  readonly workspaceId: string
  readonly api: ApiServer
  /** What one enters in Meta's App Dashboard. */
  readonly webhook: { readonly url: string; readonly verifyToken: string }
  /** The webhook's door is shut, as when the machine is off the net; and opened again at the same address. */
  goOffline(): Promise<void>
  comeBack(): Promise<void>
  /** Resolves when nothing is left to do that could be done now: deliveries, files, jobs. */
  idle(): Promise<void>
  /** What is done each minute, done now. */
  sweep(): Promise<void>
  /** What went wrong in it. */
  failures(): readonly unknown[]
  stop(): Promise<void>
}

interface Surroundings {
  readonly db: TestDatabase
  readonly workspaceId: string
  readonly simulator: { readonly origin: string; readonly world: { readonly clock: Clock } }
  /** Of the webhook's door; a free one without it. */
  readonly port?: number
  readonly app: { readonly appId: string; readonly appSecret: string }
}

/** Starts it on the simulator's clock, with the simulator's Graph API. */
export async function startWasl(from: Surroundings): Promise<RunningWasl> {
  const { db, workspaceId, simulator, app } = from
  const failed: unknown[] = []
  const onFailure = (error: unknown) => void failed.push(error)
  const api = await startApiServer({
    db,
    workspaceId,
    app,
    graphUrl: simulator.origin,
    simulatorUrl: simulator.origin,
    clock: simulator.world.clock,
    replayUnplaced: async (phoneNumberId, wabaId) => void (await projector.replayUnplaced(phoneNumberId, wabaId)),
  })
  const { database, clock, ids, hub } = api.deps
  const projector = startProjector({
    ...{ database, clock, ids, readNumber, readWebhook, onFailure },
    ...{ reactToNotices, reactToFiles, reactToStrays, reactToRefusals },
    wakeFiles: api.deps.fetching.wake,
    heard: api.deps.sending.heard,
    publish: hub.publish,
    onUnplaced: () => {},
    noteArrivals: noteArrivals({ database, clock, onError: onFailure }),
  })
  const intake: Parameters<typeof intakeRoutes>[0] = {
    ...{ database, clock, verifyToken: VERIFY_TOKEN, secrets: [app.appSecret], onError: onFailure },
    onStored: (deliveries) => projector.offer(deliveries),
  }
  let door = await openDoor(intake, from.port ?? 0)
  const { port } = door.server.address() as { port: number }
  const owner = new pg.Pool({ connectionString: db.url, max: 6 })
  // The database goes while connections say goodbye.
  owner.on('connect', (client) => client.on('error', () => {}))
  const workers = await startWorkers({
    owner,
    handlers: apiJobs(api.deps),
    cron: [],
    onAlone: () => recoverSends(api.deps),
    onError: onFailure,
  })
  await startSends(api.deps, db.url)
  // Another process may write the feed too.
  const listener = await listenToFeed({ databaseUrl: db.url, hub, heads: async () => [], onError: onFailure })
  const idle = () => allIsDone(owner, api)
  return {
    ...{ db, workspaceId, api },
    webhook: { url: `http://127.0.0.1:${port}${WEBHOOK_PATH}`, verifyToken: VERIFY_TOKEN },
    goOffline: () => door.close(),
    async comeBack() {
      door = await openDoor(intake, port)
    },
    idle,
    async sweep() {
      const once = { attempt: 1, isLastAttempt: false }
      await apiJobs(api.deps).sweep?.({}, once)
      await apiJobs(api.deps).fetch_media?.({ workspaceId }, once)
      await idle()
    },
    failures: () => [...failed, ...api.errors],
    async stop() {
      await door.close()
      await api.deps.sending.stop()
      await workers.stop()
      await projector.stop()
      await listener.close()
      await owner.end()
      await api.close()
    },
  }
}

async function allIsDone(owner: pg.Pool, { deps }: ApiServer): Promise<void> {
  await nothingToDo(owner)
  await deps.sending.idle()
  // What was sent has set off webhooks.
  await nothingToDo(owner)
}

/** Jobs that wait for a later try are left waiting, and so are files after their first. */
async function nothingToDo(owner: pg.Pool): Promise<void> {
  const latest = performance.now() + IDLE_WAIT_MS_MAX
  for (;;) {
    const { rows } = await owner.query<{ what: string }>(
      `select 'delivery' as what from delivery_queue
       union all select 'file' from media_fetch where attempts = 0
       union all select 'job' from graphile_worker._private_jobs where locked_at is not null or (is_available and run_at <= now())`,
    )
    if (rows.length === 0) return
    if (performance.now() > latest) throw new Error(`still to be done: ${rows.map(({ what }) => what).join(', ')}`)
    await pause(POLL_MS)
  }
}

async function openDoor(intake: Parameters<typeof intakeRoutes>[0], port: number): Promise<FastifyInstance> {
  const door = Fastify({ forceCloseConnections: true })
  await door.register(intakeRoutes(intake))
  await door.listen({ host: '127.0.0.1', port })
  return door
}
