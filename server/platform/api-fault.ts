import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { type ApiError, ERROR_CODES, type ErrorCode } from '../../contract/error-codes.ts'

/** A refusal on its way out of a route: thrown by what reads the request, answered by `answerFaults`. */
export class ApiFault extends Error {
  readonly code: ErrorCode
  readonly details: unknown

  constructor(code: ErrorCode, details?: unknown) {
    super(ERROR_CODES[code].meaning)
    this.code = code
    this.details = details
  }
}

/** Answers with an error of the table, its status and its meaning. */
export function sendFault(reply: FastifyReply, code: ErrorCode, details?: unknown): FastifyReply {
  const body: ApiError = {
    error: { code, message: ERROR_CODES[code].meaning, ...(details === undefined ? {} : { details }) },
  }
  return reply.code(ERROR_CODES[code].status).header('cache-control', 'no-store').send(body)
}

/** Reads a part of the request by its schema; `bad_request` names the fields that are wrong. */
export function readInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  throw new ApiFault(
    'bad_request',
    read.error.issues.map((issue) => ({ field: issue.path.join('.'), problem: issue.message })),
  )
}

/** Makes every error of these routes an answer of the table, and an unknown address `not_found`. */
export function answerFaults(app: FastifyInstance): void {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((_request, reply) => sendFault(reply, 'not_found'))
}

/** The error handler of `answerFaults`: what is no refusal is a fault of ours and is logged. */
export function answerError(
  error: FastifyError | ApiFault,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof ApiFault) return sendFault(reply, error.code, error.details)
  if (error.statusCode === 413) return sendFault(reply, 'too_large')
  // A folder of files, or a path that leaves it.
  if (error.statusCode === 403 || error.statusCode === 404) return sendFault(reply, 'not_found')
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return sendFault(reply, 'bad_request', error.message)
  }
  if (isDatabaseAway(error)) {
    request.log.warn({ err: error }, 'database unavailable')
    return sendFault(reply, 'unavailable')
  }
  request.log.error({ err: error }, 'request failed')
  return sendFault(reply, 'internal', { requestId: request.id })
}

/** Connection refused or lost, shutting down, out of connections or of disk (classes 08, 53 and 57P of PostgreSQL). */
const AWAY = /^(08|53|57P)|^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE)$/

/** Whether nothing is wrong with what was asked of the database, which is not there now. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if ('code' in error && typeof error.code === 'string' && AWAY.test(error.code)) return true
  return /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
}
