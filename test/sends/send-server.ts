import pg from 'pg'
import { systemClock } from '../../server/platform/clock.ts'
import { openDatabase } from '../../server/platform/db.ts'
import { startWasl } from '../scenarios/running-wasl.ts'

/** Run as a process of its own, to be killed: everything of Wasl but its start-up. Says where it listens. */
const [url = '', workspaceId = '', graphUrl = '', appSecret = '', port = '0'] = process.argv.slice(2)
// What fails while others are away is what the test is about; it looks at the outcome.
const ignore = () => {}
const database = openDatabase({ url, max: 12, onError: ignore })
const owner = new pg.Pool({ connectionString: url, max: 2 })
owner.on('error', ignore)
const wasl = await startWasl({
  db: { url, database, owner, close: async () => {} },
  workspaceId,
  simulator: { origin: graphUrl, world: { clock: systemClock } },
  port: Number(port),
  app: { appId: '1234567890', appSecret },
})
process.stdout.write(`${JSON.stringify({ webhook: wasl.webhook, apiUrl: wasl.api.url })}\n`)
