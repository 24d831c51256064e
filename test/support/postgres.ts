import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'
import { migrateDatabase } from '../../server/platform/migrate.ts'

export const CLONE_FOLDER = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** The day of `TestClock`'s start, so that its raw partitions exist in every test database. */
const TEST_DAY_MS = Date.UTC(2026, 10, 23)

export interface TestPostgres {
  /** Connects as the owner, to a database that only serves to make others. */
  readonly url: string
  readonly templateName: string
  stop(): Promise<void>
}

/** Starts a PostgreSQL for one run of tests (or uses `externalUrl`) and migrates the template that test files clone. */
export async function startTestPostgres(externalUrl: string | undefined): Promise<TestPostgres> {
  const server = externalUrl === undefined ? await startOwn() : { url: externalUrl, stop: async () => {} }
  const templateName = `wasl_template_${process.pid}`
  try {
    await asOwner(server.url, (client) => client.query(`create database ${templateName}`))
    await migrateDatabase({ url: withDatabase(server.url, templateName), nowMs: TEST_DAY_MS })
  } catch (error) {
    await server.stop()
    throw error
  }
  return {
    url: server.url,
    templateName,
    async stop() {
      await asOwner(server.url, (client) => client.query(`drop database ${templateName}`))
      await server.stop()
    },
  }
}

export async function asOwner<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The same server, another database. */
export function withDatabase(url: string, name: string): string {
  const at = new URL(url)
  at.pathname = `/${name}`
  return at.href
}

async function startOwn() {
  const dataFolder = await mkdtemp(join(tmpdir(), 'wasl-test-'))
  const server = await startEmbeddedPostgres({
    dataFolder,
    cloneFolder: CLONE_FOLDER,
    say: () => {},
    durable: false,
    onLost: (reason) => console.error(reason),
  })
  return {
    url: server.url,
    async stop() {
      await server.stop()
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}
