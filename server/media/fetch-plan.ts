import { graphErrorRule } from '../../contract/graph-errors.ts'
import type { MediaContent, MessageContent } from '../../contract/message-content.ts'
import type { MediaKind, MissingFile, MissingReason, StoredFile } from '../../contract/message-file.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'

/**
 * Meta keeps a file that came by webhook for seven days.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export const META_KEEPS_MS = 7 * 24 * 60 * 60 * 1000
/** The wait after the first try; it grows fourfold with each, up to the longest. */
const WAIT_MS_MIN = 60 * 1000
const WAIT_MS_MAX = 6 * 60 * 60 * 1000

export interface MediaLimits {
  /** Which kinds are kept. */
  readonly kinds: ReadonlySet<MediaKind>
  /** Larger files are left at Meta. */
  readonly bytesMax: number
  /** Files fetched at the same time, by all processes together. */
  readonly parallelMax: number
  readonly attemptsMax: number
}

/** A file that is kept, with the size of the smaller picture made of it. */
export interface KeptFile extends StoredFile {
  readonly thumbBytes: number | null
}

/** A file was not had: why, and whether another try may have it. */
export interface NotFetched {
  readonly reason: MissingReason
  readonly again: boolean
}

/** Takes the number of the try that is begun, 1 for the first; gives how long to wait before the next. */
export function waitMs(attempt: number): number {
  return Math.min(WAIT_MS_MAX, WAIT_MS_MIN * 4 ** Math.min(attempt - 1, 10))
}

/** Whether a message that is new, or is not what it was, has a file to be fetched. */
export function wantsFetch(message: FiledMessage, before: FiledMessage | null): boolean {
  if (message.deletedAtMs !== null || message.file?.state === 'stored') return false
  const mediaId = mediaIdOf(message.content)
  return mediaId !== null && (before === null || mediaIdOf(before.content) !== mediaId)
}

export interface FiledMessage {
  readonly content: MessageContent
  readonly deletedAtMs: number | null
  readonly file: { readonly state: 'stored' | 'missing' } | null
}

export function isMedia(content: MessageContent): content is MediaContent {
  return 'media' in content
}

function mediaIdOf(content: MessageContent): string | null {
  return isMedia(content) ? content.media.mediaId : null
}

/** What Meta's refusal says about the file. `asked` is what the call was for. */
export function readRefusal(
  answer: Exclude<GraphAnswer<unknown>, { kind: 'ok' }>,
  asked: 'address' | 'bytes',
): NotFetched {
  if (answer.kind === 'error') {
    // "Object does not exist": the id is past its days.
    if (answer.error.code === 100) return { reason: 'expired', again: false }
    const { action } = graphErrorRule(answer.error.code)
    return { reason: action === 'retry' || action === 'wait' ? 'unreachable' : 'refused', again: true }
  }
  // An address lives five minutes; the next try asks for a new one.
  const gone = answer.kind === 'unclear' && answer.why === 'unreadable' && answer.detail.startsWith('HTTP 4')
  return { reason: gone && asked === 'bytes' ? 'expired' : 'unreachable', again: true }
}

/** What is told when the file is given up, or `null` while it is worth another try. */
export function giveUp(
  failure: NotFetched,
  tries: {
    readonly attempts: number
    readonly attemptsMax: number
    readonly expiresAtMs: number
    readonly nowMs: number
  },
): MissingFile | null {
  const { attempts, attemptsMax, expiresAtMs, nowMs } = tries
  const more = failure.again && attempts < attemptsMax && nowMs + waitMs(attempts) < expiresAtMs
  if (more) return null
  const over = nowMs >= expiresAtMs || failure.reason === 'expired'
  return over
    ? { state: 'missing', reason: failure.reason === 'damaged' ? 'damaged' : 'expired', untilMs: null }
    : { state: 'missing', reason: failure.reason, untilMs: expiresAtMs }
}

/**
 * Whether the bytes are those that Meta announced. It does so twice, in hex and in Base64; where the two do not agree,
 * either will do.
 */
export function isAnnounced(hash: string, announced: readonly (string | null)[]): boolean {
  const known = announced.flatMap((text) => (text === null ? [] : [asHex(text)]))
  return known.length === 0 || known.includes(hash)
}

function asHex(text: string): string {
  if (/^[0-9a-f]{64}$/i.test(text)) return text.toLowerCase()
  const digits = Array.from(atob(/^[A-Za-z0-9+/=_-]*$/.test(text) ? fromUrlSafe(text) : ''), (char) =>
    char.charCodeAt(0).toString(16).padStart(2, '0'),
  )
  return digits.join('')
}

function fromUrlSafe(text: string): string {
  return text.replaceAll('-', '+').replaceAll('_', '/')
}
