import { createHash } from 'node:crypto'
import { realpath } from 'node:fs/promises'
import { createServer } from 'node:net'

/** Held by one process at a time, and by none that has ended. */
export interface FolderLock {
  release(): Promise<void>
}

/**
 * Takes a folder for this process; `null` when another process (or this one) has it. The lock is a socket in Linux'
 * abstract namespace (unix(7)), which the kernel takes back when its process ends, however it ends: there is no file
 * to go stale. Other systems have none, and every process gets the lock there; what is in the folder must guard itself too.
 */
export async function lockFolder(folder: string): Promise<FolderLock | null> {
  if (process.platform !== 'linux') return { release: async () => {} }
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32)
  const server = createServer((socket) => socket.destroy())
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
    )
    server.listen(`\0wasl-${name}`, () => resolve(false))
  })
  if (taken) return null
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}
