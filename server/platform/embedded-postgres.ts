import type { ChildProcess } from 'node:child_process'
import { open } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { inUse, prepareDataFolder } from './data-folder.ts'
import { ensureCluster, noGlibc, OWNER_ROLE, spawnPostgres } from './embedded-postgres-cluster.ts'
import {
  findHolder,
  isAlive,
  type PostmasterFile,
  readPostmasterFile,
  removeStaleLocks,
} from './embedded-postgres-orphan.ts'
import { clusterOf, type Place, preparePlace } from './embedded-postgres-place.ts'
import { type FolderLock, lockFolder } from './folder-lock.ts'
import { Refusal } from './refusal.ts'

const DATABASE = 'wasl'
/** The advisory lock that a living Wasl holds on its cluster; the number is arbitrary and must stay. */
const GUARD_LOCK = 7_318_402_651
const GUARD_CONNECT_MS_MAX = 5_000
const POLL_INTERVAL_MS = 10
/** Recovery after a crash may replay up to `max_wal_size`. */
const READY_WAIT_MS_MAX = 120_000
const CLEAR_WAIT_MS_MAX = 60_000
const STOP_WAIT_MS_MAX = 30_000
/** Where folders cannot be locked, two starting at once may take each other's server away; one is refused in the end. */
const ATTEMPTS_MAX = 5

export interface EmbeddedPostgresOptions {
  readonly dataFolder: string
  readonly cloneFolder: string
  readonly say: (line: string) => void
  /** `false` only for tests: no fsync. */
  readonly durable?: boolean
  /** The server ended although nobody asked it to. */
  readonly onLost: (reason: string) => void
}

export interface EmbeddedPostgres {
  /** Connects as the owner of the tables. */
  readonly url: string
  /** PGDATA. */
  readonly cluster: string
  readonly pid: number
  stop(): Promise<void>
}

/**
 * Runs the PostgreSQL that comes with Wasl in `dataFolder`, makes its cluster and database when they are missing, and
 * stops an orphan that a killed Wasl left. Whether another Wasl lives is told by a lock on the folder and by an advisory
 * lock in the database (which reaches into other containers); neither can outlive its holder.
 * Throws a `Refusal` of one sentence when the folder is in use or cannot be used.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await prepareDataFolder(options.dataFolder)
  const lock = await lockFolder(options.dataFolder)
  if (lock === null) throw new Refusal(inUse(options.dataFolder))
  try {
    return await startLocked(options, lock)
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** How the owner connects to the database of a Wasl that runs on this data folder; `undefined` when none does. */
export async function findRunningPostgres(dataFolder: string): Promise<string | undefined> {
  const holder = await findHolder(await clusterOf(dataFolder)).catch(() => undefined)
  return holder?.kind === 'live' ? socketUrl(holder.file.socketFolder, DATABASE) : undefined
}

async function startLocked(options: EmbeddedPostgresOptions, lock: FolderLock): Promise<EmbeddedPostgres> {
  const durable = options.durable ?? true
  const place = await preparePlace(options)
  await ensureCluster(place, durable, options.say)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    await clearTheWay(place, options)
    const { child, logOffset } = await spawnPostgres(place, durable)
    const outcome = await waitUntilReady(place, child, logOffset)
    if (outcome === 'taken') continue
    const guard = await takeGuard(place.socketFolder)
    if (guard.kind === 'free') return running({ place, child, guard: guard.client, lock, options })
  }
  throw new Refusal(inUse(options.dataFolder))
}

async function running(parts: {
  place: Place
  child: ChildProcess
  guard: pg.Client
  lock: FolderLock
  options: EmbeddedPostgresOptions
}): Promise<EmbeddedPostgres> {
  const { place, child, guard, lock, options } = parts
  const pid = child.pid as number
  let stopping = false
  child.once('exit', (code, signal) => {
    if (!stopping) options.onLost(`PostgreSQL ended (${signal ?? code}); see ${place.logFile}`)
  })
  const known = await guard.query('select 1 from pg_database where datname = $1', [DATABASE])
  if (known.rowCount === 0) await guard.query(`create database ${DATABASE}`)
  return {
    url: socketUrl(place.socketFolder, DATABASE),
    cluster: place.cluster,
    pid,
    async stop() {
      if (stopping) return
      stopping = true
      await guard.end().catch(() => {}) // The server may be gone already.
      await stopServer(pid)
      await lock.release()
    },
  }
}

