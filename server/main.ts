import { join } from 'node:path'
import pg from 'pg'
import type { Health } from '../contract/api/workspace.ts'
import packageJson from '../package.json' with { type: 'json' }
import { noteArrivals } from './care/note-arrivals.ts'
import { type Config, META_GRAPH_URL, type MetaApp } from './config.ts'
import { confirmOnboardingJob } from './connecting/confirm-onboarding.job.ts'
import { CONFIRM_JOB } from './connecting/run-steps.ts'
import { type ConnectingConfig, connectingParts } from './connecting-parts.ts'
import { hasHardStop } from './costs/budget-store.ts'
import { isDueStopped } from './costs/claim-cost.ts'
import { createWorkspace } from './identity/create-workspace.ts'
import { type RunningProjector, startProjector } from './inbox/project.job.ts'
import { tellUnrecognised } from './inbox/project-deliveries.ts'
import { TRIM_FEED_CRON, TRIM_FEED_JOB, trimFeedJob } from './inbox/trim-feed.job.ts'
import type { IntakeOptions } from './intake/routes.ts'
import { TURN_DAYS_CRON, TURN_DAYS_JOB, turnDaysJob } from './intake/turn-days.job.ts'
import { API_CRONS, apiJobs, recoverSends, startSends } from './jobs.ts'
import { startInbox, startWebhookListener } from './listeners.ts'
import { type Files, openFiles, purgeIncoming } from './media/open-files.ts'
import { openOutgoing } from './media/open-outgoing.ts'
import { type Fetching, startFetching } from './media/start-fetching.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { readNumber } from './numbers/number-store.ts'
import { tokenSeal } from './numbers/token-seal.ts'
import { createSending, type Sending } from './outbound/start-sending.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { createSealer, keyFromFile, type Sealer } from './platform/crypto.ts'
import { prepareDataFolder } from './platform/data-folder.ts'
import { type Database, openDatabase, readWorkspace } from './platform/db.ts'
import { startEmbeddedPostgres } from './platform/embedded-postgres.ts'
import { type Ids, uuidv7Ids } from './platform/ids.ts'
import { startWorkers } from './platform/jobs.ts'
import { createLifecycle, type Lifecycle } from './platform/lifecycle.ts'
import { createLog, type Log } from './platform/log.ts'
import { migrateDatabase } from './platform/migrate.ts'
import { followSimulatorClock } from './platform/simulator-clock.ts'
import { type SimulatorProcess, startSimulatorProcess } from './platform/simulator-process.ts'
import { reactToFiles, reactToNotices, reactToRefusals, reactToStrays } from './reactions.ts'
import { readFeedBounds } from './realtime/feed-store.ts'
import { type FeedHub, openFeedHub } from './realtime/publish-feed.ts'
import { listenToFeed } from './realtime/watch-feed.ts'
import { simulatedApp } from './simulated-app.ts'
import { type AppCredentials, type Graph, openGraph } from './whatsapp/client.ts'
import { readWebhook } from './whatsapp/normalise.ts'

/**
 * Connections to the database: as the role Wasl works as, for the API and the jobs; the same for what Meta delivers and for
 * what is sent, which never wait for a connection behind them; and as the owner, for the queue of jobs.
 */
const CONNECTIONS_MAX = 16
const DELIVERY_CONNECTIONS_MAX = 6
const SENDER_CONNECTIONS_MAX = 3
const OWNER_CONNECTIONS_MAX = 10
const VERSION = packageJson.version

export interface Wasl {
  readonly inboxUrl: string
  /** Where Meta is to send webhooks. */
  readonly webhookUrl: string
  readonly simulatorUrl: string | null
  stop(): Promise<void>
}

export interface Console {
  /** A line for the person at the console. */
  readonly say: (line: string) => void
  /** A part without which Wasl cannot go on has ended by itself. */
  readonly onLost: (reason: string) => void
}

/**
 * Starts everything, in order; what was started is stopped in the opposite order, also when a later part fails.
 * Throws a `Refusal` for what the operator can mend.
 */
export async function startWasl(config: Config, console: Console): Promise<Wasl> {
  const log = createLog({ level: config.logLevel })
  const lifecycle = createLifecycle(log)
  try {
    return await startParts(config, console, log, lifecycle)
  } catch (error) {
    await lifecycle.stop()
    throw error
  }
}

