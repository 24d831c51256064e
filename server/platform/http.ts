import { randomUUID } from 'node:crypto'
import compress from '@fastify/compress'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { answerFaults, sendFault } from './api-fault.ts'
import type { Log } from './log.ts'
import type { OwnOrigin } from './own-origin.ts'
import { portTaken, Refusal } from './refusal.ts'

/** Bodies of our own API are small; the webhook listener sets its own limit. */
const BODY_BYTES_MAX = 256 * 1024
/** A client that has not sent its whole request by then is cut off. */
const REQUEST_TIMEOUT_MS = 30_000
/** Smaller answers are not worth compressing, in bytes. */
const COMPRESS_FROM_BYTES = 1_024

/** Nothing from elsewhere runs in our pages, and our pages run nowhere else. Style attributes are written by libraries. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "style-src-attr 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), camera=(), geolocation=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/**
 * A fastify for people's browsers: answers only requests from its own pages, compresses, sets the security headers, and
 * turns every error into one of the table. Routes are registered by the caller, before `listen`.
 */
export async function createInboxServer(options: { log: Log; isOwnOrigin: OwnOrigin }): Promise<FastifyInstance> {
  const app = createServer(options.log)
  app.addHook('onRequest', async (request, reply) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) reply.header(name, value)
    if (!options.isOwnOrigin(request.raw)) return sendFault(reply, 'wrong_origin')
  })
  await app.register(compress, { threshold: COMPRESS_FROM_BYTES, encodings: ['br', 'gzip'] })
  return app
}

/** A fastify for Meta's webhooks: the only one that may face the internet, so it answers nothing else of ours. */
export function createWebhookServer(options: { log: Log }): FastifyInstance {
  const app = createServer(options.log)
  // A logger for each request would be made thousands of times a second to say nothing.
  app.setChildLoggerFactory((logger) => logger)
  answerFaults(app)
  return app
}

/** Listens and gives the port. A `Refusal` names the port that is taken and the variable that moves it. */
export async function listen(
  app: FastifyInstance,
  options: { host: string; port: number; variable: string },
): Promise<number> {
  try {
    await app.listen({ host: options.host, port: options.port })
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    const place = `${options.host}:${options.port}`
    if (code === 'EADDRINUSE') throw new Refusal(portTaken(options.host, options.port, options.variable))
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL') {
      throw new Refusal(`Wasl may not listen on ${place} (${code}): set ${options.variable} to another.`)
    }
    throw error
  }
  const address = app.server.address()
  return typeof address === 'object' && address !== null ? address.port : options.port
}

function createServer(log: Log): FastifyInstance {
  return Fastify({
    // Its own lines about listening say nothing that `start` does not.
    loggerInstance: log.child({}, { level: log.level === 'info' ? 'warn' : log.level }) as FastifyBaseLogger,
    // A line for each request would cost more than the request; faults are logged where they happen.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: true,
    trustProxy: false,
  })
}
