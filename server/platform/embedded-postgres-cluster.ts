import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Place } from './embedded-postgres-place.ts'
import { Refusal } from './refusal.ts'

export const OWNER_ROLE = 'wasl'
const MAJOR_VERSION = '18'
const LOG_BYTES_MAX = 20_000_000
const ABANDONED_AFTER_MS = 600_000

/** A `LANG` that is not installed would stop initdb, so the environment is ours and small. */
const ENVIRONMENT = {
  LC_ALL: process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8',
  TZ: 'UTC',
  PATH: '/usr/bin:/bin',
}

const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  shared_buffers: '256MB',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_min_messages: 'warning',
}
/** For tests that lose nothing when the machine dies. */
const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '64MB',
  max_connections: '200',
  autovacuum: 'off',
}

/** Makes the cluster when there is none: beside its place, then renamed, so that it is whole or not there. */
export async function ensureCluster(place: Place, durable: boolean, say: (line: string) => void): Promise<void> {
  const version = await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => undefined)
  if (version === undefined) {
    say('Making the database (once) …')
    await makeCluster(place, durable)
  } else if (version.trim() !== MAJOR_VERSION) {
    throw new Refusal(
      `The database in ${place.cluster} is of PostgreSQL ${version.trim()} and this Wasl brings ${MAJOR_VERSION}: export it with the Wasl that made it, or set DATABASE_URL.`,
    )
  }
  await writeAccessFiles(place)
}

/** Starts the server in a process group of its own, so that Ctrl-C does not stop it before Wasl has drained. */
export async function spawnPostgres(
  place: Place,
  durable: boolean,
): Promise<{ child: ChildProcess; logOffset: number }> {
  const size = await stat(place.logFile).then(
    (found) => found.size,
    () => 0,
  )
  const log = await open(place.logFile, size > LOG_BYTES_MAX ? 'w' : 'a', 0o600)
  try {
    const settings = { ...SETTINGS, ...(durable ? {} : NOT_DURABLE), unix_socket_directories: place.socketFolder }
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = spawn(join(place.bin, 'postgres'), ['-D', place.cluster, ...flags], {
      detached: true,
      cwd: place.cluster,
      env: ENVIRONMENT,
      stdio: ['ignore', log.fd, log.fd],
      ...(place.runAs === undefined ? {} : { uid: place.runAs.uid, gid: place.runAs.gid }),
    })
    child.on('error', () => {}) // `exitCode` stays null; the caller sees it by the missing pid.
    return { child, logOffset: size > LOG_BYTES_MAX ? 0 : size }
  } finally {
    await log.close()
  }
}

async function makeCluster(place: Place, durable: boolean): Promise<void> {
  await removeAbandoned(place.cluster)
  const half = `${place.cluster}.new-${randomBytes(4).toString('hex')}`
  await mkdir(half, { mode: 0o700 })
  if (place.runAs !== undefined) await chown(half, place.runAs.uid, place.runAs.gid)
  try {
    await initdb(place, half, durable)
    // Whoever comes second finds the folder in its place and goes on with it.
    await rename(half, place.cluster)
  } catch (error) {
    await rm(half, { recursive: true, force: true })
    const code = (error as NodeJS.ErrnoException).code
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
  }
}

async function initdb(place: Place, folder: string, durable: boolean): Promise<void> {
  const flags = [
    `--pgdata=${folder}`,
    `--username=${OWNER_ROLE}`,
    '--encoding=UTF8',
    '--locale-provider=icu',
    '--icu-locale=und',
    '--auth=peer',
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]
  const child = spawn(join(place.bin, 'initdb'), flags, {
    cwd: folder,
    env: ENVIRONMENT,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(place.runAs === undefined ? {} : { uid: place.runAs.uid, gid: place.runAs.gid }),
  })
  let said = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise<number | string | null>((resolve) => {
    child.once('close', resolve)
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
  })
  if (code === 0) return
  if (code === 'ENOENT') throw new Refusal(noGlibc())
  const reason =
    said
      .trim()
      .split('\n')
      .find((line) => /error|fatal|could not/i.test(line)) ?? `code ${code}`
  throw new Refusal(`The database could not be made in ${place.cluster}: ${reason}`)
}

/** Linux says "no such file" of a program whose loader is missing, as glibc's is on Alpine. */
export function noGlibc(): string {
  return 'The bundled PostgreSQL needs glibc, which this system (Alpine?) does not have: set DATABASE_URL to a PostgreSQL 15 or newer.'
}

async function removeAbandoned(cluster: string): Promise<void> {
  const parent = dirname(cluster)
  for (const name of await readdir(parent)) {
    if (!name.startsWith(`${basename(cluster)}.new-`)) continue
    const path = join(parent, name)
    const age = Date.now() - (await stat(path)).mtimeMs
    if (age > ABANDONED_AFTER_MS) await rm(path, { recursive: true, force: true })
  }
}

/** Only over the socket, only these users of the operating system, told by the kernel: there is no password to leak. */
async function writeAccessFiles(place: Place): Promise<void> {
  await writeFile(join(place.cluster, 'pg_hba.conf'), 'local all all peer map=wasl\n')
  const lines = place.loginNames.map((name) => `wasl "${name}" ${OWNER_ROLE}\n`)
  await writeFile(join(place.cluster, 'pg_ident.conf'), lines.join(''))
}
