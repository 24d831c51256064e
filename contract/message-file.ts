import type { UnixMs } from './ids.ts'
import type { MediaContent } from './message-content.ts'

/** Kinds of messages that hold a file, as the configuration names them. */
export const MEDIA_KINDS = ['image', 'sticker', 'audio', 'video', 'document'] as const satisfies readonly MediaKind[]
export type MediaKind = MediaContent['type']

/**
 * What became of the file of a message. On the message `null` means: it has no file, or the file is on its way and can be
 * seen at Meta meanwhile.
 */
export type MessageFile = StoredFile | MissingFile

/** The file is kept here. */
export interface StoredFile {
  readonly state: 'stored'
  /** SHA-256 of the bytes, as 64 hex digits: the same file is kept once. */
  readonly hash: string
  readonly bytes: number
  /** What the bytes say, never what the sender says; `null`: unknown. */
  readonly mimeType: string | null
  /** There is a smaller picture of it, at `/media/thumb`. */
  readonly thumb: boolean
  /** Voice notes: their length, and how loud they are over it, `WAVE_BARS` numbers of 0 to 100. */
  readonly seconds: number | null
  readonly wave: readonly number[] | null
}

/** The file is not here, and will not come by itself. */
export interface MissingFile {
  readonly state: 'missing'
  readonly reason: MissingReason
  /** Until then it may be tried again, or be seen at Meta; `null`: never more. */
  readonly untilMs: UnixMs | null
}

/**
 * `expired`: Meta no longer has it. `too_large`: larger than this Wasl keeps. `not_wanted`: its kind is not kept here.
 * `refused`: Meta did not hand it out. `unreachable`: Meta could not be reached, again and again. `damaged`: the bytes
 * are not those that Meta announced.
 */
export type MissingReason = 'expired' | 'too_large' | 'not_wanted' | 'refused' | 'unreachable' | 'damaged'

/** Reasons that may be gone at the next try. */
const PASSING: ReadonlySet<MissingReason> = new Set<MissingReason>(['refused', 'unreachable', 'damaged'])

/** Whether fetching the file once more may bring it. */
export function mayFetchAgain(file: MessageFile | null, nowMs: UnixMs): boolean {
  return file?.state === 'missing' && PASSING.has(file.reason) && file.untilMs !== null && nowMs < file.untilMs
}
