import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { nothingQueued, randoms } from '../../test/support/webhook-sender.ts'
import { APP_SECRET, sign, webhook } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { checkIntegrity } from '../inbox/check-integrity.ts'
import { WEBHOOK_PATH } from '../intake/routes.ts'
import { readNumber } from '../numbers/number-store.ts'
import { inWorkspace } from '../platform/db.ts'

const SERVER = fileURLToPath(new URL('../../test/support/crash-server.ts', import.meta.url))
const CHUNKS_PER_PHASE = [2, 5, 4]
const MESSAGES_PER_CHUNK = 60
const KILLS = 3

let db: TestDatabase
let running: ChildProcess | null = null

beforeAll(async () => {
  db = await createTestDatabase()
})
afterEach(() => kill())
afterAll(() => db.close())

async function start(): Promise<number> {
  running = spawn(process.execPath, [SERVER, db.url, APP_SECRET], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(running.stdout as NodeJS.ReadableStream, 'data')) as [Buffer]
  return Number(line.toString())
}

async function kill(): Promise<void> {
  const child = running
  running = null
  if (child === null) return
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
}

/** Every chunk of an import, with Meta's progress over all of them. The third customer of a chunk has a user id only. */
function chunksOf(place: TestWorkspace): Buffer[] {
  const total = CHUNKS_PER_PHASE.reduce((sum, count) => sum + count, 0)
  let made = 0
  return CHUNKS_PER_PHASE.flatMap((count, phase) =>
    Array.from({ length: count }, (_, index) => {
      const progress = Math.floor((++made / total) * 100)
      const threads = [0, 1, 2].map((customer) => threadOf(place, phase, index + 1, customer))
      const value = { history: [{ metadata: { phase, chunk_order: index + 1, progress }, threads }] }
      return Buffer.from(JSON.stringify(webhook(place.number, { field: 'history', value })))
    }),
  )
}

function threadOf(place: TestWorkspace, phase: number, order: number, customer: number): object {
  const phone = `96655000000${customer}`
  const who = customer === 2 ? { context: { user_id: 'SA.77', username: 'lina' } } : { id: phone }
  const messages = Array.from({ length: MESSAGES_PER_CHUNK / 3 }, (_, index) => ({
    ...(index % 2 === 0
      ? customer === 2
        ? { from_user_id: 'SA.77' }
        : { from: phone }
      : { from: place.number.phone, ...(customer === 2 ? { to_user_id: 'SA.77' } : { to: phone }) }),
    id: `wamid.${place.number.phone}.${phase}.${order}.${customer}.${index}`,
    timestamp: String(1_795_000_000 - phase * 1_000_000 - index),
    type: 'text',
    text: { body: `${phase} ${order} ${index}` },
    history_context: { status: index % 2 === 0 ? 'READ' : 'DELIVERED' },
  }))
  return { ...who, messages }
}

async function post(port: number, body: Buffer): Promise<void> {
  const headers = { 'content-type': 'application/json', 'x-hub-signature-256': sign(body) }
  const answer = await fetch(`http://127.0.0.1:${port}${WEBHOOK_PATH}`, { method: 'POST', body, headers })
  expect(answer.status).toBe(200)
}

test.each([21])(
  'killed between chunks that come in any order and twice, seed %i: counts and progress are those of all',
  async (seed) => {
    const random = randoms(seed)
    const place = await createTestWorkspace(db)
    const chunks = chunksOf(place)
    const shuffled = chunks.map((chunk) => ({ chunk, at: random() })).sort((a, b) => a.at - b.at)
    let port = await start()
    const killAt = new Set(Array.from({ length: KILLS }, () => Math.floor(random() * shuffled.length)))
    expect(killAt.size, 'a crash that does not happen proves nothing').toBeGreaterThan(1)
    for (const [index, { chunk }] of shuffled.entries()) {
      await post(port, chunk)
      if (!killAt.has(index)) continue
      await kill()
      port = await start()
      // Meta did not hear the answer, for all we know.
      await post(port, chunk)
    }
    await nothingQueued(db.owner)

    const number = await inWorkspace(db.database, place.workspaceId, (sql) =>
      readNumber(sql, place.workspaceId, place.number.id),
    )
    const messages = chunks.length * MESSAGES_PER_CHUNK
    expect(number?.syncs).toMatchObject([
      {
        kind: 'history',
        state: 'complete',
        progressPercent: 100,
        received: messages,
        phases: CHUNKS_PER_PHASE.map((count) => ({
          state: 'complete',
          chunks: count,
          messages: count * MESSAGES_PER_CHUNK,
        })),
      },
    ])
    const { rows } = await db.owner.query(
      `select count(*)::int as stored, count(distinct conversation_id)::int as threads, count(delivery)::int as states,
            bool_and(source = 'history') as history from message where workspace_id = $1`,
      [place.workspaceId],
    )
    expect(rows).toEqual([{ stored: messages, threads: 3, states: messages / 2, history: true }])
    expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
  },
)
