import type { UnixMs } from './ids.ts'

/** A thread nobody owns any more: so long after the customer last wrote it is idle. Milliseconds. */
export const OWNER_IDLE_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * Which of several partners on one number may write in a thread, as Meta's events tell it. `unknown`: it was handed to a
 * role of which nothing yet says whose it is.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing
 */
export interface ThreadOwner {
  readonly by: 'us' | 'partner' | 'unknown'
  /** Meta's word, e.g. `marketing`, `ai_agent`; `null`: no hand-over told it. */
  readonly role: string | null
  /** What was said at the hand-over. */
  readonly note: string | null
  /** Since when, as far as is known, and the last sign of it. */
  readonly sinceMs: UnixMs
  readonly seenAtMs: UnixMs
  /** From then on the thread is nobody's, unless the customer writes before. */
  readonly idleAtMs: UnixMs
}

/**
 * Who owns a thread now; `null`: nobody in particular, and whoever writes has it. A message of the customer that came to us
 * as any other, after the last sign of somebody else, shows that the thread is no longer theirs.
 */
export function threadOwnerNow(
  conversation: { readonly owner: ThreadOwner | null; readonly lastInboundAtMs: UnixMs | null },
  nowMs: UnixMs,
): ThreadOwner | null {
  const { owner, lastInboundAtMs } = conversation
  if (owner === null) return null
  const idleAtMs = Math.max(owner.idleAtMs, (lastInboundAtMs ?? 0) + OWNER_IDLE_AFTER_MS)
  if (nowMs >= idleAtMs) return null
  return owner.by !== 'us' && (lastInboundAtMs ?? 0) > owner.seenAtMs ? null : owner
}
