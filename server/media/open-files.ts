import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { MediaKind } from '../../contract/message-file.ts'
import { systemClock } from '../platform/clock.ts'
import type { BlobStore } from './blob-store.ts'
import type { MediaLimits } from './fetch-plan.ts'
import { folderStore } from './folder-store.ts'
import { type S3Place, s3Store } from './s3-client.ts'

/** What a crash has left of downloads is thrown away when it is this old: nothing takes longer. */
const LEFT_AFTER_MS = 24 * 60 * 60 * 1000

/** Where files are kept, and which. */
export interface Files {
  readonly blobs: BlobStore
  readonly incomingFolder: string
  readonly limits: MediaLimits
}

/** Opens the store that the configuration names. The folder is in the data folder, and downloads lie beside it. */
export function openFiles(options: {
  readonly dataFolder: string
  readonly media: Omit<MediaLimits, 'kinds'> & { readonly kinds: readonly MediaKind[]; readonly s3: S3Place | null }
}): Files {
  const { kinds, s3, ...limits } = options.media
  const folder = join(options.dataFolder, 'media')
  return {
    blobs: s3 === null ? folderStore(folder) : s3Store(s3),
    incomingFolder: join(folder, '.incoming'),
    limits: { ...limits, kinds: new Set(kinds) },
  }
}

/** Throws away what a crash has left of downloads. Files have the machine's time, never a simulator's. */
export async function purgeIncoming(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path)
    if (systemClock.nowMs() - mtimeMs > LEFT_AFTER_MS) await rm(path, { force: true })
  }
}
