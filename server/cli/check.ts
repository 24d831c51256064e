import { readConfig } from '../config.ts'
import { checkIntegrity } from '../inbox/check-integrity.ts'
import { readWorkspaceIds } from '../inbox/route-store.ts'
import { checkFiles } from '../media/check-files.ts'
import { openFiles } from '../media/open-files.ts'
import { type Database, openDatabase } from '../platform/db.ts'
import { migrateDatabase } from '../platform/migrate.ts'
import { withOwnDatabase } from './own-database.ts'

const CONNECTIONS_MAX = 2
const EXIT_FAULTS = 1

/**
 * `bin/wasl check`: prints a line for each kind of fault, or that there is none; gives the exit code. With `media` the
 * bytes of every file that is kept are read too.
 */
export function check(cloneFolder: string, options: { readonly media: boolean }): Promise<number> {
  return withOwnDatabase(cloneFolder, async (url) => {
    await migrateDatabase({ url, nowMs: Date.now() })
    const onError = (error: Error) => process.stderr.write(`${error.message}\n`)
    const database = openDatabase({ url, max: CONNECTIONS_MAX, onError })
    try {
      let kinds = 0
      for (const workspaceId of await readWorkspaceIds(database)) {
        const faults = await checkIntegrity(database, workspaceId)
        if (options.media) faults.push(...(await checkBytes(cloneFolder, database, workspaceId)))
        for (const fault of faults) {
          kinds += 1
          process.stdout.write(`${fault.count} ${fault.what}: ${fault.samples.join(', ')}\n`)
        }
      }
      if (kinds === 0) process.stdout.write('Everything that is stored agrees with itself.\n')
      return kinds === 0 ? 0 : EXIT_FAULTS
    } finally {
      await database.close()
    }
  })
}

function checkBytes(cloneFolder: string, database: Database, workspaceId: string) {
  const { blobs } = openFiles(readConfig(cloneFolder))
  return checkFiles({ database, blobs }, workspaceId)
}
