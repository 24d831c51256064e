import Fastify, { type FastifyInstance } from 'fastify'
import { watchInactivity } from './accounts/device.ts'
import { resumeStatuses } from './chat/statuses.ts'
import { createClock } from './clock.ts'
import { billingRoutes } from './control/billing.ts'
import { createChatEvents } from './control/events.ts'
import { mediaRoutes } from './control/media.ts'
import { numberRoutes } from './control/numbers.ts'
import { pageRoutes } from './control/pages.ts'
import { partnerRoutes } from './control/partner.ts'
import { controlRoutes } from './control/routes.ts'
import { templateRoutes } from './control/templates.ts'
import type { Faults } from './control-api.ts'
import { createCounters } from './counters.ts'
import { NO_FAULTS } from './faults.ts'
import { graphRoutes } from './graph/routes.ts'
import { type KeptWorld, keepWriting, readWorld, takeDown } from './keep.ts'
import { createMediaStore } from './media/store.ts'
import { createPlayer } from './play/player.ts'
import { createChance } from './random.ts'
import { callbackUrl } from './webhook/address.ts'
import { createWebhookQueue, type WebhookQueue } from './webhook/delivery.ts'
import type { World } from './world.ts'

/** Bytes: the largest upload (Meta takes documents up to 100 MB). */
const BODY_BYTES_MAX = 110 * 1024 * 1024
/** The version that Meta's subscriber is taken to have chosen. */
const WEBHOOK_VERSION = 25

export interface SimulatorOptions {
  readonly port: number
  readonly seed: number
  readonly appId: string
  readonly appSecret: string
  readonly faults?: Partial<Faults>
  /** Unix ms at which the clock starts; now without it. */
  readonly startMs?: number
  /** The clock stands still unless it is moved. */
  readonly frozen?: boolean
  /** Where the world is kept from one run to the next; without it, it ends with the process. */
  readonly folder?: string | null
}

export interface Simulator {
  /** e.g. `http://127.0.0.1:7101` */
  readonly origin: string
  readonly world: World
  close(): Promise<void>
}

/** Starts a simulated Meta on 127.0.0.1; port 0 takes a free one. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const app = Fastify({ bodyLimit: BODY_BYTES_MAX, exposeHeadRoutes: false, routerOptions: { maxParamLength: 500 } })
  const events = createChatEvents()
  const kept = options.folder ? await readWorld(options.folder) : null
  const address = { origin: '' }
  const { world, queue } = makeWorld(options, kept, events.changed, () => address.origin)
  const player = createPlayer(world)
  rawBodies(app)
  localOnly(app)
  events.register(app)
  controlRoutes(app, world, player, queue)
  numberRoutes(app, world)
  billingRoutes(app, world)
  partnerRoutes(app, world)
  templateRoutes(app, world)
  mediaRoutes(app, world)
  pageRoutes(app)
  graphRoutes(app, world)
  address.origin = await app.listen({ host: '127.0.0.1', port: options.port })
  if (kept) {
    player.resume(kept.play)
    queue.resume(kept.undelivered)
    for (const number of world.numbers.values()) {
      resumeStatuses(world, number)
      watchInactivity(world, number)
    }
  }
  const run = kept ? kept.run + 1 : 0
  const takeWorld = (): KeptWorld | null => takeDown(world, run, player.saved(), queue.undelivered())
  const keeper = options.folder ? await keepWriting(options.folder, takeWorld, onError) : null
  return {
    origin: address.origin,
    world,
    async close() {
      world.clock.close()
      await keeper?.stop()
      queue.close()
      events.close()
      app.server.closeAllConnections()
      await app.close()
    },
  }
}

/** An empty world, or one that goes on from what was kept, and the queue of its webhooks. */
function makeWorld(
  options: SimulatorOptions,
  kept: KeptWorld | null,
  chatChanged: World['chatChanged'],
  origin: () => string,
): { world: World; queue: WebhookQueue } {
  // Time does not go back: a clock that was moved goes on from where it was.
  const startMs = kept ? Math.max(kept.nowMs, options.startMs ?? Date.now()) : options.startMs
  const clock = createClock({ startMs, frozen: options.frozen, onError })
  const chance = createChance(kept?.seed ?? options.seed, kept ? kept.run + 1 : 0)
  const counters = createCounters()
  const defaults = { subscription: null, webhookVersion: WEBHOOK_VERSION }
  const world: World = {
    clock,
    chance,
    counters,
    app: { id: options.appId, secret: options.appSecret, name: 'Wasl (simulated app)' },
    accounts: kept?.world.accounts ?? new Map(),
    numbers: kept?.world.numbers ?? new Map(),
    media: createMediaStore(kept?.media),
    tokens: kept?.world.tokens ?? new Map(),
    codes: new Map(),
    forcedErrors: [],
    settings: { ...defaults, ...kept?.world.settings, faults: { ...NO_FAULTS, ...options.faults } },
    tell(update) {
      const url = callbackUrl(world, update)
      if (url === null) counters.add('updates_without_subscriber')
      else queue.post(update, url)
    },
    chatChanged,
    origin,
  }
  const faults = (): Faults => world.settings.faults
  const queue = createWebhookQueue({ clock, chance, counters, secret: () => options.appSecret, faults })
  clock.whenSettled(() => queue.idle())
  return { world, queue }
}

function onError(error: unknown): void {
  console.error('simulator:', error)
}

/** Bodies are taken as bytes: Graph calls come as JSON, forms, multipart and files, and are read where they are used. */
function rawBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/** No page of the internet may use this machine's simulator: neither by its own origin nor by a name that points here. */
function localOnly(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const { host, origin } = request.headers
    // Some clients send Meta's name for downloads; those need a token anyway.
    const download = request.url.startsWith('/lookaside/')
    if ((download || isLocal(`http://${host}`)) && (origin === undefined || isLocal(origin))) return
    await reply.code(403).send({ error: 'The simulator answers on 127.0.0.1 only.' })
  })
}

function isLocal(origin: string): boolean {
  return URL.canParse(origin) && ['127.0.0.1', 'localhost'].includes(new URL(origin).hostname)
}
