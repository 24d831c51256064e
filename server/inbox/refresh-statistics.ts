import type { Database } from '../platform/db.ts'

/** Facts after which the tables are analysed for the first time, and how much that grows from one time to the next. */
const FIRST_FACTS = 250
const GROWTH = 4
/** From here on PostgreSQL's own analysis comes soon enough. */
const FACTS_MAX = 1_000_000

/**
 * Keeps the statistics of young tables in step with their growth: an import fills them within seconds, and prepared
 * look-ups keep the plan that was made for nearly empty tables until the tables are analysed.
 * Gives a function that is told how many facts were projected. A failure is told, and changes nothing.
 */
export function statisticsRefresher(
  database: Database,
  onFailure: (error: unknown, what: string) => void,
): (facts: number) => void {
  let projected = 0
  let next = FIRST_FACTS
  let running = false
  return (facts) => {
    projected += facts
    if (projected < next || next > FACTS_MAX || running) return
    while (next <= projected) next *= GROWTH
    running = true
    database.pool
      .query('select analyze_hot_tables()')
      .catch((error: unknown) => onFailure(error, 'refreshing statistics'))
      .finally(() => {
        running = false
      })
  }
}
