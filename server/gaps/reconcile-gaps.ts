import type { CaptureGap } from '../../contract/api/gaps.ts'
import type { DerivedGap } from './gap-facts.ts'

/** What the register needs to know of a gap that is kept. */
export type KeptGap = Pick<CaptureGap, 'key' | 'untilMs'>

export interface GapChanges {
  /** To be written as they are derived; those whose key is kept already keep the time they were first seen. */
  readonly put: readonly DerivedGap[]
  /** Keys of gaps whose cause is gone: they end now. */
  readonly close: readonly string[]
}

/** What makes the register say what was derived. The same derived again changes nothing more. */
export function reconcileGaps(kept: readonly KeptGap[], derived: readonly DerivedGap[]): GapChanges {
  const there = new Set(derived.map(({ key }) => key))
  return {
    put: derived,
    close: kept.filter(({ key, untilMs }) => untilMs === null && !there.has(key)).map(({ key }) => key),
  }
}
