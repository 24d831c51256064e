import type { MediaContent } from '../../../../contract/message-content.ts'
import {
  type MessageFile,
  type MissingFile,
  type MissingReason,
  mayFetchAgain,
} from '../../../../contract/message-file.ts'
import type { Sync } from '../../../../contract/number.ts'

/** How long after the last part of an import its files may still come. Milliseconds. */
export const FILES_COME_WITHIN_MS = 24 * 60 * 60 * 1000

/** A file is shown, from here or, while it is not kept, from WhatsApp; or it is said why not. */
export type MediaShown =
  | { readonly kind: 'view'; readonly left: MissingFile | null }
  | { readonly kind: 'missing'; readonly reason: MissingReason | null; readonly again: boolean }

export function mediaShown(content: MediaContent, file: MessageFile | null, nowMs: number): MediaShown {
  if (file?.state === 'stored') return { kind: 'view', left: null }
  if (file === null) {
    // Without an id WhatsApp will never hand it out.
    return content.media.mediaId === null
      ? { kind: 'missing', reason: null, again: false }
      : { kind: 'view', left: null }
  }
  const onPurpose = file.reason === 'too_large' || file.reason === 'not_wanted'
  if (onPurpose && file.untilMs !== null && nowMs < file.untilMs) return { kind: 'view', left: file }
  return { kind: 'missing', reason: file.reason, again: mayFetchAgain(file, nowMs) }
}

/**
 * An imported message whose file has not come: whether it still may, or is too old for WhatsApp to pass on, or has not
 * come although it was young enough.
 */
export function placeholderShown(
  sentAtMs: number,
  history: Sync | undefined,
  nowMs: number,
): 'coming' | 'too_old' | 'not_come' {
  if (history?.filesFromMs == null || sentAtMs < history.filesFromMs) return 'too_old'
  if (history.state === 'asked' || history.state === 'silent' || history.state === 'receiving') return 'coming'
  const last = history.lastChunkAtMs
  return last !== null && nowMs < last + FILES_COME_WITHIN_MS ? 'coming' : 'not_come'
}
