import pg from 'pg'

/** The role Wasl works as: it owns no table, so row-level security holds for every statement. */
export const APP_ROLE = 'wasl_app'

const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 60_000
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

export interface Database {
  readonly pool: pg.Pool
  close(): Promise<void>
}

/** A connection inside a transaction. Stores take it, and the workspace, before anything else. */
export type Sql = pg.PoolClient

/**
 * Opens a pool on `url`; every connection works as `wasl_app` before its first statement.
 * `max` is the number of connections.
 */
export function openDatabase(options: { url: string; max: number; onError: (error: Error) => void }): Database {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // Statements that do not wait for each other are sent together: see `together`.
    pipeline: true,
    // `role` in the start-up packet: no extra round trip, and no statement can run before it.
    options: `-c role=${APP_ROLE} -c statement_timeout=${STATEMENT_TIMEOUT_MS} -c timezone=UTC`,
  })
  pool.on('error', options.onError)
  pool.on('connect', (client) => client.on('error', options.onError))
  return { pool, close: () => pool.end() }
}

/** Runs `work` in one transaction that sees this workspace only. Rolls back and rethrows when it throws. */
export function inWorkspace<T>(database: Database, workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  return transaction(database, (sql) => setWorkspace(sql, 'begin', workspaceId), work)
}

/** The same, reading one consistent snapshot; nothing can be written. */
export function readWorkspace<T>(database: Database, workspaceId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const begin = 'begin isolation level repeatable read read only'
  return transaction(database, (sql) => setWorkspace(sql, begin, workspaceId), work)
}

/** For the tables that belong to no workspace (deliveries, routes): row-level security hides everything else. */
export function outsideWorkspaces<T>(database: Database, work: (sql: Sql) => Promise<T>): Promise<T> {
  return transaction(database, (sql) => sql.query('begin'), work)
}

/**
 * Runs `work` in one transaction, which `begin` begins. Rolls back and rethrows when either throws. The first statement of
 * `work` goes out with those of `begin`, in one round trip: `begin` must send at once what opens the transaction first of
 * all, or throw. Whatever fails in it later, PostgreSQL then refuses everything that follows.
 */
export async function transaction<T>(
  database: Database,
  begin: (sql: Sql) => Promise<unknown>,
  work: (sql: Sql) => Promise<T>,
): Promise<T> {
  const sql = await database.pool.connect()
  let broken: Error | undefined
  try {
    const [, result] = await together(begin(sql), work(sql))
    if (!committed.delete(sql)) await sql.query('commit')
    return result
  } catch (error) {
    await sql.query('rollback').catch((rollbackError: Error) => {
      broken = rollbackError
    })
    throw error
  } finally {
    // A connection that could not roll back is not given to anybody else.
    sql.release(broken)
  }
}

/**
 * Statements of one transaction that need not wait for each other, in one round trip. When one fails, that is told once none
 * is under way any more: nothing may be sent after the transaction has been rolled back, when it would stand by itself.
 */
export async function together<T extends readonly Promise<unknown>[]>(
  ...statements: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(statements)
  return Promise.all(statements)
}

/** Connections whose transaction has been committed by its last statement. */
const committed = new WeakSet<Sql>()

/**
 * Runs the last statement of a transaction and the commit in one round trip, so that what it locks is held no longer than
 * the database itself takes. Gives its rows; nothing else may be done in the transaction.
 */
export async function runLast<R extends pg.QueryResultRow>(sql: Sql, statement: pg.QueryConfig): Promise<R[]> {
  const [last] = await Promise.all([sql.query<R>(statement), sql.query('commit')])
  committed.add(sql)
  return last.rows
}

/** In one round trip: every transaction makes it. */
function setWorkspace(sql: Sql, begin: string, workspaceId: string): Promise<unknown> {
  if (!UUID.test(workspaceId)) throw new Error(`"${workspaceId}" is no workspace id`)
  return sql.query(`${begin}; select set_config('wasl.workspace_id', '${workspaceId}', true)`)
}
