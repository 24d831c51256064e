import { setTimeout as pause } from 'node:timers/promises'
import { type SendDeps, type SendOutcome, type SendRequest, sendMessages } from './send-message.ts'

/** Messages that are taken in one transaction at most. */
const TOGETHER_MAX = 32
/**
 * Milliseconds from one taking of a workspace to its next: what comes meanwhile is taken together. A transaction costs much
 * more than a message more in it; who writes alone never waits.
 */
const INTERVAL_MS = 15

interface Waiting {
  readonly request: SendRequest
  readonly resolve: (outcome: SendOutcome) => void
  readonly reject: (error: unknown) => void
}

/**
 * Gives the way by which members' messages are taken: what comes while others of the workspace are being taken is taken
 * together after them. They would wait for each other anyway, each for its own commit.
 */
export function takeSends(deps: SendDeps): (request: SendRequest) => Promise<SendOutcome> {
  const queues = new Map<string, Waiting[]>()
  return (request) =>
    new Promise((resolve, reject) => {
      const waiting = { request, resolve, reject }
      const queue = queues.get(request.workspaceId)
      if (queue !== undefined) return void queue.push(waiting)
      const fresh = [waiting]
      queues.set(request.workspaceId, fresh)
      void takeAll(request.workspaceId, fresh)
    })

  async function takeAll(workspaceId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) {
      const nextMs = performance.now() + INTERVAL_MS
      await takeSome(deps, workspaceId, queue.splice(0, TOGETHER_MAX))
      const restMs = nextMs - performance.now()
      if (restMs > 0 && queue.length < TOGETHER_MAX) await pause(restMs)
    }
    queues.delete(workspaceId)
  }
}

/** One that cannot be taken keeps no other from being taken. */
async function takeSome(deps: SendDeps, workspaceId: string, some: readonly Waiting[]): Promise<void> {
  // Conversations in one order, whoever writes several of them.
  const ordered = some.toSorted((a, b) => (a.request.conversationId < b.request.conversationId ? -1 : 1))
  try {
    const outcomes = await sendMessages(
      deps,
      workspaceId,
      ordered.map(({ request }) => request),
    )
    for (const [index, { resolve }] of ordered.entries()) resolve(outcomes[index] as SendOutcome)
  } catch (error) {
    if (some.length === 1) return some[0]?.reject(error)
    for (const one of some) await takeSome(deps, workspaceId, [one])
  }
}
