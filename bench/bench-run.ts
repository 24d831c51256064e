import type { Figures } from './figures.ts'

/** One run of a bench: its figures, and sentences about what went wrong (none when all is well). */
export interface BenchRun {
  readonly figures: Figures
  readonly faults: readonly string[]
  /** Where the time went, and other things worth knowing, for people. */
  readonly notes: readonly string[]
}