/** Returns when nobody holds the cluster any more. */
async function clearTheWay(place: Place, options: EmbeddedPostgresOptions): Promise<void> {
  const until = performance.now() + CLEAR_WAIT_MS_MAX
  while (performance.now() < until) {
    const holder = await findHolder(place.cluster)
    switch (holder.kind) {
      case 'free':
        return
      case 'stale':
        options.say('Removing the lock files of a database that was killed.')
        return removeStaleLocks(place.cluster, place.socketFolder)
      case 'unseen':
        throw new Refusal(inUse(options.dataFolder))
      case 'live':
        if (await stopOrphan(holder.file, options)) return
        break
      case 'leaving':
        break
      default:
        holder satisfies never
    }
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Refusal(
    `A PostgreSQL in ${place.cluster} neither answers nor ends (see its postmaster.pid): stop it, then start Wasl again.`,
  )
}

/** Stops the server when no Wasl lives with it. Gives false when it does not answer yet. */
async function stopOrphan(file: PostmasterFile, options: EmbeddedPostgresOptions): Promise<boolean> {
  const guard = await takeGuard(file.socketFolder)
  if (guard.kind === 'held') throw new Refusal(inUse(options.dataFolder))
  if (guard.kind === 'silent') return false
  options.say('Stopping a database that a killed Wasl left running.')
  await stopServer(file.pid)
  await guard.client.end().catch(() => {})
  return true
}

type Guard = { kind: 'free'; client: pg.Client } | { kind: 'held' } | { kind: 'silent' }

async function takeGuard(socketFolder: string): Promise<Guard> {
  const client = new pg.Client({
    connectionString: socketUrl(socketFolder, 'postgres'),
    connectionTimeoutMillis: GUARD_CONNECT_MS_MAX,
  })
  client.on('error', () => {}) // That the server ends is told by its process.
  try {
    await client.connect()
    const answer = await client.query('select pg_try_advisory_lock($1) as got', [GUARD_LOCK])
    if (answer.rows[0]?.got === true) return { kind: 'free', client }
    await client.end()
    return { kind: 'held' }
  } catch (error) {
    await client.end().catch(() => {})
    // 28…: this user may not log in, so it is another user's Wasl.
    if (String((error as { code?: unknown }).code).startsWith('28')) return { kind: 'held' }
    return { kind: 'silent' }
  }
}

async function waitUntilReady(place: Place, child: ChildProcess, logOffset: number): Promise<'ready' | 'taken'> {
  const until = performance.now() + READY_WAIT_MS_MAX
  while (performance.now() < until) {
    if (child.pid === undefined) throw new Refusal(noGlibc())
    if (child.exitCode !== null || child.signalCode !== null) {
      const said = await readFrom(place.logFile, logOffset)
      if (/lock file .* already exists/.test(said)) return 'taken'
      const reason =
        said.split('\n').findLast((line) => /FATAL|ERROR|error while/.test(line)) ?? `code ${child.exitCode}`
      throw new Refusal(`The database did not start (${reason.trim()}); see ${place.logFile}.`)
    }
    const file = await readPostmasterFile(place.cluster)
    if (file?.pid === child.pid && file.status === 'ready') return 'ready'
    await sleep(POLL_INTERVAL_MS)
  }
  throw new Refusal(`The database was not ready after ${READY_WAIT_MS_MAX / 1000} s; see ${place.logFile}.`)
}

/** Fast shutdown: clients are cut, a checkpoint is written. Immediate when that takes too long; nothing is lost by it. */
async function stopServer(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    const until = performance.now() + STOP_WAIT_MS_MAX
    while (performance.now() < until) {
      if (!(await isAlive(pid))) return
      await sleep(POLL_INTERVAL_MS)
    }
  }
}

async function readFrom(path: string, offset: number): Promise<string> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const buffer = Buffer.alloc(Math.max(0, size - offset))
    await file.read(buffer, 0, buffer.length, offset)
    return buffer.toString()
  } finally {
    await file.close()
  }
}

function socketUrl(socketFolder: string, database: string): string {
  return `postgresql://${OWNER_ROLE}@${encodeURIComponent(socketFolder)}/${database}`
}
