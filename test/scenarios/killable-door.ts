import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SERVER = fileURLToPath(new URL('../support/crash-server.ts', import.meta.url))

/** The webhook's door and the projector behind it as a process of their own. */
export interface KillableDoor {
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
  /** Starts it again, at the same port. */
  start(): Promise<void>
}

export async function openKillableDoor(databaseUrl: string, secret: string, port: number): Promise<KillableDoor> {
  let child: ChildProcess
  const start = async () => {
    child = spawn(process.execPath, [SERVER, databaseUrl, secret, String(port)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout as NodeJS.ReadableStream, 'data')
  }
  await start()
  return {
    start,
    async kill() {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
