import { readdir, readFile, readlink, realpath, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'

/** What PostgreSQL writes into `postmaster.pid`. Source: src/include/utils/pidfile.h of PostgreSQL. */
export interface PostmasterFile {
  readonly pid: number
  readonly socketFolder: string
  readonly status: string
}

const PID_LINE = 0
const SOCKET_FOLDER_LINE = 4
const STATUS_LINE = 7

export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const lines = text.split('\n')
  return {
    pid: Number(lines[PID_LINE] ?? 0),
    socketFolder: lines[SOCKET_FOLDER_LINE] ?? '',
    status: (lines[STATUS_LINE] ?? '').trim(),
  }
}

/**
 * Who holds the cluster: `free` nobody; `live` its postmaster runs; `leaving` the postmaster is gone and its
 * children are still going; `unseen` a server answers that is no process here (another container on the same volume).
 */
export type Holder =
  | { readonly kind: 'free' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'live'; readonly file: PostmasterFile }
  | { readonly kind: 'leaving' }
  | { readonly kind: 'unseen' }

export async function findHolder(cluster: string): Promise<Holder> {
  const file = await readPostmasterFile(cluster)
  if (file === undefined) return { kind: 'free' }
  const pids = await postgresProcessesIn(cluster, file.pid)
  if (pids.includes(file.pid)) return { kind: 'live', file }
  if (pids.length > 0) return { kind: 'leaving' }
  return (await answers(join(file.socketFolder, '.s.PGSQL.5432'))) ? { kind: 'unseen' } : { kind: 'stale' }
}

/**
 * Removes the lock files of a dead server. Call only after `findHolder` said `stale`: PostgreSQL itself would keep
 * refusing when its old process id now belongs to another process of the same user, or is a zombie.
 */
export async function removeStaleLocks(cluster: string, socketFolder: string): Promise<void> {
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(join(socketFolder, name), { force: true })
  await rm(join(cluster, 'postmaster.pid'), { force: true })
}

/** Is there a process with this id that still does something? A zombie counts as dead. */
export async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (status === undefined) return process.platform !== 'linux'
  return !status.slice(status.lastIndexOf(')') + 2).startsWith('Z')
}

/**
 * The live PostgreSQL processes that work in this folder (every one of them has it as its working folder). Without
 * `/proc` only the postmaster can be judged, and a live process with its id is taken for it.
 */
async function postgresProcessesIn(cluster: string, postmasterPid: number): Promise<number[]> {
  if (process.platform !== 'linux') return (await isAlive(postmasterPid)) ? [postmasterPid] : []
  const folder = await realpath(cluster)
  const found: number[] = []
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue
    // Fails for a zombie, which has no working folder any more, and for processes of others.
    const cwd = await readlink(`/proc/${name}/cwd`).catch(() => undefined)
    if (cwd !== folder) continue
    const command = await readFile(`/proc/${name}/comm`, 'utf8').catch(() => '')
    if (command.trim() === 'postgres') found.push(Number(name))
  }
  return found
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
