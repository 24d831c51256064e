import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Graph, GraphStream } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { isMedia } from './fetch-plan.ts'
import type { MediaPlace } from './media-store.ts'

/** Meta's own limit for any file it carries. */
export const MEDIA_BYTES_MAX = 100 * 1024 * 1024

export interface FetchMediaDeps {
  readonly graph: Pick<Graph, 'findMedia' | 'fetchMedia'>
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

export interface MediaFile {
  readonly mimeType: string | null
  readonly filename: string | null
  readonly stream: GraphStream
}

export type FetchedMedia =
  | { readonly ok: true; readonly file: MediaFile }
  | {
      readonly ok: false
      readonly code: Extract<ErrorCode, 'not_found' | 'media_unavailable' | 'graph_unreachable' | 'too_large'>
    }

/**
 * Opens the file of a message at Meta, for one that is not kept here (yet): first its address, which lives five minutes,
 * then the bytes, both with the number's token. `range` is the browser's Range header.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export async function fetchMedia(
  deps: FetchMediaDeps,
  workspaceId: string,
  place: MediaPlace,
  range: string | null,
): Promise<FetchedMedia> {
  if (place.content.type === 'media_placeholder') return refused('media_unavailable')
  if (!isMedia(place.content)) return refused('not_found')
  const { mediaId, mimeType } = place.content.media
  if (mediaId === null || place.sealedToken === null) return refused('media_unavailable')

  const token = deps.openToken(workspaceId, place.numberId, place.sealedToken)
  const found = await deps.graph.findMedia(token, place.phoneNumberId, mediaId)
  if (found.kind !== 'ok') return refused(reason(found))
  if ((found.value.sizeBytes ?? 0) > MEDIA_BYTES_MAX) return refused('too_large')
  const fetched = await deps.graph.fetchMedia(token, found.value.url, range)
  if (fetched.kind !== 'ok') return refused(reason(fetched))
  if ((fetched.value.contentLength ?? 0) > MEDIA_BYTES_MAX) {
    await fetched.value.body.cancel()
    return refused('too_large')
  }
  const filename = place.content.filename ?? null
  return { ok: true, file: { mimeType: mimeType ?? found.value.mimeType, filename, stream: fetched.value } }
}

/** Refused by Meta: the file is gone. Anything else says nothing about the file. */
function reason(answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>): 'media_unavailable' | 'graph_unreachable' {
  if (answer.kind === 'error') return 'media_unavailable'
  const gone = answer.kind === 'unclear' && answer.why === 'unreadable' && answer.detail.startsWith('HTTP 4')
  return gone ? 'media_unavailable' : 'graph_unreachable'
}

function refused(code: Extract<FetchedMedia, { ok: false }>['code']): FetchedMedia {
  return { ok: false, code }
}
