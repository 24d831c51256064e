import { readdir, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { APP_ROLE } from './db.ts'
import { Refusal } from './refusal.ts'

const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url))
const SERVER_VERSION_MIN = 150_000
/** Serialises Wasls that migrate one database at the same time; the number is arbitrary and must stay. */
const MIGRATION_LOCK = 7_318_402_653
/** Today's and tomorrow's, so that midnight finds its partition even if the daily job is late. */
const RAW_PARTITIONS_AHEAD_DAYS = 2
const DAY_MS = 86_400_000

/**
 * Brings the database at `url` (its owner's) to this program's schema and makes the role Wasl works as.
 * `nowMs` decides which daily partitions are made. When nothing is to be done it costs three queries.
 * Throws a `Refusal` when the schema is newer than the program or the database does not allow it.
 */
export async function migrateDatabase(options: { url: string; nowMs: number; folder?: string }): Promise<void> {
  const folder = options.folder ?? MIGRATIONS_FOLDER
  const client = await connectAsOwner(options.url)
  try {
    const names = await migrationNames(folder)
    const done = await appliedMigrations(client)
    const unknown = done.filter((name) => !names.includes(name))
    if (unknown.length > 0) {
      throw new Refusal(
        `The database was made by a newer Wasl (it has ${unknown.join(', ')}): start that version, or one after it.`,
      )
    }
    if (done.length < names.length || !(await jobsAreCurrent(client))) await bringUpToDate(client, options.url, folder)
    await ensureRawPartitions(client, options.nowMs)
  } finally {
    await client.end()
  }
}

/** Today's and tomorrow's partitions of the raw deliveries. Any role of ours may call it; they exist from then on. */
export async function ensureRawPartitions(client: Pick<pg.Client, 'query'>, nowMs: number): Promise<void> {
  const today = new Date(nowMs - (nowMs % DAY_MS)).toISOString().slice(0, 10)
  await client.query('select ensure_raw_partitions($1::date, $2)', [today, RAW_PARTITIONS_AHEAD_DAYS])
}

/** Names of the migrations in the folder, without `.sql`, in order. */
export async function migrationNames(folder: string = MIGRATIONS_FOLDER): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => file.endsWith('.sql'))
    .map((file) => file.slice(0, -'.sql'.length))
    .sort()
}

async function connectAsOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal(`The database cannot be reached (${(error as Error).message}): check DATABASE_URL.`, {
      cause: error,
    })
  }
  const { rows } = await client.query("select current_setting('server_version_num')::int as version")
  if (rows[0].version >= SERVER_VERSION_MIN) return client
  await client.end()
  throw new Refusal(`The database is PostgreSQL ${Math.floor(rows[0].version / 10_000)}; Wasl needs 15 or newer.`)
}

async function appliedMigrations(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query("select to_regclass('public.kysely_migration') is not null as there")
  if (rows[0].there !== true) return []
  const applied = await client.query('select name from public.kysely_migration order by name')
  return applied.rows.map((row: { name: string }) => row.name)
}

/** The job tables are graphile-worker's, with migrations of its own, one file each in its package. */
async function jobsAreCurrent(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(
    "select to_regclass('graphile_worker.migrations') is not null and to_regproc('wasl_add_job') is not null as there",
  )
  if (rows[0].there !== true) return false
  const current = await client.query('select max(id) as latest from graphile_worker.migrations')
  const entry = createRequire(import.meta.url).resolve('graphile-worker')
  const files = await readdir(join(dirname(dirname(entry)), 'sql'))
  return current.rows[0].latest >= files.length
}

async function bringUpToDate(client: pg.Client, url: string, folder: string): Promise<void> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
  await makeRole(client)
  await runOurMigrations(url, folder)
  await installJobTables(url)
  await grantToRole(client)
  await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
}

async function runOurMigrations(url: string, folder: string): Promise<void> {
  // Imported only when there is something to do: the second start is quicker by it.
  const [{ Kysely, PostgresDialect, sql }, { Migrator }] = await Promise.all([
    import('kysely'),
    import('kysely/migration'),
  ])
  const database = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: url, max: 2 }) }),
  })
  const provider = {
    async getMigrations() {
      const entries = (await migrationNames(folder)).map(async (name) => {
        const text = await readFile(join(folder, `${name}.sql`), 'utf8')
        return [name, { up: async (db: typeof database) => void (await sql.raw(text).execute(db)) }] as const
      })
      return Object.fromEntries(await Promise.all(entries))
    },
  }
  try {
    const { error, results } = await new Migrator({ db: database, provider }).migrateToLatest()
    const failed = results?.find((result) => result.status === 'Error')
    if (error !== undefined) throw new Error(`Migration ${failed?.migrationName ?? ''} failed`, { cause: error })
  } finally {
    await database.destroy()
  }
}

async function makeRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`do $$ begin create role ${APP_ROLE} nologin; exception when duplicate_object then null; end $$`)
    await client.query(`grant ${APP_ROLE} to current_user`)
  } catch (error) {
    if ((error as { code?: unknown }).code !== '42501') throw error
    throw new Refusal(
      `The database user may not make roles: have an administrator run "create role ${APP_ROLE} nologin; grant ${APP_ROLE} to <user>" once.`,
      { cause: error },
    )
  }
}

/** The job tables stay their owner's: the working role only adds jobs, through one function. */
async function installJobTables(url: string): Promise<void> {
  const { installJobs } = await import('./jobs.ts')
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  // A lost connection makes the query fail, and that is reported; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await installJobs(pool)
  } finally {
    await pool.end()
  }
}

/** The role owns nothing and may do no more than read and write rows, today's and those of later migrations. */
async function grantToRole(client: pg.Client): Promise<void> {
  await client.query(`
    grant usage on schema public to ${APP_ROLE};
    grant select, insert, update, delete on all tables in schema public to ${APP_ROLE};
    revoke insert, update, delete on kysely_migration, kysely_migration_lock from ${APP_ROLE};
    grant usage, select on all sequences in schema public to ${APP_ROLE};
    revoke execute on function ensure_raw_partitions(date, integer), drop_raw_partitions(date) from public;
    grant execute on function ensure_raw_partitions(date, integer), drop_raw_partitions(date), analyze_hot_tables() to ${APP_ROLE};
    alter default privileges in schema public grant select, insert, update, delete on tables to ${APP_ROLE};
    alter default privileges in schema public grant usage, select on sequences to ${APP_ROLE};`)
}
