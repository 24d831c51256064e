import type { NumberState } from '../../contract/number.ts'
import type { DerivedGap, GapFacts, Run, StateFact } from './gap-facts.ts'

/** A pause between two runs that is shorter than this is a restart. */
export const OUTAGE_MS_MIN = 5 * 60 * 1000

/** States of a number in which its phone and Meta do not pass anything on. */
const GONE: ReadonlySet<NumberState> = new Set<NumberState>(['offboarded', 'removed', 'disabled'])
/** On the way to being there: these end nothing. */
const COMING: ReadonlySet<NumberState> = new Set<NumberState>(['preparing', 'connecting'])

/** Times in which nothing could come: the number was not connected, or no process of ours ran. Each is a gap of its own. */
export function deriveAbsences(facts: Pick<GapFacts, 'states' | 'runs' | 'connectedAtMs'>): DerivedGap[] {
  return [...disconnections(facts.states), ...outages(facts.runs, facts.connectedAtMs)]
}

/** From one state of being gone to the next state of being there; a change of the reason in between is the same gap. */
function disconnections(states: readonly StateFact[]): DerivedGap[] {
  const gaps: DerivedGap[] = []
  let open: StateFact | null = null
  for (const one of [...states].sort(byTime)) {
    const gone = GONE.has(one.state)
    if (gone && open === null) open = one
    if (gone || open === null || COMING.has(one.state)) continue
    gaps.push(disconnection(open, one.atMs))
    open = null
  }
  return open === null ? gaps : [...gaps, disconnection(open, null)]
}

function disconnection({ state, reason, atMs }: StateFact, untilMs: number | null): DerivedGap {
  const evidence = { state, ...(reason === null ? {} : { reason }) }
  return { key: `disconnected:${atMs}`, kind: 'disconnected', sinceMs: atMs, untilMs, count: null, evidence }
}

/** Of two changes at one instant the one that is gone comes first: what follows ends it. */
function byTime(a: StateFact, b: StateFact): number {
  if (a.atMs !== b.atMs) return a.atMs - b.atMs
  const [left, right] = [sortName(a), sortName(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function sortName({ state, reason }: StateFact): string {
  return `${GONE.has(state) ? 0 : 1} ${state} ${reason ?? ''}`
}

/**
 * What lies between all runs, after the number was connected. Several processes may run at once, so that one which
 * stopped is no outage while another ran. The present is in no gap: whoever asks is running.
 */
function outages(runs: readonly Run[], connectedAtMs: number): DerivedGap[] {
  const gaps: DerivedGap[] = []
  let awakeUntilMs: number | null = null
  for (const run of [...runs].sort((a, b) => a.fromMs - b.fromMs || a.untilMs - b.untilMs)) {
    if (awakeUntilMs !== null && run.fromMs - awakeUntilMs >= OUTAGE_MS_MIN && run.fromMs > connectedAtMs) {
      const sinceMs = Math.max(awakeUntilMs, connectedAtMs)
      gaps.push({ key: `outage:${sinceMs}`, kind: 'outage', sinceMs, untilMs: run.fromMs, count: null, evidence: {} })
    }
    awakeUntilMs = Math.max(awakeUntilMs ?? run.untilMs, run.untilMs)
  }
  return gaps
}
