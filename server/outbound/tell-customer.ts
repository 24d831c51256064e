import { canSend } from '../../contract/number.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { addJob } from '../platform/jobs.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import type { GraphRequest } from '../whatsapp/graph-request.ts'
import { signalRequest } from '../whatsapp/signal-request.ts'
import { readSendTarget } from './send-store.ts'
import { readLastInbound, readSignalsOf } from './signal-store.ts'

/** The queue's name of the job that tells a customer that we read or write. */
export const SIGNAL_JOB = 'tell_customer'
/** Meta marks nothing as read that is older. */
const READ_WITHIN_MS = 30 * 24 * 60 * 60 * 1000

export interface Signal {
  readonly workspaceId: string
  readonly conversationId: string
  readonly typing: boolean
}

/**
 * Has the customer told that their messages were read, or that somebody is writing, where the number is set so. `false` when
 * there is no such conversation.
 */
export async function queueSignal(database: Database, signal: Signal): Promise<boolean> {
  const { workspaceId, typing } = signal
  return inWorkspace(database, workspaceId, async (sql) => {
    const set = await readSignalsOf(sql, workspaceId, signal.conversationId)
    if (set === null) return false
    const { conversationId } = set
    const place = { key: `${SIGNAL_JOB}:${conversationId}:${typing ? 'typing' : 'read'}`, attemptsMax: 1 }
    if (typing ? set.typing : set.readReceipts) {
      await addJob(sql, SIGNAL_JOB, { workspaceId, conversationId, typing }, place)
    }
    return true
  })
}

export interface TellDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ask: <T>(token: string, request: GraphRequest<T>) => Promise<GraphAnswer<T>>
  /** Opens the sealed token of a number. */
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

/** Tells it. One that fails is let go: the next reading or writing tells it again. */
export async function tellCustomer(deps: TellDeps, { workspaceId, conversationId, typing }: Signal): Promise<void> {
  const since = new Date(deps.clock.nowMs() - READ_WITHIN_MS)
  const found = await readWorkspace(deps.database, workspaceId, async (sql) => ({
    target: await readSendTarget(sql, workspaceId, conversationId),
    wamid: await readLastInbound(sql, workspaceId, conversationId, since),
  }))
  const { target, wamid } = found
  if (wamid === null || target === null || target.sealedToken === null || !canSend(target.numberState)) return
  const token = deps.openToken(workspaceId, target.numberId, target.sealedToken)
  await deps.ask(token, signalRequest(target.phoneNumberId, wamid, typing))
}
