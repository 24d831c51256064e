import type { FastifyReply } from 'fastify'
import type { Health, PublicHealth } from '../contract/api/workspace.ts'
import { type ApiDeps, registerApi } from './api.ts'
import { type IntakeOptions, intakeRoutes, WEBHOOK_PATH } from './intake/routes.ts'
import type { Metrics } from './metrics.ts'
import { createInboxServer, createWebhookServer, listen } from './platform/http.ts'
import type { Lifecycle } from './platform/lifecycle.ts'
import type { Log } from './platform/log.ts'
import { createOwnOrigin, loopbackAuthorities } from './platform/own-origin.ts'
import { serveWebFiles } from './platform/web-files.ts'

/** What both listeners need. */
export interface ListenerParts {
  readonly log: Log
  readonly lifecycle: Lifecycle
  /** For `/healthz`; throws never. */
  readonly health: () => Promise<Health>
}

/** Meta's door. Gives its address, with the path: for this machine, and for Meta (`publicUrl` when there is one). */
export async function startWebhookListener(
  parts: ListenerParts,
  options: { host: string; port: number; publicUrl: string | null; intake: IntakeOptions },
): Promise<{ local: string; public: string }> {
  const { host, port } = options
  const app = createWebhookServer({ log: parts.log })
  await app.register(intakeRoutes(options.intake))
  // This door may face the internet: versions, addresses and backlogs are told at the inbox only.
  app.get('/healthz', async (_request, reply) => {
    const { status } = await parts.health()
    return answerHealth(reply, { status })
  })
  const bound = await parts.lifecycle.add(
    'webhook listener',
    () => listen(app, { host, port, variable: 'WASL_WEBHOOK_PORT' }),
    () => app.close(),
  )
  const local = `http://${urlHost(host)}:${bound}`
  return { local: `${local}${WEBHOOK_PATH}`, public: `${options.publicUrl ?? local}${WEBHOOK_PATH}` }
}

/** The inbox: pages, API, stream, metrics. Gives its address and how many browsers are connected. */
export async function startInbox(
  parts: ListenerParts,
  options: { host: string; port: number; webFolder: string; metrics: Metrics; api: Omit<ApiDeps, 'isOwnOrigin'> },
): Promise<{ url: string; clients: () => number }> {
  const { host, metrics } = options
  let { port } = options
  const isOwnOrigin = createOwnOrigin(() => loopbackAuthorities(port))
  const app = await createInboxServer({ log: parts.log, isOwnOrigin })
  app.get('/healthz', async (_request, reply) => answerHealth(reply, await parts.health()))
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()))
  const stream = registerApi(app, { ...options.api, isOwnOrigin })
  await serveWebFiles(app, options.webFolder)
  await parts.lifecycle.add(
    'inbox',
    () => app,
    () => app.close(),
  )
  await parts.lifecycle.add(
    'stream',
    () => stream,
    () => stream.close(),
  )
  port = await listen(app, { host, port, variable: 'WASL_PORT' })
  return { url: `http://${urlHost(host)}:${port}`, clients: stream.clients }
}

function answerHealth(reply: FastifyReply, health: PublicHealth | Health): FastifyReply {
  return reply
    .code(health.status === 'ok' ? 200 : 503)
    .header('cache-control', 'no-store')
    .send(health)
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
