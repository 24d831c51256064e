import type { MessageRow } from '../inbox/rows.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import type { MediaFile } from '../whatsapp/media-file.ts'
import { type MetaFileKey, putMetaFile, readMetaFiles } from './outgoing-file-store.ts'
import { holdPair } from './pace-store.ts'
import { judgeUpload } from './send-outcome.ts'
import { type SettleDeps, settleSend } from './settle-send.ts'

/**
 * Meta keeps what was uploaded to it for 30 days.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
const META_KEEPS_MS = 30 * 24 * 60 * 60 * 1000
/** A file that is gone sooner than this is not counted on. */
const SPARE_MS = 24 * 60 * 60 * 1000

export interface HandOverDeps extends SettleDeps {
  /** Gives `use` the bytes of a kept file; `null` when it is not kept any more. */
  readonly withFile: <T>(
    workspaceId: string,
    file: { readonly hash: string; readonly mimeType: string },
    use: (blob: Blob) => Promise<T>,
  ) => Promise<T | null>
  /** `POST /<PHONE_ID>/media`. */
  readonly uploadMedia: (
    token: string,
    phoneNumberId: string,
    file: MediaFile,
  ) => Promise<GraphAnswer<{ mediaId: string }>>
  /** Opens the sealed token of a number. */
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/** The access to a number from which a file is given to Meta; the token is sealed. */
export interface FileSender {
  readonly phoneNumberId: string
  readonly sealedToken: Buffer | null
}

/**
 * Gives Meta the file of a message that waits. It is done before the message counts as being sent: an upload that is cut
 * off has sent nothing, and may be made again. A file that Meta does not take ends the message; one that it does not take
 * now holds its conversation for a while, whose milliseconds it gives; `null`: it can go on.
 */
export async function handOverFile(
  deps: HandOverDeps,
  workspaceId: string,
  row: MessageRow,
  { phoneNumberId, sealedToken }: FileSender,
): Promise<number | null> {
  const key = metaFileKey(row)
  // What cannot be sent at all is refused by the send itself.
  if (key === null || sealedToken === null) return null
  const token = deps.openToken(workspaceId, row.numberId, sealedToken)
  const filename = 'filename' in row.content ? (row.content.filename ?? row.id) : row.id
  const answer = await deps.withFile(workspaceId, key, (blob) =>
    deps.uploadMedia(token, phoneNumberId, { blob, mimeType: key.mimeType, filename }),
  )
  const verdict = judgeUpload(answer, deps.clock.nowMs() - row.sentAtMs)
  switch (verdict.kind) {
    case 'uploaded': {
      const { mediaId } = verdict
      const expiresAt = new Date(deps.clock.nowMs() + META_KEEPS_MS)
      await inWorkspace(deps.database, workspaceId, (sql) =>
        putMetaFile(sql, workspaceId, { ...key, mediaId, expiresAt }),
      )
      return null
    }
    case 'failed':
      await settleSend(deps, workspaceId, row.id, verdict)
      return null
    case 'again':
      return inWorkspace(deps.database, workspaceId, (sql) =>
        holdPair(sql, workspaceId, row.conversationId, () => verdict.afterMs),
      )
    default:
      return verdict satisfies never
  }
}

/** Under which ids Meta has the files of messages of one number, by message; what has no file, or is not there, is left out. */
export async function mediaIdsOf(
  deps: Pick<SettleDeps, 'clock'>,
  sql: Sql,
  workspaceId: string,
  rows: readonly MessageRow[],
): Promise<ReadonlyMap<string, string>> {
  const keyed = rows.flatMap((row) => {
    const key = metaFileKey(row)
    return key === null ? [] : [{ id: row.id, key }]
  })
  if (keyed.length === 0) return new Map()
  const known = await readMetaFiles(
    sql,
    workspaceId,
    keyed.map(({ key }) => key),
    new Date(deps.clock.nowMs() + SPARE_MS),
  )
  return new Map(
    keyed.flatMap(({ id, key }) => {
      const found = known.find(
        (one) => one.hash === key.hash && one.mimeType === key.mimeType && one.numberId === key.numberId,
      )
      return found === undefined ? [] : [[id, found.mediaId]]
    }),
  )
}

/** Under which key Meta's copy of a message's file is kept; `null`: it has none. */
export function metaFileKey({ content, file, numberId }: MessageRow): MetaFileKey | null {
  if (!('media' in content) || file?.state !== 'stored') return null
  // Meta takes Ogg for a voice note only when its codec is named.
  const mimeType =
    content.voice === true ? 'audio/ogg; codecs=opus' : (content.media.mimeType ?? 'application/octet-stream')
  return { numberId, hash: file.hash, mimeType }
}
