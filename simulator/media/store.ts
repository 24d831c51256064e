import { createHash } from 'node:crypto'
import { bytesOf, type FileSource } from './source.ts'

/** Milliseconds: media of webhooks live 7 days (since 9 Oct 2025), uploads 30 days. */
export const WEBHOOK_MEDIA_MS = 7 * 86_400_000
export const UPLOAD_MEDIA_MS = 30 * 86_400_000

/** A file that Meta keeps. Generated ones are made when their bytes are first wanted. */
export interface Media {
  readonly id: string
  /** The number whose partner may fetch it. */
  numberId: string
  readonly mime: string
  readonly filename: string | null
  readonly source: FileSource
  expiresAtMs: number
  deleted: boolean
}

export interface MediaStore {
  add(media: Omit<Media, 'deleted'>): Media
  get(id: string): Media | null
  /** The media with its bytes and their hex SHA-256. */
  open(id: string): OpenedMedia | null
  all(): readonly Media[]
}
export interface OpenedMedia {
  readonly media: Media
  readonly bytes: Buffer
  readonly sha256: string
}

/** Opened files kept in memory; the others are made again when wanted. */
const OPENED_MAX = 200

export function createMediaStore(kept: readonly Media[] = []): MediaStore {
  const all = new Map(kept.map((media) => [media.id, media]))
  const opened = new Map<string, OpenedMedia>()
  return {
    add(media) {
      const own = { ...media, deleted: false }
      all.set(own.id, own)
      return own
    },
    get: (id) => all.get(id) ?? null,
    all: () => [...all.values()],
    open(id) {
      const media = all.get(id)
      if (!media) return null
      const known = opened.get(id)
      if (known) return known
      const bytes = bytesOf(media.source)
      const fresh = { media, bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
      opened.set(id, fresh)
      const oldest = opened.keys().next().value
      if (opened.size > OPENED_MAX && oldest !== undefined) opened.delete(oldest)
      return fresh
    },
  }
}
