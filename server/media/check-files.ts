import { createHash } from 'node:crypto'
import { type Database, readWorkspace } from '../platform/db.ts'
import { type BlobStore, blobKey } from './blob-store.ts'
import { type KeptRow, readKeptFiles } from './media-store.ts'

/** Rows read at once, and files that are named of one fault. */
const PAGE_ROWS = 500
const SAMPLES_MAX = 5

export interface FileFault {
  readonly what: string
  readonly count: number
  readonly samples: readonly string[]
}

/** Proves that the bytes of every file are there and are those of its hash. Reads all of them, one after the other. */
export async function checkFiles(
  deps: { readonly database: Database; readonly blobs: BlobStore },
  workspaceId: string,
): Promise<FileFault[]> {
  const faults = new Map<string, string[]>()
  const note = (what: string, hash: string) => faults.set(what, [...(faults.get(what) ?? []), hash])
  let after: string | null = ''
  while (after !== null) {
    const from: string = after
    const page: KeptRow[] = await readWorkspace(deps.database, workspaceId, (sql) =>
      readKeptFiles(sql, workspaceId, from, PAGE_ROWS),
    )
    for (const { hash, bytes, thumb } of page) {
      const found = await measure(deps.blobs, blobKey(workspaceId, hash, 'file'))
      if (found === null) note('files whose bytes are gone', hash)
      else if (found.hash !== hash || found.bytes !== bytes) note('files whose bytes are others', hash)
      if (thumb && (await measure(deps.blobs, blobKey(workspaceId, hash, 'thumb'))) === null)
        note('files whose smaller picture is gone', hash)
    }
    after = page.length < PAGE_ROWS ? null : (page.at(-1)?.hash ?? null)
  }
  return [...faults].map(([what, hashes]) => ({ what, count: hashes.length, samples: hashes.slice(0, SAMPLES_MAX) }))
}

async function measure(blobs: BlobStore, key: string): Promise<{ hash: string; bytes: number } | null> {
  const stream = await blobs.open(key, null)
  if (stream === null) return null
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of stream) {
    hash.update(chunk as Buffer)
    bytes += (chunk as Buffer).length
  }
  return { hash: hash.digest('hex'), bytes }
}
