import type { FastifyRequest } from 'fastify'
import type { GraphCall, GraphFailure } from './call.ts'
import { readMultipart } from './multipart.ts'
import { answeringVersion, splitPath } from './version.ts'

/** Reads a request as a call: version, path, parameters from query and body; a failure when it cannot be read. */
export function readCall(request: FastifyRequest, nowMs: number): GraphCall | GraphFailure {
  const url = new URL(request.url, 'http://graph')
  const { asked, segments } = splitPath(url.pathname)
  const version = answeringVersion(asked, nowMs)
  if (version === null) return { code: 2500, status: 400, message: `Unknown path components: ${url.pathname}` }
  const query = Object.fromEntries(url.searchParams)
  const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  // An upload session takes a file's bytes, whatever they are called.
  const file = segments[0]?.startsWith('upload:')
  const body = file ? { fields: {}, file: null } : readBody(bytes, request.headers['content-type'] ?? '')
  if ('code' in body) return body
  return {
    method: request.method,
    version,
    path: segments,
    query,
    input: { ...query, ...body.fields },
    file: body.file,
    bytes,
    authorization: request.headers.authorization ?? null,
  }
}

type Body = { readonly fields: Record<string, unknown>; readonly file: GraphCall['file'] }

function readBody(bytes: Buffer, contentType: string): Body | GraphFailure {
  if (bytes.length === 0) return { fields: {}, file: null }
  if (contentType.startsWith('multipart/form-data')) return readMultipart(bytes, contentType)
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    const fields = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
    return {
      fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, maybeJson(value)])),
      file: null,
    }
  }
  if (!/json|text\/plain/.test(contentType) && contentType !== '') return { fields: {}, file: null }
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown>, file: null }
  } catch {
    // Falls through: Meta answers the same to what is no JSON and to what is no object.
  }
  return { code: 100, message: '(#100) The request body is not valid JSON.' }
}

/** Forms carry objects as JSON text. */
function maybeJson(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
