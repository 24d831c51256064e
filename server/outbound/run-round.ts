import { appendAndCommit, inProjection } from '../inbox/append.ts'
import type { Wait } from './back-off.ts'
import type { DueCostDeps } from './check-due-costs.ts'
import { type Claims, claimSends } from './claim-sends.ts'
import type { NumberLane } from './number-lane.ts'
import { againOnConflict, applyVerdicts, type Called, type SettleDeps, tellChanges } from './settle-send.ts'

export interface RoundDeps extends SettleDeps, DueCostDeps {
  /** The name under which this process holds numbers. */
  readonly holder: string
}

export interface Round extends Pick<Claims, 'sends' | 'handOver'> {
  readonly waits: readonly Wait[]
}

/**
 * One transaction of a workspace: settles all calls that have ended and claims what can go out now, with one update of
 * each kind, one entry into the feed and one commit, however many messages there are.
 */
export async function runRound(
  deps: RoundDeps,
  workspaceId: string,
  { called, lanes }: { readonly called: readonly Called[]; readonly lanes: readonly NumberLane[] },
): Promise<Round> {
  const { round, rows } = await againOnConflict(() => {
    const nowMs = deps.clock.nowMs()
    return inProjection(deps.database, workspaceId, async (sql) => {
      const { changed, waits } = await applyVerdicts(sql, workspaceId, called, nowMs)
      for (const wait of waits) heed(wait, lanes)
      const claims = await claimSends(deps, sql, workspaceId, lanes)
      const events = await tellChanges(sql, workspaceId, [...changed, ...claims.changed])
      const rows = await appendAndCommit(sql, workspaceId, nowMs, events)
      return { round: { sends: claims.sends, handOver: claims.handOver, waits }, rows }
    })
  })
  deps.publish(workspaceId, rows)
  return round
}

/** What has just been refused for now is not claimed in the same breath. */
function heed(wait: Wait, lanes: readonly NumberLane[]): void {
  const lane = lanes.find(({ numberId }) => numberId === wait.numberId)
  if (lane !== undefined) lane.wait(wait, performance.now())
}
