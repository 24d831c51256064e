import { hasHardStop } from '../../server/costs/budget-store.ts'
import { isDueStopped } from '../../server/costs/claim-cost.ts'
import { createSending } from '../../server/outbound/start-sending.ts'
import type { ApiServer } from './api-server.ts'
import type { TestDatabase } from './database.ts'
import type { TestWorkspace } from './workspace.ts'

/** Always the same process, which may begin again at once. */
const HOLDER = '0b3ff1a4-33a6-4d7e-8a53-0d1f2f0a9c01'

/** Does what the sender does with everything of a number that can go out now, to the end. Its files are gone. */
export async function sendNow(
  db: TestDatabase,
  { deps }: ApiServer,
  { workspaceId, number }: Pick<TestWorkspace, 'workspaceId' | 'number'>,
): Promise<void> {
  const { database, clock, hub, graph, onError } = deps
  const sending = createSending({
    ...{ database, clock, publish: hub.publish, holder: HOLDER, onError },
    ...{ post: graph.sendMessage, uploadMedia: graph.uploadMedia, hasHardStop, isDueStopped },
    ...{ openToken: () => 'EAAtoken', withFile: async () => null },
  })
  await sending.start(db.url)
  sending.wake(workspaceId, number.id)
  await sending.idle()
  await sending.stop()
}
