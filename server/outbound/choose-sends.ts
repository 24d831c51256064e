import { marketingResting } from '../../contract/marketing-rest.ts'
import {
  isReplyWindowOpen,
  WINDOW_CLOSED_CODE,
  type WindowFacts,
  windowOpenedAtMs,
} from '../../contract/reply-window.ts'
import type { MessageRow } from '../inbox/rows.ts'
import type { DeliveryFact } from './status.ts'

/** Meta's own code for an answer outside the window: whoever refuses, it reads the same. */
const WINDOW_CLOSED = { code: WINDOW_CLOSED_CODE, title: 'Re-engagement message', details: null }

interface Candidate extends WindowFacts {
  readonly message: MessageRow
}

export interface Choice<C extends Candidate> {
  /** To be sent, one to each customer, in order. */
  readonly send: readonly C[]
  /** Whose file is to be given to Meta first; nothing overtakes them. */
  readonly handOver: readonly C[]
  /** What will not be sent any more, as it reads from now on. */
  readonly ended: readonly MessageRow[]
}

/**
 * Picks at most `count` of what could go out, the first of each conversation. A message whose time is over, and a scheduled
 * answer whose window has closed since, come to an end instead: Meta would only refuse it. `lacksFile`: its file has to be
 * given to Meta before; `mayWrite`: its customer may be sent another one now.
 */
export function chooseSends<C extends Candidate>(
  waiting: readonly C[],
  nowMs: number,
  how: {
    readonly count: number
    readonly lacksFile: (candidate: C) => boolean
    readonly mayWrite: (candidate: C) => boolean
    /** From when its customer may get it, where Meta has asked for a rest. */
    readonly restsUntilMs: (candidate: C) => number | null
    /** Asked last: whether Meta lets its customer be written to first, if that is what it does. */
    readonly takesPlace: (candidate: C) => boolean
  },
): Choice<C> {
  const send: C[] = []
  const handOver: C[] = []
  const ended: MessageRow[] = []
  const taken = new Set<string>()
  for (const candidate of waiting) {
    const { message } = candidate
    const end = endOf(candidate, nowMs, how.restsUntilMs(candidate))
    if (end !== null) {
      const { state, error } = end
      ended.push({ ...message, delivery: state, deliveryAtMs: nowMs, error })
    } else if (!taken.has(message.conversationId) && how.mayWrite(candidate)) {
      taken.add(message.conversationId)
      if (how.lacksFile(candidate)) handOver.push(candidate)
      else if (send.length < how.count && how.takesPlace(candidate)) send.push(candidate)
    }
  }
  return { send, handOver, ended }
}

function endOf({ message, ...facts }: Candidate, nowMs: number, restsUntilMs: number | null): DeliveryFact | null {
  const expiresAtMs = message.plan?.expiresAtMs ?? null
  if (expiresAtMs !== null && expiresAtMs <= nowMs) return { state: 'expired', atMs: nowMs, error: null }
  if (restsUntilMs !== null && restsUntilMs > nowMs) {
    return { state: 'failed', atMs: nowMs, error: marketingResting(restsUntilMs) }
  }
  // One that was held for its number is left to Meta to judge, as before.
  if (message.plan?.sendAtMs == null || message.content.type === 'template') return null
  if (isReplyWindowOpen(windowOpenedAtMs(facts), nowMs)) return null
  return { state: 'failed', atMs: nowMs, error: WINDOW_CLOSED }
}
