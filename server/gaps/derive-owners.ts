import { OWNER_IDLE_AFTER_MS, type ThreadOwner } from '../../contract/thread-owner.ts'
import type { HandoverSign, OwnerSign, StandbySign } from './owner-signs.ts'

/** A thread of one number with every sign of who owns it. */
export interface SignedThread {
  readonly signs: readonly OwnerSign[]
  /** When the customer last wrote to us as usual, not on standby. */
  readonly lastInboundAtMs: number | null
}

/** Roles of the partners on a number, as far as the signs betray whose they are. No webhook says which one is ours. */
interface Roles {
  readonly theirs: ReadonlySet<string>
  readonly ours: ReadonlySet<string>
}

/** Meta's own agent is never us. */
const META_AGENT = 'ai_agent'

/** The owner of each thread of one number, by the thread's key; `null`: no sign. The order of the signs makes no difference. */
export function deriveOwners(threads: ReadonlyMap<string, SignedThread>): Map<string, ThreadOwner | null> {
  const roles = learnRoles([...threads.values()])
  return new Map([...threads].map(([key, thread]) => [key, ownerOf(thread, roles)]))
}

/**
 * What comes on standby after a hand-over shows that the role is another's; what comes as usual, that it is ours; and what
 * came as usual just before it, that the one who handed over were we. Whole seconds are all that Meta gives: signs of the
 * same second teach nothing.
 */
function learnRoles(threads: readonly SignedThread[]): Roles {
  const theirs = new Set([META_AGENT])
  const ours = new Set<string>()
  for (const { signs, lastInboundAtMs } of threads) {
    const passes = handovers(signs)
    const heard = standbys(signs)
    for (const [index, { from, to, atMs }] of passes.entries()) {
      const endMs = passes[index + 1]?.atMs ?? Number.POSITIVE_INFINITY
      const inTime = (ms: number) => ms > atMs && ms < endMs
      const inboundMs = lastInboundAtMs ?? Number.NEGATIVE_INFINITY
      const isOurs = inboundMs < atMs && atMs - inboundMs < OWNER_IDLE_AFTER_MS
      const sinceThen = [...heard, ...passes.slice(0, index)].some(
        (sign) => sign.atMs >= inboundMs && sign.atMs <= atMs,
      )
      if (from !== null && isOurs && !sinceThen) ours.add(from)
      if (to === null) continue
      if (heard.some((sign) => inTime(sign.atMs))) theirs.add(to)
      else if (lastInboundAtMs !== null && inTime(lastInboundAtMs)) ours.add(to)
    }
  }
  for (const role of theirs) ours.delete(role)
  // Nobody hands a thread to themselves.
  for (const { signs } of threads) {
    for (const { from, to } of handovers(signs)) if (from !== null && to !== null && ours.has(from)) theirs.add(to)
  }
  return { theirs, ours }
}

function ownerOf({ signs, lastInboundAtMs }: SignedThread, roles: Roles): ThreadOwner | null {
  const pass = handovers(signs).at(-1)
  const heard = standbys(signs)
  const last = heard.at(-1)
  const seenAtMs = Math.max(pass?.atMs ?? 0, last?.atMs ?? 0)
  if (seenAtMs === 0) return null
  const inboundMs = Math.max(lastInboundAtMs ?? 0, ...heard.filter(({ inbound }) => inbound).map(({ atMs }) => atMs))
  const idleAtMs = (inboundMs === 0 ? seenAtMs : inboundMs) + OWNER_IDLE_AFTER_MS
  if (pass !== undefined && seenAtMs === pass.atMs) {
    const { to: role, note, atMs: sinceMs } = pass
    return { by: whose(pass, roles), role, note, sinceMs, seenAtMs, idleAtMs }
  }
  const known = pass !== undefined && pass.to !== null && roles.theirs.has(pass.to) ? pass : null
  const firstMs = heard.find(({ atMs }) => atMs > (pass?.atMs ?? 0))?.atMs ?? seenAtMs
  const sinceMs = known?.atMs ?? firstMs
  return { by: 'partner', role: known?.to ?? null, note: known?.note ?? null, sinceMs, seenAtMs, idleAtMs }
}

function whose({ from, to }: HandoverSign, { theirs, ours }: Roles): ThreadOwner['by'] {
  if (to !== null && theirs.has(to)) return 'partner'
  if (to !== null && ours.has(to)) return 'us'
  // The other partner gave it away: to us, unless there is a third, whose messages would come on standby then.
  return from !== null && theirs.has(from) ? 'us' : 'unknown'
}

function handovers(signs: readonly OwnerSign[]): HandoverSign[] {
  return signs.filter((sign) => sign.kind === 'handover').sort((a, b) => a.atMs - b.atMs || compare(a, b))
}

function standbys(signs: readonly OwnerSign[]): StandbySign[] {
  return signs.filter((sign) => sign.kind === 'standby').sort((a, b) => a.atMs - b.atMs)
}

function compare(a: HandoverSign, b: HandoverSign): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}
