import type { FastifyReply } from 'fastify'

/** Sends a value, or `{error}` as 4xx with its sentence. */
export function answer(reply: FastifyReply, result: unknown, badStatus = 400): FastifyReply {
  const bad = typeof result === 'object' && result !== null && 'error' in result
  return reply
    .code(bad ? badStatus : 200)
    .header('content-type', 'application/json; charset=utf-8')
    .send(JSON.stringify(result))
}

/** The JSON of a request body (raw bytes), an empty object for none, or a sentence. */
export function jsonBody(body: unknown): Readonly<Record<string, unknown>> | { error: string } {
  if (!Buffer.isBuffer(body) || body.length === 0) return {}
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Falls through to the sentence.
  }
  return { error: 'The body must be a JSON object.' }
}
