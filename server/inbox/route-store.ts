import type { Database } from '../platform/db.ts'

export interface Route {
  readonly workspaceId: string
  readonly numberId: string
}

/** Where deliveries go, by Meta's ids. */
export interface Routes {
  readonly byNumber: ReadonlyMap<string, Route>
  /** Workspaces that have a number of this WhatsApp account. */
  readonly byAccount: ReadonlyMap<string, readonly string[]>
}

/**
 * Looks up numbers and accounts by Meta's ids. What is missing in the answer is not known here. The inner `select` hides
 * from PostgreSQL how few ids there are: it would make a plan for them each time, at ten times the cost of the look-up.
 */
export async function readRoutes(
  database: Database,
  phoneNumberIds: readonly string[],
  wabaIds: readonly string[],
): Promise<Routes> {
  const { rows } = await database.pool.query<{ pnid: string | null; waba: string | null; ws: string; number: string }>({
    name: 'inbox_routes',
    text: `
select u.id as pnid, null as waba, r.workspace_id as ws, r.number_id as number
  from unnest((select $1::text[])) u(id)
 cross join lateral (select * from number_route where phone_number_id = u.id offset 0) r
union all
select null, u.id, r.workspace_id, r.number_id
  from unnest((select $2::text[])) u(id)
 cross join lateral (select * from number_route where waba_id = u.id offset 0) r`,
    values: [phoneNumberIds, wabaIds],
  })
  const byNumber = new Map<string, Route>()
  const byAccount = new Map<string, string[]>()
  for (const { pnid, waba, ws, number } of rows) {
    if (pnid !== null) byNumber.set(pnid, { workspaceId: ws, numberId: number })
    if (waba === null) continue
    const known = byAccount.get(waba) ?? []
    if (!known.includes(ws)) byAccount.set(waba, [...known, ws])
  }
  return { byNumber, byAccount }
}

export async function readWorkspaceIds(database: Database): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>('select id from workspace order by id')
  return rows.map(({ id }) => id)
}
