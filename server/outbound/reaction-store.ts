import type { Sql } from '../platform/db.ts'

/** Notes a reaction of our side as a fact, as the projector does with one from the phone; an earlier one gives way. */
export async function putOwnReaction(
  sql: Sql,
  workspaceId: string,
  reaction: {
    readonly numberId: string
    readonly targetWamid: string
    readonly emoji: string | null
    readonly atMs: number
    readonly wamid: string
  },
): Promise<void> {
  await sql.query(
    `insert into reaction as r (workspace_id, number_id, target_wamid, side, emoji, at, wamid)
     values ($1, $2, $3, 'business', $4, $5, $6)
     on conflict (workspace_id, number_id, target_wamid, side) do update set
       emoji = excluded.emoji, at = excluded.at, wamid = excluded.wamid
     where (excluded.at, excluded.wamid) > (r.at, r.wamid)`,
    [workspaceId, reaction.numberId, reaction.targetWamid, reaction.emoji, new Date(reaction.atMs), reaction.wamid],
  )
}
