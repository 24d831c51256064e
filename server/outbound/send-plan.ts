import type { SendPlan } from '../../contract/message.ts'

/** How far ahead a message may be scheduled: a template is not bound to the reply window. */
const AHEAD_MS_MAX = 365 * 24 * 60 * 60 * 1000

/**
 * When a message may go out: as asked for, or, so that its writer can take it back, some time later than now. `null`: at
 * once; `impossible`: it would expire before, or lies too far ahead.
 */
export function planOf(
  asked: { readonly sendAtMs?: number | undefined; readonly expiresAtMs?: number | undefined },
  nowMs: number,
  undoMs: number,
): SendPlan | null | 'impossible' {
  const wishedMs = asked.sendAtMs ?? nowMs
  const sendAtMs = wishedMs > nowMs ? wishedMs : undoMs > 0 ? nowMs + undoMs : null
  const expiresAtMs = asked.expiresAtMs ?? null
  if (sendAtMs !== null && sendAtMs - nowMs > AHEAD_MS_MAX) return 'impossible'
  if (expiresAtMs !== null && expiresAtMs <= (sendAtMs ?? nowMs)) return 'impossible'
  return sendAtMs === null && expiresAtMs === null ? null : { sendAtMs, expiresAtMs }
}
