import fastify from 'fastify'
import { startProjector } from '../../server/inbox/project.job.ts'
import { intakeRoutes } from '../../server/intake/routes.ts'
import { readNumber } from '../../server/numbers/number-store.ts'
import { systemClock } from '../../server/platform/clock.ts'
import { openDatabase } from '../../server/platform/db.ts'
import { uuidv7Ids } from '../../server/platform/ids.ts'
import { reactToFiles, reactToRefusals, reactToStrays } from '../../server/reactions.ts'
import { readWebhook } from '../../server/whatsapp/normalise.ts'

/**
 * Run as a process of its own, to be killed: intake and projector on the database given; says its
 * port, which is a free one unless it is given.
 */
const [url = '', secret = '', port = '0'] = process.argv.slice(2)
// What fails while the database is away is what the test is about; it looks at the outcome.
const ignore = () => {}
const database = openDatabase({ url, max: 8, onError: ignore })
const projector = startProjector({
  database,
  clock: systemClock,
  ids: uuidv7Ids(systemClock),
  publish: ignore,
  readNumber,
  readWebhook,
  reactToNotices: async () => {},
  reactToFiles,
  reactToStrays,
  reactToRefusals,
  wakeFiles: ignore,
  heard: () => {},
  onFailure: ignore,
  onUnplaced: ignore,
})
const app = fastify()
await app.register(
  intakeRoutes({
    database,
    clock: systemClock,
    secrets: [secret],
    verifyToken: '',
    onStored: (deliveries) => projector.offer(deliveries),
    onError: ignore,
  }),
)
await app.listen({ port: Number(port), host: '127.0.0.1' })
const address = app.server.address()
process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`)
