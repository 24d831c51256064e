import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { probeFault, type Reached } from './probe-rules.ts'
import { putProbe, readDeliveryAnswers, readProbe } from './probe-store.ts'

/** How often our own webhook is called from outside; after a failure it is called again each minute. */
const PROBE_EVERY_MS = 5 * 60 * 1000
/** An older answer of Meta's says nothing of where it delivers now. */
const ANSWER_MS = 12 * 60 * 60 * 1000
/** What came within this time, or after Meta's answer, shows that the address works. */
const QUIET_MS = 60 * 60 * 1000

export interface CheckWebhookDeps {
  readonly database: Database
  readonly clock: Clock
  readonly app: { readonly appId: string }
  /** Where Meta delivers to; empty before the listener is open. */
  readonly deliveryUrl: () => string
  /** Calls it as Meta does when the address is entered. */
  readonly callWebhook: () => Promise<Reached>
}

/**
 * Looks whether deliveries could come in at all: that nothing comes is no sign, since customers may be silent. One failure
 * is a hiccup; `server/gaps` makes a gap of two in a row.
 */
export async function checkWebhook(deps: CheckWebhookDeps, workspaceId: string): Promise<void> {
  const { database, clock } = deps
  const nowMs = clock.nowMs()
  const known = await readWorkspace(database, workspaceId, (sql) => readProbe(sql, workspaceId))
  if (known?.failures === 0 && nowMs - known.checkedAtMs < PROBE_EVERY_MS) return
  const reached = await deps.callWebhook()
  const url = deps.deliveryUrl()
  await inWorkspace(database, workspaceId, async (sql) => {
    const answers = await readDeliveryAnswers(sql, workspaceId, {
      since: new Date(nowMs - ANSWER_MS),
      quietSince: new Date(nowMs - QUIET_MS),
    })
    const own = { url, appId: deps.app.appId }
    await putProbe(sql, workspaceId, url === '' ? null : probeFault(reached, answers, own), new Date(nowMs))
  })
}
