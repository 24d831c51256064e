import { setTimeout as pause } from 'node:timers/promises'
import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { connectAsOwner } from './rig/owner-connection.ts'
import { commandOf, descendantsOf, postgresMemoryMb, rssMbOf } from './rig/process-usage.ts'
import { makeHome, npmStartWasl } from './rig/wasl.ts'

/** Memory is read after the server has done nothing for this long. */
const SETTLE_MS = 10_000

/** A Wasl with Meta's credentials (so without the simulator) that nobody writes to; the second `npm start` is timed. */
export async function runIdle(_options: BenchOptions, _run: number): Promise<BenchRun> {
  const home = await makeHome()
  try {
    const first = await npmStartWasl(home)
    await stopAll(first.pid)
    const second = await npmStartWasl(home)
    try {
      await pause(SETTLE_MS)
      const owner = await connectAsOwner(home)
      await owner.sql.end()
      const server = serverPid(second.pid)
      return {
        figures: {
          rss_mb_server: rssMbOf(server).now,
          rss_mb_postgres: postgresMemoryMb(owner.cluster),
          start_s: second.startMs / 1000,
        },
        faults: [],
        notes: [`the first start, which makes the database, took ${(first.startMs / 1000).toFixed(2)} s`],
      }
    } finally {
      await stopAll(second.pid)
    }
  } finally {
    home.remove()
  }
}

/** npm runs a shell that runs Node: the server is the process whose program is server/cli/main.ts. */
function serverPid(npmPid: number): number {
  const found = descendantsOf(npmPid).findLast((pid) =>
    commandOf(pid).some((word) => word.endsWith('server/cli/main.ts')),
  )
  if (found === undefined) throw new Error('npm start runs no server/cli/main.ts')
  return found
}

/** Ctrl-C reaches every process of the terminal; here the server gets it, and npm ends with it. */
async function stopAll(npmPid: number): Promise<void> {
  process.kill(serverPid(npmPid), 'SIGINT')
  while (descendantsOf(npmPid).some((pid) => commandOf(pid).length > 1)) await pause(20)
}
