import { createHmac } from 'node:crypto'
import fastify, { type FastifyInstance } from 'fastify'
import { type RunningProjector, startProjector } from '../../server/inbox/project.job.ts'
import { intakeRoutes, WEBHOOK_PATH } from '../../server/intake/routes.ts'
import type { Database } from '../../server/platform/db.ts'
import { readWebhook, type WebhookReading } from '../../server/whatsapp/normalise.ts'
import { type TestProjection, testProjection } from './projection.ts'
import type { TestWorkspace } from './workspace.ts'

export const APP_SECRET = 'first-secret'
export const OLD_APP_SECRET = 'second-secret'
export const VERIFY_TOKEN = 'a-verify-token'

export interface TestIntake {
  readonly app: FastifyInstance
  readonly projection: TestProjection
  readonly projector: RunningProjector
  /** What went wrong inside, to be looked at by the test. */
  readonly failures: unknown[]
  readonly unplaced: string[]
  /** Posts a body, signed unless told otherwise; gives the status. */
  post(body: unknown, signature?: string | null): Promise<number>
  /** Resolves when everything stored is projected. */
  settled(): Promise<void>
  stop(): Promise<void>
}

/** Intake and projector on a test database, as `main` puts them together. */
export async function startTestIntake(
  test: { database: Database },
  options: { readWebhook?: (payload: unknown) => WebhookReading } = {},
): Promise<TestIntake> {
  const projection = testProjection(test)
  const failures: unknown[] = []
  const unplaced: string[] = []
  const projector = startProjector({
    ...projection,
    readWebhook: options.readWebhook ?? readWebhook,
    onFailure: (error) => failures.push(error),
    onUnplaced: (reason) => unplaced.push(reason),
  })
  const app = fastify()
  await app.register(
    intakeRoutes({
      database: test.database,
      clock: projection.clock,
      secrets: [APP_SECRET, OLD_APP_SECRET],
      verifyToken: VERIFY_TOKEN,
      onStored: (deliveries) => projector.offer(deliveries),
      onError: (error) => failures.push(error),
    }),
  )
  return {
    app,
    projection,
    projector,
    failures,
    unplaced,
    async post(body, signature) {
      const payload = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
      const header = signature === undefined ? sign(payload) : signature
      const headers = {
        'content-type': 'application/json',
        ...(header === null ? {} : { 'x-hub-signature-256': header }),
      }
      const answer = await app.inject({ method: 'POST', url: WEBHOOK_PATH, payload, headers })
      return answer.statusCode
    },
    async settled() {
      await projector.sweep()
      await projector.idle()
    },
    async stop() {
      await app.close()
      await projector.stop()
    },
  }
}

export function sign(body: Buffer, secret = APP_SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

type Number = Pick<TestWorkspace['number'], 'phoneNumberId' | 'wabaId' | 'phone'>

/** A webhook of one or more changes, each with its field and the rest of its value. */
export function webhook(number: Number, ...changes: readonly { field?: string; value: object }[]): object {
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: number.wabaId,
        changes: changes.map(({ field = 'messages', value }) => ({ field, value: { ...metadata(number), ...value } })),
      },
    ],
  }
}

export function metadata(number: Number): object {
  return {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: number.phone, phone_number_id: number.phoneNumberId },
  }
}

/** One text message of a customer, as in `messages`. */
export function wireText(given: { id: string; from: string; at?: number; body?: string }): object {
  const { id, from, at = 1_795_420_800, body = 'Good morning' } = given
  return { from, id, timestamp: String(at), type: 'text', text: { body } }
}
