import type { CardLine } from '../../contract/api/rate-cards.ts'
import type { Sql } from '../platform/db.ts'
import { type DraftCard, takenCard } from './card-draft.ts'
import { CARDS } from './cards.ts'
import type { RateCard } from './rate-card.ts'

type ImportedCard = DraftCard & { readonly id: string }

/** Imported cards of a workspace: four changes a year in sixteen currencies for years. */
export const CARDS_MAX = 300

/** The cards that come with Wasl, then those of the workspace: of several for one day the one imported last holds. */
export async function readRateCards(sql: Sql, workspaceId: string): Promise<readonly RateCard[]> {
  const { rows } = await sql.query<ImportedCard>(
    `select id, currency, effective_from as "effectiveFrom", file_name as "fileName", rates, tiers
       from rate_card where workspace_id = $1 and removed_at is null order by imported_at, id limit $2`,
    [workspaceId, CARDS_MAX],
  )
  return [...CARDS, ...rows.map(({ id, ...draft }) => takenCard(id, draft))]
}

/** Who imported which card from what. */
export async function readImports(
  sql: Sql,
  workspaceId: string,
): Promise<ReadonlyMap<string, NonNullable<CardLine['imported']>>> {
  const { rows } = await sql.query<{ id: string; fileName: string; at: Date; name: string }>(
    `select c.id, c.file_name as "fileName", c.imported_at as at, m.name
       from rate_card c join member m on m.workspace_id = c.workspace_id and m.id = c.member_id
      where c.workspace_id = $1 and c.removed_at is null limit $2`,
    [workspaceId, CARDS_MAX],
  )
  return new Map(rows.map((row) => [row.id, { fileName: row.fileName, atMs: row.at.getTime(), memberName: row.name }]))
}

/** Keeps a card. `false` when there are as many as there may be. */
export async function putRateCard(
  sql: Sql,
  workspaceId: string,
  card: ImportedCard,
  by: { readonly memberId: string; readonly now: Date },
): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into rate_card (workspace_id, id, currency, effective_from, file_name, rates, tiers, member_id, imported_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9
      where (select count(*) from rate_card where workspace_id = $1 and removed_at is null) < $10`,
    [
      workspaceId,
      card.id,
      card.currency,
      card.effectiveFrom,
      card.fileName,
      JSON.stringify(card.rates),
      JSON.stringify(card.tiers),
      by.memberId,
      by.now,
      CARDS_MAX,
    ],
  )
  return rowCount === 1
}

/** Takes an imported card away; gives its first day, `null` when there is none of the id. */
export async function removeRateCard(
  sql: Sql,
  workspaceId: string,
  id: string,
  by: { readonly memberId: string; readonly now: Date },
): Promise<string | null> {
  const { rows } = await sql.query<{ day: string }>(
    `update rate_card set removed_by = $3, removed_at = $4
      where workspace_id = $1 and id = $2 and removed_at is null returning effective_from as day`,
    [workspaceId, id, by.memberId, by.now],
  )
  return rows[0]?.day ?? null
}