async function startParts(config: Config, console: Console, log: Log, lifecycle: Lifecycle): Promise<Wasl> {
  const onError: OnError = (error, what) => log[lifecycle.isStopping() ? 'debug' : 'error']({ err: error }, what)
  await prepareDataFolder(config.dataFolder)
  const key = config.secretKey ?? (await keyFromFile(config.dataFolder))
  const meta = config.meta ?? simulatedApp(key)
  const [databaseUrl, simulator] = await both(
    startDatabase(config, console, lifecycle),
    config.simulator.wanted ? startSimulator(config, meta, console, log, lifecycle) : Promise.resolve(undefined),
  )
  const clock = await startClock(simulator, lifecycle)
  await migrateDatabase({ url: databaseUrl, nowMs: clock.nowMs() })
  const connect = (name: string, max: number) =>
    lifecycle.add(
      name,
      () => openDatabase({ url: databaseUrl, max, onError: (error) => onError(error, 'connection') }),
      (part) => part.close(),
    )
  const database = await connect('connections', CONNECTIONS_MAX)
  const deliveries = await connect('connections of deliveries', DELIVERY_CONNECTIONS_MAX)
  const sender = await connect('connections of the sender', SENDER_CONNECTIONS_MAX)
  const ids = uuidv7Ids(clock)
  const workspaceId = await createWorkspace({ database, ids, nowMs: clock.nowMs() })
  const hub = await startFeed({ database, databaseUrl, workspaceId, lifecycle, onError })
  const graph = openGraph({ baseUrl: config.graphUrl ?? simulator?.url ?? META_GRAPH_URL, clock })
  const files = openFiles(config)
  await purgeIncoming(files.incomingFolder)
  const fetching = startFetching({ database, onError })
  const app = { appId: meta.appId, appSecret: meta.appSecrets[0] ?? '' }
  const sealer = createSealer(key)
  const sending = createSending({
    ...{ database: sender, clock, publish: hub.publish, holder: ids.next(), onError },
    ...{ post: graph.sendMessage, uploadMedia: graph.uploadMedia, hasHardStop, isDueStopped },
    ...{ openToken: tokenSeal(sealer).open, withFile: openOutgoing({ ids, ...files }) },
  })
  const doors: Doors = { local: '', public: '' }
  const core = { app, database, deliveries, clock, ids, hub, graph, sealer, files, fetching, sending }
  const parts: Parts = { ...core, config, meta, log, lifecycle, onError, workspaceId, simulator, doors }
  const metrics = createMetrics()
  const projector = await startProjecting(parts, metrics)
  await startJobs(parts, databaseUrl, projector)
  return startListeners(parts, metrics, projector)
}

type OnError = (error: unknown, what: string) => void

/** What the parts below are made of; each hands on what its own need, so that nothing else sees all of it. */
interface Parts {
  readonly config: Config
  readonly meta: MetaApp
  readonly log: Log
  readonly lifecycle: Lifecycle
  readonly onError: OnError
  readonly database: Database
  /** The same database, for intake and projector. */
  readonly deliveries: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly hub: FeedHub
  readonly graph: Graph
  readonly app: AppCredentials
  readonly sealer: Sealer
  readonly files: Files
  readonly fetching: Fetching
  readonly sending: Sending
  readonly workspaceId: string
  readonly simulator: SimulatorProcess | undefined
  readonly doors: Doors
}

/** Addresses of the webhook listener; empty before it is open. */
interface Doors {
  local: string
  public: string
}

async function startDatabase(config: Config, console: Console, lifecycle: Lifecycle): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl
  const { dataFolder, cloneFolder } = config
  const start = () => startEmbeddedPostgres({ dataFolder, cloneFolder, say: console.say, onLost: console.onLost })
  const postgres = await lifecycle.add('database', start, (part) => part.stop())
  return postgres.url
}

function startSimulator(config: Config, meta: MetaApp, console: Console, log: Log, lifecycle: Lifecycle) {
  const start = () =>
    startSimulatorProcess({
      cloneFolder: config.cloneFolder,
      dataFolder: join(config.dataFolder, 'simulator'),
      port: config.simulator.port,
      appId: meta.appId,
      appSecret: meta.appSecrets[0] ?? '',
      onLine: (line) => log.debug({ simulator: line }, 'simulator'),
      onLost: console.onLost,
    })
  return lifecycle.add('simulator', start, (part) => part.stop())
}

/** Time comes from the simulator while it runs, so that a moved clock moves both. */
async function startClock(simulator: SimulatorProcess | undefined, lifecycle: Lifecycle): Promise<Clock> {
  if (simulator === undefined) return systemClock
  const clock = followSimulatorClock({ simulatorUrl: simulator.url, base: systemClock })
  await clock.refresh()
  return lifecycle.add(
    'clock',
    () => clock,
    () => clock.stop(),
  )
}

async function startFeed(from: {
  database: Database
  databaseUrl: string
  workspaceId: string
  lifecycle: Lifecycle
  onError: OnError
}): Promise<FeedHub> {
  const { database, databaseUrl, workspaceId, lifecycle, onError } = from
  const hub = openFeedHub({ database, onError })
  const heads = async () => {
    const { head } = await readWorkspace(database, workspaceId, (sql) => readFeedBounds(sql, workspaceId))
    return [{ workspaceId, seq: head }]
  }
  await lifecycle.add(
    'feed',
    () => listenToFeed({ databaseUrl, hub, heads, onError }),
    async (listener) => {
      await listener.close()
      hub.close()
    },
  )
  return hub
}

function startProjecting(parts: Parts, metrics: Metrics): Promise<RunningProjector> {
  const { deliveries: database, clock, ids, hub, onError, lifecycle } = parts
  const start = () =>
    startProjector({
      database,
      clock,
      ids,
      readNumber,
      readWebhook,
      reactToNotices,
      reactToFiles,
      reactToStrays,
      reactToRefusals,
      wakeFiles: parts.fetching.wake,
      publish: hub.publish,
      heard: parts.sending.heard,
      onFailure: onError,
      onUnplaced: metrics.countUnplaced,
      noteArrivals: noteArrivals({ database, clock, onError }),
    })
  return lifecycle.add('projector', start, (part) => part.stop())
}

