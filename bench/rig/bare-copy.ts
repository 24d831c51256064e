import { chownSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { OwnerConnection } from './owner-connection.ts'

/** What a message leaves behind; raw deliveries are left out, as they are the price of being safe, not of the rows. */
const TABLES = ['contact', 'identity', 'conversation', 'message', 'feed'] as const

export interface BareCopy {
  readonly perSecond: number
  readonly rows: Readonly<Record<string, number>>
}

/**
 * How fast PostgreSQL itself takes the very rows that the run has written: out of the tables into files of the server,
 * then by COPY, on one connection, in one transaction, into tables of the same form with the same indexes. The owner
 * does it, so that no row-level security is in the way. `messages` per second of that transaction.
 */
export async function bareCopy(owner: OwnerConnection, messages: number): Promise<BareCopy> {
  const { sql, cluster } = owner
  const folder = join(cluster, 'bench-rows')
  mkdirSync(folder)
  const { uid, gid } = statSync(cluster)
  chownSync(folder, uid, gid)
  const rows: Record<string, number> = {}
  const statements: string[] = []
  try {
    await sql.query('create schema bare')
    for (const table of TABLES) {
      await sql.query(`create table bare.${table} (like public.${table} including all)`)
      const columns = await columnsOf(owner, table)
      const out = await sql.query(`copy public.${table} (${columns}) to '${folder}/${table}'`)
      rows[table] = out.rowCount ?? 0
      statements.push(`copy bare.${table} (${columns}) from '${folder}/${table}'`)
    }
    await sql.query('alter table bare.contact add foreign key (workspace_id) references public.workspace (id)')
    const startedAt = performance.now()
    await sql.query('begin')
    for (const statement of statements) await sql.query(statement)
    await sql.query('commit')
    const seconds = (performance.now() - startedAt) / 1000
    return { perSecond: messages / seconds, rows }
  } finally {
    await sql.query('rollback')
    await sql.query('drop schema if exists bare cascade')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every column but those that PostgreSQL reckons itself. */
async function columnsOf(owner: OwnerConnection, table: string): Promise<string> {
  const { rows } = await owner.sql.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ', ' order by ordinal_position) as columns
       from information_schema.columns where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'`,
    [table],
  )
  return rows[0]?.columns ?? ''
}
