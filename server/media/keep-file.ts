import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Ids } from '../platform/ids.ts'
import type { GraphStream } from '../whatsapp/client.ts'
import { type BlobStore, blobKey } from './blob-store.ts'
import { isAnnounced, type KeptFile, type NotFetched } from './fetch-plan.ts'
import { fileType, isPicture, isVoice } from './file-kind.ts'
import { readWaveform } from './read-waveform.ts'
import { writeThumbnail } from './write-thumbnail.ts'

export interface KeepFileDeps {
  readonly blobs: BlobStore
  /** Files on their way; on the file system of the folder that keeps them. */
  readonly incomingFolder: string
  readonly ids: Ids
  /** Ends downloads when Wasl stops. */
  readonly signal: AbortSignal
}

/** What Meta says of a file. */
export interface AnnouncedFile {
  readonly mimeType: string | null
  readonly sha256: readonly (string | null)[]
  readonly bytesMax: number
}

/**
 * Takes in the bytes of a file, to the disk and never all in memory, proves that they are those that Meta announced, looks
 * at what they are, and keeps them by their hash. A crash in here leaves nothing that anybody sees: the row that names
 * the file is written afterwards. Throws when disk or store fail.
 */
export async function keepFile(
  deps: KeepFileDeps,
  workspaceId: string,
  stream: GraphStream,
  announced: AnnouncedFile,
): Promise<KeptFile | NotFetched> {
  await mkdir(deps.incomingFolder, { recursive: true, mode: 0o700 })
  const path = join(deps.incomingFolder, deps.ids.next())
  try {
    const taken = await takeBytes(path, stream, announced.bytesMax, deps.signal)
    if ('reason' in taken) return taken
    if (!isAnnounced(taken.hash, announced.sha256)) return { reason: 'damaged', again: true }
    return await keepBytes(deps, workspaceId, { path, ...taken }, announced.mimeType)
  } finally {
    await rm(path, { force: true })
  }
}

/** Keeps a file that lies at `path` already, on the file system of `incomingFolder`; it is moved away from there. */
export async function keepLocalFile(
  deps: KeepFileDeps,
  workspaceId: string,
  path: string,
  declared: string | null,
): Promise<KeptFile> {
  const file = { path, hash: await hashOf(path), bytes: (await stat(path)).size }
  return keepBytes(deps, workspaceId, file, declared)
}

async function keepBytes(
  deps: KeepFileDeps,
  workspaceId: string,
  { path, hash, bytes }: { readonly path: string; readonly hash: string; readonly bytes: number },
  declared: string | null,
): Promise<KeptFile> {
  const thumbPath = `${path}.webp`
  try {
    const mimeType = fileType(await sniff(path), declared)
    const thumbBytes =
      isPicture(mimeType) && (await writeThumbnail(path, thumbPath)) ? (await stat(thumbPath)).size : null
    const { seconds, wave } = (isVoice(mimeType) ? await readWaveform(path) : null) ?? { seconds: null, wave: null }
    if (thumbBytes !== null) {
      await deps.blobs.put(blobKey(workspaceId, hash, 'thumb'), thumbPath, await hashOf(thumbPath))
    }
    await deps.blobs.put(blobKey(workspaceId, hash, 'file'), path, hash)
    return { state: 'stored', hash, bytes, mimeType, thumb: thumbBytes !== null, seconds, wave, thumbBytes }
  } finally {
    await rm(thumbPath, { force: true })
  }
}

/** Writes the bytes to the disk while they are counted and hashed. */
async function takeBytes(
  path: string,
  stream: GraphStream,
  bytesMax: number,
  signal: AbortSignal,
): Promise<{ readonly hash: string; readonly bytes: number } | NotFetched> {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > bytesMax) return done(new TooLarge())
      hash.update(chunk)
      done(null, chunk)
    },
  })
  try {
    await pipeline(Readable.fromWeb(stream.body), count, createWriteStream(path, { mode: 0o600 }), { signal })
  } catch (error) {
    if (error instanceof TooLarge) return { reason: 'too_large', again: false }
    if (isCutOff(error)) return { reason: 'unreachable', again: true }
    throw error
  }
  if (stream.contentLength !== null && stream.contentLength !== bytes) return { reason: 'unreachable', again: true }
  return { hash: hash.digest('hex'), bytes }
}

class TooLarge extends Error {}

/** The connection to Meta ended before the file did, or stood still; the disk has other words for its failures. */
function isCutOff(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const cause = error.cause as { code?: unknown } | undefined
  const code = String((error as { code?: unknown }).code ?? cause?.code ?? '')
  return error instanceof TypeError || /^(UND_ERR|ECONN|EPIPE|ETIMEDOUT)/.test(code)
}

/** What the first bytes of a file say it is; `null`: nothing that is known. */
export async function sniff(path: string): Promise<string | null> {
  const { fileTypeFromFile } = await import('file-type')
  return (await fileTypeFromFile(path))?.mime ?? null
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
