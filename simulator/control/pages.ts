import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply } from 'fastify'

const FOLDER = fileURLToPath(new URL('../web', import.meta.url))
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"

/** `/phone`, `/customers`, `/signup` and the files beside them, from `simulator/web/`; TypeScript goes out with its types stripped. */
export function pageRoutes(app: FastifyInstance): void {
  app.get('/', (_request, reply) => reply.redirect('/phone'))
  for (const page of ['phone', 'customers', 'signup']) {
    app.get(`/${page}`, (_request, reply) => sendFile(reply, `${page}.html`))
    app.get(`/${page}/`, (_request, reply) => sendFile(reply, `${page}.html`))
  }
  app.get('/web/*', (request, reply) => sendFile(reply, (request.params as { '*': string })['*']))
}

async function sendFile(reply: FastifyReply, path: string): Promise<FastifyReply> {
  const file = join(FOLDER, normalize(`/${path}`))
  const type = TYPES[extname(file)]
  reply
    .header('content-security-policy', POLICY)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-cache')
  try {
    if (type === undefined || file.endsWith('.test.ts')) return await notFound(reply)
    if (extname(file) === '.ts') return await reply.type(type).send(stripTypeScriptTypes(await readFile(file, 'utf8')))
    return await reply.type(type).send(await readFile(file))
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'EISDIR'))
      return notFound(reply)
    throw error
  }
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply.code(404).type('text/plain; charset=utf-8').send('There is no such page.')
}
