import type { Readable } from 'node:stream'
import type { ByteRange } from './byte-range.ts'

/** Where the bytes of files lie: a folder or an S3-compatible store. Keys come from `blobKey` alone. */
export interface BlobStore {
  /** Keeps the file at `path` under the key; durable when it resolves. The same key twice is the same bytes. */
  put(key: string, path: string, hash: string): Promise<void>
  /** The bytes, all or a range; `null` when there are none. The caller reads or destroys the stream. */
  open(key: string, range: ByteRange | null): Promise<Readable | null>
}

/** The key of a file, or of the smaller picture made of it: two levels of folders, so that none grows without end. */
export function blobKey(workspaceId: string, hash: string, part: 'file' | 'thumb'): string {
  const ending = part === 'thumb' ? '.thumb.webp' : ''
  return `${workspaceId}/${hash.slice(0, 2)}/${hash.slice(2, 4)}/${hash}${ending}`
}
