import { existsSync } from 'node:fs'
import { join } from 'node:path'
import files from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { answerError, sendFault } from './api-fault.ts'

const NOT_BUILT = `<!doctype html><meta charset="utf-8"><title>Wasl</title>
<p>The pages of the inbox are not built. Run <code>bin/setup</code>, then start Wasl again.`

/**
 * Hands out the built pages from `folder`: files under `/assets/` carry a hash in their name and are kept by the browser for ever;
 * every address that is no file and not below `/api/` is one of the app's own and gets its page.
 */
export async function serveWebFiles(app: FastifyInstance, folder: string): Promise<void> {
  app.setErrorHandler(answerError)
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === 'GET' && !/^\/(api|assets)\//.test(request.url)
    if (!isPage) return sendFault(reply, 'not_found')
    reply.header('cache-control', 'no-cache')
    return existsSync(join(folder, 'index.html')) && reply.sendFile !== undefined
      ? reply.sendFile('index.html', { cacheControl: false })
      : reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT)
  })
  // Only warns when the folder is missing; the page above tells people.
  if (!existsSync(folder)) return
  await app.register(files, {
    root: folder,
    cacheControl: false,
    setHeaders(reply, path) {
      const kept = path.startsWith(join(folder, 'assets'))
      reply.header('cache-control', kept ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}
