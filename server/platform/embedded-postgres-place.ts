import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { copyBinaries, findPostgresBinaries } from './embedded-postgres-binaries.ts'
import { Refusal } from './refusal.ts'

/** Longest path of a Unix socket in bytes, without the closing zero: sun_path of unix(7); 103 on macOS. */
const SOCKET_PATH_BYTES_MAX = process.platform === 'darwin' ? 103 : 107
const SOCKET_NAME = '.s.PGSQL.5432'
/** For binaries and data that the unprivileged user could not reach where the clone lies. */
const SYSTEM_FOLDER = '/var/lib/wasl'
/** In the data folder: where the database lies when it is not beside this file. */
const POINTER_FILE = 'postgres-folder'
/** PostgreSQL refuses to run as root; the first of these that exists is taken, the last is made when none does. */
const UNPRIVILEGED_USERS = ['postgres', 'wasl'] as const

export interface Place {
  readonly bin: string
  /** PGDATA. */
  readonly cluster: string
  readonly socketFolder: string
  readonly logFile: string
  /** Set when Wasl runs as root: whom PostgreSQL runs as. */
  readonly runAs: User | undefined
  /** Operating system users who may log in over the socket. */
  readonly loginNames: readonly string[]
}

export interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * Decides who runs PostgreSQL, from which binaries and in which folders, and makes the folders.
 * `dataFolder` (which must be there) and `cloneFolder` are absolute. Refuses with one sentence when a folder cannot be used.
 */
export async function preparePlace(options: {
  dataFolder: string
  cloneFolder: string
  say: (line: string) => void
}): Promise<Place> {
  const { dataFolder, cloneFolder, say } = options
  const native = await findPostgresBinaries()
  if (process.getuid?.() !== 0) {
    const me = userName()
    const cluster = join(dataFolder, 'postgres')
    await mustBeOurs(cluster)
    return place({ native, home: dataFolder, dataFolder, runAs: undefined, loginNames: [me] })
  }
  const user = await unprivilegedUser(join(dataFolder, 'postgres'))
  const home = await homeFor(user, dataFolder, cloneFolder)
  if (home !== dataFolder) say(`The user ${user.name} cannot enter ${dataFolder}, so the database lies in ${home}.`)
  const usable = (await canReach(user, join(native, 'bin'))) ? native : await systemBinaries(cloneFolder, native)
  if (usable !== native) {
    say(`The user ${user.name} cannot enter ${cloneFolder}, so PostgreSQL runs from ${usable}.`)
    await copyBinaries(native, usable)
  }
  return place({ native: usable, home, dataFolder, runAs: user, loginNames: ['root', user.name] })
}

/** PGDATA of a data folder that has been used: in it, or where its pointer file says. */
export async function clusterOf(dataFolder: string): Promise<string> {
  const pointer = await readFile(join(dataFolder, POINTER_FILE), 'utf8').catch(() => undefined)
  return join(pointer?.trim() ?? dataFolder, 'postgres')
}

async function place(from: {
  native: string
  home: string
  dataFolder: string
  runAs: User | undefined
  loginNames: readonly string[]
}): Promise<Place> {
  const cluster = join(from.home, 'postgres')
  return {
    bin: join(from.native, 'bin'),
    cluster,
    socketFolder: await socketFolderFor(cluster, from.runAs),
    logFile: join(from.dataFolder, 'postgres.log'),
    runAs: from.runAs,
    loginNames: from.loginNames,
  }
}

async function mustBeOurs(cluster: string): Promise<void> {
  const found = await stat(cluster).catch(() => undefined)
  const uid = process.getuid?.()
  if (found === undefined || uid === undefined || found.uid === uid) return
  throw new Refusal(
    `The database folder ${cluster} belongs to the user with id ${found.uid}: start Wasl as that user (or as root).`,
  )
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    throw new Refusal(
      `The user with id ${process.getuid?.()} has no name on this system, which PostgreSQL needs: add it to /etc/passwd or set DATABASE_URL.`,
    )
  }
}

