import pg from 'pg'
import { inject } from 'vitest'
import { type Database, openDatabase } from '../../server/platform/db.ts'
import { asOwner, withDatabase } from './postgres.ts'

const CONNECTIONS_MAX = 6
/** How long a connection may take to open on a busy machine, and how often it is looked at. Milliseconds. */
const OPENING_MS_MAX = 3_000
const POLL_MS = 10
let count = 0

export interface TestDatabase {
  /** Connects as the owner of the tables. */
  readonly url: string
  /** Works as wasl_app, as the server does. */
  readonly database: Database
  /** For looking past row-level security in a test. */
  readonly owner: pg.Pool
  /** Drops the database; throws when a connection was taken from the pool and not given back. */
  close(): Promise<void>
}

/** A migrated, empty database of its own for a test file. `await testDatabase.close()` in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const serverUrl = inject('postgresUrl')
  const name = `wasl_test_${process.pid}_${++count}`
  await asOwner(serverUrl, (client) => client.query(`create database ${name} template ${inject('templateName')}`))
  const url = withDatabase(serverUrl, name)
  const failures: Error[] = []
  const database = openDatabase({ url, max: CONNECTIONS_MAX, onError: (error) => failures.push(error) })
  const owner = new pg.Pool({ connectionString: url, max: 2 })
  // An idle connection tells its pool, one in use tells itself.
  owner.on('error', (error) => failures.push(error))
  owner.on('connect', (client) => client.on('error', (error) => failures.push(error)))
  return {
    url,
    database,
    owner,
    async close() {
      const taken = () => [database.pool, owner].reduce((sum, pool) => sum + pool.totalCount - pool.idleCount, 0)
      // One that is still being opened, since another was free sooner, counts as taken until it is open.
      const untilMs = performance.now() + OPENING_MS_MAX
      while (taken() > 0 && performance.now() < untilMs) await new Promise((done) => setTimeout(done, POLL_MS))
      const leaked = taken()
      await Promise.race([
        Promise.all([database.close(), owner.end()]),
        new Promise((done) => setTimeout(done, leaked > 0 ? 100 : 5_000)),
      ])
      // What the drop does to connections that are just saying goodbye is no failure of the test.
      const failure = failures[0]
      await asOwner(serverUrl, (client) => client.query(`drop database ${name} with (force)`))
      if (leaked > 0) throw new Error(`${leaked} database connections were taken and not given back`)
      if (leaked === 0 && failure !== undefined)
        throw new Error('A database connection failed during the test', { cause: failure })
    },
  }
}
