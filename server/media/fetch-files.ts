import { inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { giveUp, isMedia, type KeptFile, type MediaLimits, type NotFetched, readRefusal, waitMs } from './fetch-plan.ts'
import { type KeepFileDeps, keepFile } from './keep-file.ts'
import { claimFetch, type DueFetch, hasDueFetch } from './media-fetch-store.ts'
import { type MediaPlace, readMediaPlace } from './media-store.ts'
import { type SettleFileDeps, settleFile } from './settle-file.ts'
import { queueFetching } from './start-fetching.ts'

/** Files of one run; then other workspaces have their turn. */
const FILES_PER_RUN_MAX = 500

export interface FetchFilesDeps extends SettleFileDeps, KeepFileDeps {
  readonly graph: Pick<Graph, 'findMedia' | 'fetchMedia'>
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
  readonly limits: MediaLimits
  readonly onError: (error: unknown, what: string) => void
}

/** Fetches what is due in a workspace, several files at once. When more is left than one run takes, another is queued. */
export async function fetchFiles(deps: FetchFilesDeps, workspaceId: string): Promise<void> {
  let left = FILES_PER_RUN_MAX
  const lane = async () => {
    while (left-- > 0 && !deps.signal.aborted) {
      const nowMs = deps.clock.nowMs()
      const due = await inWorkspace(deps.database, workspaceId, (sql) => claimFetch(sql, workspaceId, nowMs, waitMs))
      if (due === null) return
      // The claim has put it off already: a failure of disk or store is told, and tried again when that is over.
      await fetchOne(deps, workspaceId, due).catch((error: unknown) => {
        if (!deps.signal.aborted) deps.onError(error, `fetching the file of message ${due.messageId}`)
      })
    }
  }
  await Promise.all(Array.from({ length: deps.limits.parallelMax }, lane))
  const more = await readWorkspace(deps.database, workspaceId, (sql) =>
    hasDueFetch(sql, workspaceId, deps.clock.nowMs()),
  )
  if (more && !deps.signal.aborted) await queueFetching(deps.database, workspaceId)
}

async function fetchOne(deps: FetchFilesDeps, workspaceId: string, due: DueFetch): Promise<void> {
  const place = await readWorkspace(deps.database, workspaceId, (sql) =>
    readMediaPlace(sql, workspaceId, due.messageId),
  )
  const fetched = await download(deps, workspaceId, due, place)
  if (!('reason' in fetched)) return settleFile(deps, workspaceId, due, fetched)
  const missing = giveUp(fetched, {
    attempts: due.attempts,
    attemptsMax: deps.limits.attemptsMax,
    expiresAtMs: due.expiresAtMs,
    nowMs: deps.clock.nowMs(),
  })
  if (missing !== null) await settleFile(deps, workspaceId, due, missing)
}

/** Asks for the address, which lives five minutes, and takes the bytes; both with the number's token. */
async function download(
  deps: FetchFilesDeps,
  workspaceId: string,
  due: DueFetch,
  place: MediaPlace | null,
): Promise<KeptFile | NotFetched> {
  const { limits, graph } = deps
  // A message that is gone has no file to settle; the outcome only takes it off the list.
  if (place === null || place.deleted || !isMedia(place.content)) return { reason: 'expired', again: false }
  const { media, type } = place.content
  if (deps.clock.nowMs() >= due.expiresAtMs || media.mediaId === null) return { reason: 'expired', again: false }
  if (!limits.kinds.has(type)) return { reason: 'not_wanted', again: false }
  if (place.sealedToken === null) return { reason: 'refused', again: true }
  const token = deps.openToken(workspaceId, place.numberId, place.sealedToken)
  const found = await graph.findMedia(token, place.phoneNumberId, media.mediaId)
  if (found.kind !== 'ok') return readRefusal(found, 'address')
  if ((found.value.sizeBytes ?? 0) > limits.bytesMax) return { reason: 'too_large', again: false }
  const stream = await graph.fetchMedia(token, found.value.url, null)
  if (stream.kind !== 'ok') return readRefusal(stream, 'bytes')
  return keepFile(deps, workspaceId, stream.value, {
    mimeType: media.mimeType ?? found.value.mimeType,
    sha256: [found.value.sha256, media.sha256],
    bytesMax: limits.bytesMax,
  })
}
