import { migrateDatabase } from '../platform/migrate.ts'
import { withOwnDatabase } from './own-database.ts'

/** `bin/wasl migrate`. */
export async function migrate(cloneFolder: string): Promise<void> {
  await withOwnDatabase(cloneFolder, (url) => migrateDatabase({ url, nowMs: Date.now() }))
  process.stdout.write('The database is of this version.\n')
}
