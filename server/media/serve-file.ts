import type { Readable } from 'node:stream'
import type { StoredFile } from '../../contract/message-file.ts'
import { type BlobStore, blobKey } from './blob-store.ts'
import { readRange } from './byte-range.ts'

/** An answer made of a file that is kept here. */
export interface ServedFile {
  readonly status: 200 | 206 | 304 | 416
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable | null
}

/** The request's headers that matter. */
export interface Asked {
  readonly range: string | undefined
  readonly ifNoneMatch: string | undefined
}

/** Opens the file, or a range of it; `null` when the store does not have its bytes. */
export async function serveFile(
  blobs: BlobStore,
  workspaceId: string,
  file: StoredFile,
  asked: Asked,
): Promise<ServedFile | null> {
  const etag = `"${file.hash}"`
  const headers = { etag, 'accept-ranges': 'bytes' }
  if (asked.ifNoneMatch === etag) return { status: 304, headers, body: null }
  const range = readRange(asked.range, file.bytes)
  if (range === 'unsatisfiable') {
    return { status: 416, headers: { ...headers, 'content-range': `bytes */${file.bytes}` }, body: null }
  }
  const body = await blobs.open(blobKey(workspaceId, file.hash, 'file'), range)
  if (body === null) return null
  if (range === null) return { status: 200, headers: { ...headers, 'content-length': String(file.bytes) }, body }
  const part = {
    'content-length': String(range.to - range.from + 1),
    'content-range': `bytes ${range.from}-${range.to}/${file.bytes}`,
  }
  return { status: 206, headers: { ...headers, ...part }, body }
}

/** Opens the smaller picture of a file; `null` when there is none. */
export async function serveThumb(
  blobs: BlobStore,
  workspaceId: string,
  file: StoredFile,
  ifNoneMatch: string | undefined,
): Promise<ServedFile | null> {
  const headers = { etag: `"${file.hash}-thumb"` }
  if (!file.thumb) return null
  if (ifNoneMatch === headers.etag) return { status: 304, headers, body: null }
  const body = await blobs.open(blobKey(workspaceId, file.hash, 'thumb'), null)
  return body === null ? null : { status: 200, headers, body }
}
