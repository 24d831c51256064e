import type { SignKind } from '../../contract/state-reason.ts'
import type { Fact } from './draft.ts'

/** Something that only the phone can have caused, and when. */
export interface PhoneSign {
  readonly kind: SignKind
  readonly atMs: number
}

/**
 * The latest sign of life of a number's phone among facts of that number; `null` when there is none. A delivery may be
 * days late, so what was written there counts from when it was written; no clock of a phone counts beyond ours.
 */
export function latestSign(facts: readonly Fact[]): PhoneSign | null {
  let latest: PhoneSign | null = null
  for (const fact of facts) {
    const sign = signOf(fact)
    if (sign !== null && (latest === null || sign.atMs > latest.atMs)) latest = sign
  }
  return latest
}

function signOf({ event, receivedAtMs }: Fact): PhoneSign | null {
  switch (event.type) {
    case 'channel.message':
    case 'channel.edit':
    case 'channel.delete':
    case 'channel.reaction':
      return event.via === 'echo' ? { kind: 'echo', atMs: Math.min(event.sentAtMs, receivedAtMs) } : null
    case 'channel.contact':
      return { kind: 'contact', atMs: Math.min(event.atMs ?? receivedAtMs, receivedAtMs) }
    case 'channel.history_chunk':
      return { kind: 'history', atMs: receivedAtMs }
    default:
      return null
  }
}
