import { readConfig } from '../config.ts'
import { findRunningPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts'

/**
 * Runs `work` on the configured database; `url` connects as its owner. The embedded one is used as it runs, or started
 * for the time of the work.
 */
export async function withOwnDatabase<T>(cloneFolder: string, work: (url: string) => Promise<T>): Promise<T> {
  const config = readConfig(cloneFolder)
  const running = config.databaseUrl ?? (await findRunningPostgres(config.dataFolder))
  if (running !== undefined) return work(running)
  const server = await startEmbeddedPostgres({ dataFolder: config.dataFolder, cloneFolder, say: tell, onLost: tell })
  try {
    return await work(server.url)
  } finally {
    await server.stop()
  }
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`)
}
