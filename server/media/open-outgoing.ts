import { createWriteStream, openAsBlob } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { Ids } from '../platform/ids.ts'
import { type BlobStore, blobKey } from './blob-store.ts'

/** Gives `use` the bytes of a kept file, and what it makes of them back; `null` when the file is not kept any more. */
export type WithFile = <T>(
  workspaceId: string,
  file: { readonly hash: string; readonly mimeType: string },
  use: (blob: Blob) => Promise<T>,
) => Promise<T | null>

/** A kept file as one that can be sent: by way of the disk, so that it is never all in memory whatever keeps it. */
export function openOutgoing(deps: {
  readonly blobs: BlobStore
  readonly incomingFolder: string
  readonly ids: Ids
}): WithFile {
  return async (workspaceId, { hash, mimeType }, use) => {
    const stream = await deps.blobs.open(blobKey(workspaceId, hash, 'file'), null)
    if (stream === null) return null
    await mkdir(deps.incomingFolder, { recursive: true, mode: 0o700 })
    const path = join(deps.incomingFolder, deps.ids.next())
    try {
      await pipeline(stream, createWriteStream(path, { mode: 0o600 }))
      return await use(await openAsBlob(path, { type: mimeType }))
    } finally {
      await rm(path, { force: true })
    }
  }
}
