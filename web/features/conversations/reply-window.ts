import { type WindowFacts, windowLeftMs } from '../../../contract/reply-window.ts'

/** When the end of a window is worth a mark. Milliseconds. */
const CLOSING_SOON_MS = 2 * 60 * 60 * 1000

export type ListChip = { readonly kind: 'closing'; readonly leftMs: number } | { readonly kind: 'closed' }

/** The mark in the list; none while there is plenty of time, and none for imported history. */
export function listChip(conversation: WindowFacts, nowMs: number): ListChip | null {
  const leftMs = windowLeftMs(conversation, nowMs)
  if (leftMs === null || leftMs >= CLOSING_SOON_MS) return null
  return leftMs === 0 ? { kind: 'closed' } : { kind: 'closing', leftMs }
}
