import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'

/** Linux counts CPU in ticks of this length. Source: proc(5), sysconf(_SC_CLK_TCK) is 100 on every common system. */
const TICK_MS = 10
/** Fields of /proc/PID/stat after the name in brackets, counted from the state. Source: proc_pid_stat(5). */
const PARENT_FIELD = 1
const USER_FIELD = 11
const SYSTEM_FIELD = 12
const CHILDREN_USER_FIELD = 13
const CHILDREN_SYSTEM_FIELD = 14

/** CPU that one process has used so far, in milliseconds. */
export function cpuMsOf(pid: number): number {
  const fields = statOf(pid)
  return fields === null ? 0 : TICK_MS * (Number(fields[USER_FIELD]) + Number(fields[SYSTEM_FIELD]))
}

/** CPU of all PostgreSQL processes of a cluster, with those that have ended, in milliseconds. */
export function postgresCpuMs(cluster: string): number {
  const pids = postgresPids(cluster)
  const alive = pids.reduce((sum, pid) => sum + cpuMsOf(pid), 0)
  const postmaster = Number(readFileSync(`${cluster}/postmaster.pid`, 'utf8').split('\n')[0])
  const fields = statOf(postmaster)
  const ended = Number(fields?.[CHILDREN_USER_FIELD] ?? 0) + Number(fields?.[CHILDREN_SYSTEM_FIELD] ?? 0)
  return alive + TICK_MS * ended
}

/** Largest and present resident memory of a process, in megabytes (10⁶ bytes). */
export function rssMbOf(pid: number): { peak: number; now: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const field = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) * 1024) / 1e6
  return { peak: field('VmHWM'), now: field('VmRSS') }
}

/** Memory of all PostgreSQL processes of a cluster; pages they share are counted once (PSS), in megabytes. */
export function postgresMemoryMb(cluster: string): number {
  return postgresPids(cluster).reduce((sum, pid) => sum + pssMbOf(pid), 0)
}

function pssMbOf(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return (Number(/Pss:\s+(\d+) kB/.exec(rollup)?.[1] ?? 0) * 1024) / 1e6
  } catch {
    return 0 // It has ended since it was listed: connections come and go.
  }
}

/** Every process below `pid`, and itself. */
export function descendantsOf(pid: number): number[] {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    const fields = /^\d+$/.test(name) ? statOf(Number(name)) : null
    if (fields !== null) parents.set(Number(name), Number(fields[PARENT_FIELD]))
  }
  const found = [pid]
  for (const one of found) for (const [child, parent] of parents) if (parent === one) found.push(child)
  return found
}

/** The words of a process's command line; none when it has gone. */
export function commandOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return [] // It has ended.
  }
}

/** Processes of PostgreSQL work in their cluster's folder. */
function postgresPids(cluster: string): number[] {
  const folder = realpathSync(cluster)
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && folderOf(name) === folder)
    .map(Number)
}

function folderOf(pid: string): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null // It has ended, or belongs to somebody else.
  }
}

function statOf(pid: number): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null // It has ended.
  }
}
