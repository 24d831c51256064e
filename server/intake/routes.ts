import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { sendFault } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { openGroupCommit } from './commit-deliveries.ts'
import type { StoredDelivery } from './delivery-store.ts'
import { verifySignature } from './verify-signature.ts'

export const WEBHOOK_PATH = '/webhooks/whatsapp'
/** Meta's largest webhook is 3 MB. Source: the Cloud API's webhook documentation, "Batching". */
const BODY_BYTES_MAX = 4 * 1024 * 1024

export interface IntakeOptions {
  readonly database: Database
  readonly clock: Clock
  /** App secrets; several while one is being replaced. */
  readonly secrets: readonly string[]
  readonly verifyToken: string
  /** Gets deliveries that are stored and new, for the projector. */
  readonly onStored: (deliveries: readonly StoredDelivery[]) => void
  readonly onError: (error: unknown) => void
  /** Counts answers by their status. */
  readonly onAnswer?: (status: number) => void
}

/**
 * A fastify plugin: Meta's webhooks in. Nothing is parsed before the answer; 200 says that the bytes are stored
 * durably, and nothing else does. Register it within a scope of its own: it reads every body as raw bytes.
 */
export function intakeRoutes(options: IntakeOptions) {
  const { database, clock, onStored, onError } = options
  const commits = openGroupCommit({ database, clock, onStored, onError })
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    )
    app.setErrorHandler((error, _request, reply) => {
      const tooLarge = (error as { code?: unknown }).code === 'FST_ERR_CTP_BODY_TOO_LARGE'
      if (!tooLarge) onError(error)
      return sendFault(reply, tooLarge ? 'too_large' : 'internal')
    })
    if (options.onAnswer !== undefined) {
      const count = options.onAnswer
      app.addHook('onResponse', async (_request, reply) => count(reply.statusCode))
    }
    app.addHook('onClose', () => commits.drain())

    app.post(WEBHOOK_PATH, { bodyLimit: BODY_BYTES_MAX }, async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const signature = verifySignature(body, request.headers['x-hub-signature-256'], options.secrets)
      if (signature === null) return sendFault(reply, 'bad_signature')
      if (!(await commits.store({ signature, body }))) return sendFault(reply, 'unavailable')
      return reply.status(200).send('ok')
    })

    app.get(WEBHOOK_PATH, async (request, reply) => {
      const query = request.query as Record<string, unknown>
      const isAsked = query['hub.mode'] === 'subscribe' && isSame(query['hub.verify_token'], options.verifyToken)
      if (!isAsked) return reply.status(403).type('text/plain').send('The verify token is not the one configured here.')
      return reply.type('text/plain').send(String(query['hub.challenge'] ?? ''))
    })
  }
}

function isSame(given: unknown, expected: string): boolean {
  if (typeof given !== 'string') return false
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}
