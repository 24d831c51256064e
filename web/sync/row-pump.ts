import type { FeedRow } from '../../contract/inbox-event.ts'

/** Under a flood (an import) rows are applied this often; a lone row is applied at once. Milliseconds. */
const FLOOD_PAUSE_MS = 60

export interface RowPump {
  add(rows: readonly FeedRow[]): void
  /** Applies what waits, now. */
  drain(): void
  clear(): void
}

/** Hands rows on in batches: at once when it was quiet, else at most every `FLOOD_PAUSE_MS`. */
export function rowPump(
  apply: (rows: readonly FeedRow[]) => void,
  around: { setTimer(action: () => void, ms: number): () => void; monotonicMs(): number },
): RowPump {
  let waiting: FeedRow[] = []
  let appliedAtMs = Number.NEGATIVE_INFINITY
  let cancelTimer: (() => void) | null = null

  function drain(): void {
    cancelTimer?.()
    cancelTimer = null
    if (waiting.length === 0) return
    const rows = waiting
    waiting = []
    apply(rows)
    appliedAtMs = around.monotonicMs()
  }

  return {
    drain,
    add(rows) {
      waiting.push(...rows)
      const restMs = appliedAtMs + FLOOD_PAUSE_MS - around.monotonicMs()
      if (restMs <= 0) return drain()
      cancelTimer ??= around.setTimer(drain, restMs)
    },
    clear() {
      cancelTimer?.()
      cancelTimer = null
      waiting = []
    },
  }
}
