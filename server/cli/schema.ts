import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { migrateDatabase } from '../platform/migrate.ts'
import { dumpSchema } from '../platform/schema-dump.ts'

/**
 * The schema that the migrations make, as SQL text: made in a database of its own that is thrown away afterwards, so
 * that the state of an installation does not matter.
 */
export async function freshSchema(options: { cloneFolder: string; nowMs: number }): Promise<string> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'wasl-schema-'))
  const server = await startEmbeddedPostgres({
    dataFolder,
    cloneFolder: options.cloneFolder,
    say: () => {},
    durable: false,
    onLost: () => {},
  })
  try {
    await migrateDatabase({ url: server.url, nowMs: options.nowMs })
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    const text = await dumpSchema(client)
    await client.end()
    return text
  } finally {
    await server.stop()
    await rm(dataFolder, { recursive: true, force: true })
  }
}