/** The owner of the cluster when there is one, so that a later start runs it as the same user. */
async function unprivilegedUser(cluster: string): Promise<User> {
  const owner = await stat(cluster).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) {
    const name = await run('id', ['-un', String(owner.uid)])
    return { name: name ?? String(owner.uid), uid: owner.uid, gid: owner.gid }
  }
  for (const name of UNPRIVILEGED_USERS) {
    const user = await lookUp(name)
    if (user !== undefined) return user
  }
  const name = UNPRIVILEGED_USERS[1]
  await run('useradd', ['--system', '--no-create-home', '--shell', '/bin/false', name])
  const made = await lookUp(name)
  if (made !== undefined) return made
  throw new Refusal(
    `PostgreSQL does not run as root and the user ${name} could not be made: run "useradd --system ${name}".`,
  )
}

async function lookUp(name: string): Promise<User | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
  return uid === undefined || gid === undefined ? undefined : { name, uid: Number(uid), gid: Number(gid) }
}

async function run(command: string, args: readonly string[]): Promise<string | undefined> {
  return promisify(execFile)(command, [...args]).then(
    (done) => done.stdout.trim(),
    () => undefined,
  )
}

/** The folder above PGDATA: the data folder, or a system folder when `user` cannot get there. */
async function homeFor(user: User, dataFolder: string, cloneFolder: string): Promise<string> {
  const pointer = join(dataFolder, POINTER_FILE)
  const known = await readFile(pointer, 'utf8').catch(() => undefined)
  if (known !== undefined) {
    const home = known.trim()
    await mkdir(home, { recursive: true, mode: 0o755 })
    return home
  }
  if (await canReach(user, dataFolder)) return dataFolder
  if (await canReach(user, dirname(dataFolder))) {
    // Only the data folder itself is closed, as `mkdtemp` makes them: let others pass through, not look in.
    await chmod(dataFolder, 0o711)
    return dataFolder
  }
  await mustBeNew(user, dataFolder)
  // A random part, so that a new clone in the place of an old one does not find the old one's database.
  const home = join(SYSTEM_FOLDER, `${shortHash(cloneFolder)}-${randomBytes(3).toString('hex')}`)
  await mkdir(home, { recursive: true, mode: 0o755 })
  await writeFile(pointer, `${home}\n`)
  return home
}

/** An empty database in another folder would look as if everything were lost. */
async function mustBeNew(user: User, dataFolder: string): Promise<void> {
  const cluster = join(dataFolder, 'postgres')
  const there = await stat(join(cluster, 'PG_VERSION')).catch(() => undefined)
  if (there === undefined) return
  throw new Refusal(
    `The user ${user.name} can no longer enter ${cluster}, where its database lies: open the folders above it (chmod o+x) or move ${dataFolder}.`,
  )
}

/** One folder for each version, so that a clone that was brought up to date does not run the old one. */
async function systemBinaries(cloneFolder: string, native: string): Promise<string> {
  const text = await readFile(join(dirname(native), 'package.json'), 'utf8')
  const { version } = JSON.parse(text) as { version: string }
  return join(SYSTEM_FOLDER, `${shortHash(cloneFolder)}-postgres-${version}`)
}

/** Can `user` enter the folder and all above it? Supplementary groups do not count: a spawned process has none. */
export async function canReach(user: Pick<User, 'uid' | 'gid'>, folder: string): Promise<boolean> {
  for (let at = folder; ; at = dirname(at)) {
    const { mode, uid, gid } = await stat(at)
    const enter = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & enter) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** PGDATA itself, which nobody else can enter; a private folder under the system's temporary one when that is too long. */
async function socketFolderFor(cluster: string, runAs: User | undefined): Promise<string> {
  if (Buffer.byteLength(join(cluster, SOCKET_NAME)) <= SOCKET_PATH_BYTES_MAX) return cluster
  const folder = join(tmpdir(), `wasl-${shortHash(cluster)}`)
  if (Buffer.byteLength(join(folder, SOCKET_NAME)) > SOCKET_PATH_BYTES_MAX) {
    throw new Refusal(`The path ${folder} is too long for a socket: set WASL_DATA_DIR to a shorter one.`)
  }
  const owner = runAs?.uid ?? process.getuid?.() ?? 0
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(folder)
  if (runAs !== undefined && found.uid === 0) await chown(folder, runAs.uid, runAs.gid)
  else if (found.uid !== owner || !found.isDirectory()) {
    throw new Refusal(`The folder ${folder} for the database's socket belongs to somebody else: remove it.`)
  }
  await chmod(folder, 0o700)
  return folder
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12)
}
