import type { Seq } from '../../contract/ids.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'

/** Rows kept to bring a page up to date that was read while they arrived. */
export const RECENT_ROWS_MAX = 5_000

/** The last rows of the feed, without gaps, ending at the position of the state. */
export interface RecentRows {
  push(rows: readonly FeedRow[]): void
  /** Rows after `seq`; `null` when some of them are no longer kept. */
  after(seq: Seq): readonly FeedRow[] | null
  /** Forgets everything; the state now stands at `seq`. */
  restart(seq: Seq): void
}

export function recentRows(max = RECENT_ROWS_MAX): RecentRows {
  let rows: FeedRow[] = []
  let floor = 0
  return {
    push(added) {
      rows.push(...added)
      if (rows.length <= max) return
      const dropped = rows.length - max
      floor = rows[dropped - 1]?.seq ?? floor
      rows = rows.slice(dropped)
    },
    after(seq) {
      if (seq < floor) return null
      return rows.filter((row) => row.seq > seq)
    },
    restart(seq) {
      rows = []
      floor = seq
    },
  }
}
