import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createInboxServer, createWebhookServer, listen } from './http.ts'
import { createLog } from './log.ts'
import { createOwnOrigin, loopbackAuthorities } from './own-origin.ts'
import { serveWebFiles } from './web-files.ts'

const logged: string[] = []
const log = createLog({ level: 'silent', destination: { write: (line) => logged.push(line) } })
let port = 0
let folder = ''
let close: () => Promise<unknown>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-web-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), `<title>Wasl</title>${'x'.repeat(5_000)}`)
  await writeFile(join(folder, 'assets', 'app-1a2b.js'), 'run()')
  const app = await createInboxServer({ log, isOwnOrigin: createOwnOrigin(() => loopbackAuthorities(port)) })
  app.get('/api/v1/thing', async () => ({ ok: true }))
  app.post('/api/v1/thing', async () => ({ ok: true }))
  app.get('/api/v1/broken', async () => {
    throw new Error('hunter2 in the message')
  })
  await serveWebFiles(app, folder)
  port = await listen(app, { host: '127.0.0.1', port: 0, variable: 'WASL_PORT' })
  close = () => app.close()
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true })
})

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

/** fetch() would set Host itself. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk.toString('latin1')
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('a Host that is not ours is refused, whatever the address asks for', async () => {
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
    for (const path of ['/', '/api/v1/thing', '/assets/app-1a2b.js', '/nothing']) {
      const answer = await ask(path, { host })
      expect(answer.status, `${host} ${path}`).toBe(403)
      expect(JSON.parse(answer.body).error.code).toBe('wrong_origin')
    }
  }
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await ask('/api/v1/thing', { host })).status, host).toBe(200)
  }
})

test('pages of other sites neither write nor read', async () => {
  const write = (headers: Record<string, string>) =>
    ask('/api/v1/thing', headers, 'POST').then((answer) => answer.status)
  expect(await write({ origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' })).toBe(200)
  expect(await write({}), 'no browser').toBe(200)
  expect(await write({ origin: 'http://evil.example' })).toBe(403)
  expect(await write({ origin: 'null' })).toBe(403)
  expect(
    await write({ origin: `http://127.0.0.1:${port + 1}`, 'sec-fetch-site': 'same-site' }),
    'the simulator next door',
  ).toBe(403)
  expect(await write({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }), 'a form of another site').toBe(
    403,
  )
  expect((await ask('/api/v1/thing', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status).toBe(403)
  expect((await ask('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).status, 'a link').toBe(200)
})

test('pages: the app for its own addresses, files for ever, JSON for the API', async () => {
  for (const path of ['/', '/inbox/123', '/inbox/1.5']) {
    const page = await ask(path)
    expect(page.status, path).toBe(200)
    expect(page.body).toContain('<title>Wasl</title>')
    expect(page.headers['cache-control']).toBe('no-cache')
    expect(page.headers['content-security-policy']).toContain("default-src 'self'")
  }
  const file = await ask('/assets/app-1a2b.js')
  expect(file.headers['cache-control']).toContain('immutable')
  expect((await ask('/assets/app-gone.js')).status, 'an old page asks for an old file').toBe(404)
  expect(JSON.parse((await ask('/api/v1/nothing')).body).error.code).toBe('not_found')
  expect((await ask('/../../package.json')).body).not.toContain('"dependencies"')
  expect((await ask('/', { 'accept-encoding': 'br' })).headers['content-encoding']).toBe('br')
})

test('a fault of ours is told by its request id, not by its words', async () => {
  const answer = await ask('/api/v1/broken')
  expect(answer.status).toBe(500)
  expect(answer.body).not.toContain('hunter2')
  expect(JSON.parse(answer.body).error).toMatchObject({
    code: 'internal',
    details: { requestId: expect.stringMatching(/-/) },
  })
  expect(logged, 'silent is silent').toEqual([])
})

test('a taken port is one sentence with the variable that moves it', async () => {
  const other = createWebhookServer({ log })
  await expect(listen(other, { host: '127.0.0.1', port, variable: 'WASL_WEBHOOK_PORT' })).rejects.toThrow(
    `The port 127.0.0.1:${port} is taken by another program: stop it, or set WASL_WEBHOOK_PORT to another port.`,
  )
  await other.close()
})
