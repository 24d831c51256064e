import type { Sql } from '../platform/db.ts'

export interface OfferAccess {
  readonly wabaId: string
  readonly sealedToken: Buffer
}

/** A number's account at Meta and its sealed token; `null` when there is no such number, or it has neither. */
export async function readOfferAccess(sql: Sql, workspaceId: string, numberId: string): Promise<OfferAccess | null> {
  const { rows } = await sql.query<OfferAccess>(
    `select n.waba_id as "wabaId", s.sealed as "sealedToken" from business_number n
       join number_secret s on s.workspace_id = n.workspace_id and s.number_id = n.id and s.kind = 'access_token'
      where n.workspace_id = $1 and n.id = $2 and n.waba_id is not null`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}
