import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { MEDIA_KINDS } from '../../contract/message-file.ts'
import { type ApiDeps, registerApi } from '../../server/api.ts'
import { hasHardStop } from '../../server/costs/budget-store.ts'
import { isDueStopped } from '../../server/costs/claim-cost.ts'
import type { JobDeps } from '../../server/jobs.ts'
import { openFiles } from '../../server/media/open-files.ts'
import { openOutgoing } from '../../server/media/open-outgoing.ts'
import { startFetching } from '../../server/media/start-fetching.ts'
import { tokenSeal } from '../../server/numbers/token-seal.ts'
import { createSending } from '../../server/outbound/start-sending.ts'
import { answerFaults } from '../../server/platform/api-fault.ts'
import { type Clock, TestClock } from '../../server/platform/clock.ts'
import { createSealer } from '../../server/platform/crypto.ts'
import { uuidv7Ids } from '../../server/platform/ids.ts'
import { openFeedHub } from '../../server/realtime/publish-feed.ts'
import { openGraph } from '../../server/whatsapp/client.ts'
import type { TestDatabase } from './database.ts'

export interface ApiServer {
  readonly url: string
  /** The API's clock, unless another one was given. */
  readonly clock: TestClock
  readonly deps: ApiDeps & JobDeps
  readonly errors: unknown[]
  /** Calls the API and reads its JSON. */
  call(method: 'GET' | 'POST' | 'DELETE', path: string, options?: CallOptions): Promise<Answer>
  close(): Promise<void>
}

export interface CallOptions {
  readonly body?: unknown
  /** Acts as this member; as the owner when absent. */
  readonly as?: string
  readonly headers?: Record<string, string>
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  // The shape is what the test asserts.
  readonly body: Json
}
export type Json = ReturnType<typeof JSON.parse>

const MEDIA_DEFAULTS = { kinds: MEDIA_KINDS, bytesMax: 1024 * 1024, parallelMax: 2, attemptsMax: 3, s3: null }

/** The real API on a free port, for one workspace of a test database. */
export async function startApiServer(options: {
  db: TestDatabase
  workspaceId: string
  graphUrl: string
  simulatorUrl?: string
  replayUnplaced?: ApiDeps['replayUnplaced']
  clock?: Clock
  app?: ApiDeps['app']
  /** Empty, so that nothing tries it, unless a test gives one. */
  deliveryUrl?: () => string
  media?: Partial<Parameters<typeof openFiles>[0]['media']>
}): Promise<ApiServer> {
  const clock = new TestClock()
  const errors: unknown[] = []
  const onError = (error: unknown) => void errors.push(error)
  const hub = openFeedHub({ database: options.db.database, onError })
  const dataFolder = await mkdtemp(join(tmpdir(), 'wasl-api-'))
  const fetching = startFetching({ database: options.db.database, onError })
  const graph = openGraph({ baseUrl: options.graphUrl, clock: options.clock ?? clock })
  const sealer = createSealer(Buffer.alloc(32, 7))
  const files = openFiles({ dataFolder, media: { ...MEDIA_DEFAULTS, ...options.media } })
  const ids = uuidv7Ids(options.clock ?? clock)
  const core = { database: options.db.database, clock: options.clock ?? clock, ids, hub, graph, sealer, files, onError }
  const deps: ApiDeps & JobDeps = {
    ...core,
    app: options.app ?? { appId: 'app', appSecret: 'secret-of-the-app' },
    workspaceId: options.workspaceId,
    version: '0.0.0-test',
    simulatorUrl: options.simulatorUrl ?? null,
    isOwnOrigin: () => true,
    replayUnplaced: options.replayUnplaced ?? (async () => {}),
    connecting: {
      configId: null,
      webhookUrl: () => 'http://127.0.0.1:1/webhooks/whatsapp',
      verifyToken: 'verify',
      deliveryUrl: options.deliveryUrl ?? (() => ''),
      excludedCountries: [],
    },
    fetching,
    sending: sendingOf(core),
  }
  const app = Fastify({ forceCloseConnections: true })
  answerFaults(app)
  const stream = registerApi(app, deps)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    url,
    clock,
    deps,
    errors,
    call: (method, path, call) => callApi(url, method, path, call ?? {}),
    async close() {
      await stream.close()
      await app.close()
      hub.close()
      fetching.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

/** What sends, to be started by who wants it. */
function sendingOf(
  core: Pick<ApiDeps, 'database' | 'clock' | 'ids' | 'hub' | 'graph' | 'sealer' | 'files' | 'onError'>,
) {
  const { database, clock, ids, hub, graph, onError } = core
  return createSending({
    ...{ database, clock, publish: hub.publish, holder: ids.next(), onError },
    ...{ post: graph.sendMessage, uploadMedia: graph.uploadMedia, hasHardStop, isDueStopped },
    ...{ openToken: tokenSeal(core.sealer).open, withFile: openOutgoing({ ids, ...core.files }) },
  })
}

async function callApi(url: string, method: string, path: string, options: CallOptions): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(options.as === undefined ? {} : { cookie: `wasl_member=${options.as}` }),
      ...options.headers,
    },
    body: options.body === undefined ? undefined : JSON.stringify(options.body),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
}
