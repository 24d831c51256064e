import type { Sql } from '../platform/db.ts'
import { KEY_LOOKUPS_ONLY, PROJECTION_LOCK } from './projection-lock.ts'

/**
 * Begins a transaction that sees this workspace only and may write its threads. `shared` lets other projections run at
 * the same time; `alone` waits until none does and keeps them out.
 *
 * Who inserts a message, gives one its wamid, or writes a fact about a message must hold it shared at least: a fact
 * whose message is not known is written by somebody alone, so that no message can slip in between the look-up and the
 * commit; two contacts are merged alone, for the same reason.
 *
 * Plans are kept from the first one on: PostgreSQL takes a plan for one message for cheaper than the kept one, and would
 * make it anew each time, which costs several times what running it does.
 */
export async function lockProjection(sql: Sql, workspaceId: string, mode: 'shared' | 'alone'): Promise<void> {
  await Promise.all([
    sql.query('begin'),
    sql.query({ name: `projection_${mode}`, text: LOCK[mode], values: [workspaceId, PROJECTION_LOCK] }),
  ])
}

const lockBy = (lock: string) => `
select set_config('wasl.workspace_id', $1, true), set_config('plan_cache_mode', 'force_generic_plan', true),
       ${KEY_LOOKUPS_ONLY}, ${lock}(hashtextextended($1, $2))`

const LOCK = { shared: lockBy('pg_advisory_xact_lock_shared'), alone: lockBy('pg_advisory_xact_lock') }