async function startJobs(parts: Parts, databaseUrl: string, projector: RunningProjector): Promise<void> {
  const { database, clock, config, lifecycle, onError } = parts
  const onLostConnection = (error: Error) => onError(error, 'connection of the job queue')
  const owner = await lifecycle.add(
    'connections of the job queue',
    () => new pg.Pool({ connectionString: databaseUrl, max: OWNER_CONNECTIONS_MAX }),
    (pool) => pool.end(),
  )
  owner.on('error', onLostConnection)
  owner.on('connect', (client) => client.on('error', onLostConnection))
  const tellDropped = () => tellUnrecognised({ database, clock, publish: parts.hub.publish })
  const handlers = {
    ...apiJobs({ ...parts, connecting: connectingOf(parts), simulatorUrl: parts.simulator?.url ?? null }),
    [CONFIRM_JOB]: confirmOnboardingJob(connectingParts(connectingDeps(parts, projector))),
    [TURN_DAYS_JOB]: turnDaysJob({ database, clock, keepDays: config.rawDays, tellDropped }),
    [TRIM_FEED_JOB]: trimFeedJob({ database, clock }),
  }
  const cron = [...API_CRONS, TURN_DAYS_CRON, TRIM_FEED_CRON]
  const start = () => startWorkers({ owner, handlers, cron, onAlone: () => recoverSends(parts), onError })
  await lifecycle.add('jobs', start, (workers) => workers.stop())
  // After what a dead process was sending has been marked, so that nothing of ours is.
  await lifecycle.add(
    'sending',
    () => startSends(parts, databaseUrl),
    () => parts.sending.stop(),
  )
  // Added after the jobs, and so stopped before them: they need not wait for the end of a large download.
  await lifecycle.add(
    'fetching of files',
    () => parts.fetching,
    (fetching) => fetching.stop(),
  )
}

/** What the operator configured for connecting. */
function connectingOf({ config, meta, doors, simulator }: Parts): ConnectingConfig {
  return {
    ...{ configId: meta.configId, verifyToken: meta.verifyToken, excludedCountries: config.excludedCountries },
    webhookUrl: () => doors.public,
    // The simulator delivers on this machine, also where the address for Meta is another one.
    deliveryUrl: () => (simulator === undefined ? doors.public : doors.local),
  }
}

/** What connecting a number needs, for its routes and its job. */
function connectingDeps(parts: Parts, projector: RunningProjector) {
  return {
    ...parts,
    publish: parts.hub.publish,
    replayUnplaced: async (phoneNumberId: string, wabaId: string) =>
      void (await projector.replayUnplaced(phoneNumberId, wabaId)),
  }
}

/** The doors, opened last and closed first. The simulator learns where to deliver when all of them are open. */
async function startListeners(parts: Parts, metrics: Metrics, projector: RunningProjector): Promise<Wasl> {
  const { config, meta, log, lifecycle, onError, clock, deliveries, simulator, doors } = parts
  const simulatorUrl = simulator?.url ?? null
  const health = (): Promise<Health> =>
    measureHealth(projector, {
      version: VERSION,
      database: config.databaseUrl === undefined ? 'embedded' : 'external',
      simulator: simulatorUrl,
      webhook_url: doors.public,
    })
  metrics.lagMs = () => projector.lagMs()
  const listeners = { log, lifecycle, health }
  const inbox = await startInbox(listeners, {
    ...config.inbox,
    webFolder: join(config.cloneFolder, 'dist', 'web'),
    metrics,
    api: {
      ...connectingDeps(parts, projector),
      ...{ version: VERSION, simulatorUrl },
      connecting: connectingOf(parts),
    },
  })
  metrics.streamClients = inbox.clients
  const intake: IntakeOptions = {
    database: deliveries,
    clock,
    secrets: meta.appSecrets,
    verifyToken: meta.verifyToken,
    onStored: (deliveries) => projector.offer(deliveries),
    onError: (error) => onError(error, 'storing deliveries'),
    onAnswer: metrics.countWebhookAnswer,
  }
  Object.assign(doors, await startWebhookListener(listeners, { ...config.webhook, intake }))
  await simulator?.subscribeWebhook({ url: doors.local, verifyToken: meta.verifyToken })
  return { inboxUrl: inbox.url, webhookUrl: doors.public, simulatorUrl, stop: () => lifecycle.stop() }
}

async function measureHealth(projector: RunningProjector, known: Omit<Health, 'status' | 'lag_ms'>): Promise<Health> {
  const lagMs = await projector.lagMs().catch(() => undefined)
  return { status: lagMs === undefined ? 'unavailable' : 'ok', ...known, lag_ms: lagMs ?? 0 }
}

/** Waits for both even when one fails, so that neither starts up behind the clean-up; then throws the first failure. */
async function both<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b])
  return Promise.all([a, b])
}
