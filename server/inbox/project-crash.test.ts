import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { CLONE_FOLDER } from '../../test/support/postgres.ts'
import { nothingQueued, randoms, WebhookSender } from '../../test/support/webhook-sender.ts'
import { APP_SECRET } from '../../test/support/webhooks.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { openDatabase } from '../platform/db.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { migrateDatabase } from '../platform/migrate.ts'
import { checkIntegrity } from './check-integrity.ts'

/** Seeds of the moments at which the process is killed; `WASL_TEST_CRASH_SEEDS=1,2,3` asks for others. */
const SEEDS = (process.env.WASL_TEST_CRASH_SEEDS ?? '11,12').split(',').map(Number)
const KILLS_PER_SEED = 3
/** So many deliveries are acknowledged before a kill, at the least and at the most. */
const ACKS_MIN = 20
const ACKS_MAX = 200
const SERVER = fileURLToPath(new URL('../../test/support/crash-server.ts', import.meta.url))

let folder: string
let postgres: EmbeddedPostgres
let owner: pg.Pool
let server: { child: ChildProcess; port: number } | null = null

/** A PostgreSQL of its own with fsync on: what it has answered must survive. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-crash-'))
  await startPostgres()
  await migrateDatabase({ url: postgres.url, nowMs: Date.now() })
}, 60_000)

afterEach(() => killServer())

afterAll(async () => {
  await owner.end()
  await postgres.stop()
  await rm(folder, { recursive: true, force: true })
})

async function startPostgres(): Promise<void> {
  postgres = await startEmbeddedPostgres({
    dataFolder: folder,
    cloneFolder: CLONE_FOLDER,
    say: () => {},
    onLost: () => {},
  })
  owner = new pg.Pool({ connectionString: postgres.url, max: 2 })
  owner.on('error', () => {})
}

async function startServer(): Promise<number> {
  const child = spawn(process.execPath, [SERVER, postgres.url, APP_SECRET], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  server = { child, port: Number(line.toString()) }
  return server.port
}

async function killServer(): Promise<void> {
  const running = server
  server = null
  if (running === null) return
  const ended = once(running.child, 'exit')
  running.child.kill('SIGKILL')
  await ended
}

async function expectAllThere(place: TestWorkspace, sender: WebhookSender): Promise<void> {
  const { rows } = await owner.query('select wamid from message where workspace_id = $1', [place.workspaceId])
  const stored = rows.map(({ wamid }) => wamid)
  expect(new Set(stored).size).toBe(stored.length)
  expect([...sender.acked].filter((wamid) => !new Set(stored).has(wamid))).toEqual([])
  const database = openDatabase({ url: postgres.url, max: 1, onError: () => {} })
  try {
    expect(await checkIntegrity(database, place.workspaceId)).toEqual([])
  } finally {
    await database.close()
  }
  expect(sender.acked.size, 'a crash under no load proves nothing').toBeGreaterThanOrEqual(ACKS_MIN * KILLS_PER_SEED)
}

test.each(SEEDS)(
  'killed again and again under load, seed %i: nothing acknowledged is lost, nothing doubled',
  { timeout: 90_000 },
  async (seed) => {
    const random = randoms(seed)
    const place = await createTestWorkspace({ owner })
    const sender = new WebhookSender(place, random)
    for (let kill = 0; kill < KILLS_PER_SEED; kill++) {
      const port = await startServer()
      await sender.during(port, async () => {
        await sender.acknowledged(Math.round(ACKS_MIN + random() * (ACKS_MAX - ACKS_MIN)))
        await killServer()
      })
    }
    await sender.resend(await startServer())
    await nothingQueued(owner)
    await expectAllThere(place, sender)
  },
)

test('PostgreSQL killed under load: what was acknowledged is there when it is back', { timeout: 90_000 }, async () => {
  const random = randoms(31)
  const place = await createTestWorkspace({ owner })
  const sender = new WebhookSender(place, random)
  const port = await startServer()
  await sender.during(port, async () => {
    await sender.acknowledged(150)
    process.kill(postgres.pid, 'SIGKILL')
    await owner.end()
    await postgres.stop().catch(() => {})
    await startPostgres()
    // The server finds its way back by itself, if the address is the same; a new one is what a restart would see.
    await killServer()
  })
  await sender.resend(await startServer())
  await nothingQueued(owner)
  await expectAllThere(place, sender)
})
