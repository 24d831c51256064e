import { startEmbeddedPostgres } from '../../server/platform/embedded-postgres.ts'

/** Run as a process of its own, to be killed: holds the embedded PostgreSQL of the folder given, and says its id. */
const [dataFolder = '', cloneFolder = ''] = process.argv.slice(2)
const server = await startEmbeddedPostgres({ dataFolder, cloneFolder, say: () => {}, onLost: () => {}, durable: false })
process.stdout.write(`${JSON.stringify({ pid: server.pid, cluster: server.cluster })}\n`)
setInterval(() => {}, 60_000)
