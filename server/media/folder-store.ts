import { createReadStream } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { BlobStore } from './blob-store.ts'

const FOLDER_MODE = 0o700

/**
 * Files in a folder. `put` moves the file in, so it must lie on the same file system; it is there as a whole or not at
 * all, also when the power goes.
 */
export function folderStore(folder: string): BlobStore {
  return {
    async put(key, path) {
      const target = join(folder, key)
      await mkdir(dirname(target), { recursive: true, mode: FOLDER_MODE })
      await flush(path)
      await rename(path, target)
      // The name is in the folder, and the folder in the one above it.
      for (let above = dirname(target); above.startsWith(folder); above = dirname(above)) await flush(above)
    },
    async open(key, range) {
      const path = join(folder, key)
      const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      if (handle === null) return null
      return createReadStream(path, {
        fd: handle,
        ...(range === null ? {} : { start: range.from, end: range.to }),
      })
    },
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
