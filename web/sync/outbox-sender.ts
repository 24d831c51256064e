import type { SendMessageAnswer, SendMessageBody } from '../../contract/api/inbox.ts'
import { type Failure, isTemporary, type Result } from './api.ts'
import { backoffMs } from './backoff.ts'
import { mergeAnsweredMessage } from './merge-page.ts'
import { dropOutboxItem, keepOutboxItem, type OutboxItem, type OutboxStorage, quoteWamidOf } from './outbox.ts'
import type { SyncStore } from './store.ts'

export interface OutboxSurroundings {
  readonly storage: OutboxStorage
  post(path: string, body: unknown): Promise<Result<SendMessageAnswer>>
  setTimer(action: () => void, ms: number): () => void
  random(): number
}

export interface OutboxSender {
  /** Takes a message: its bubble stands at once, it is kept, then sent. */
  add(item: OutboxItem): void
  /**
   * Sends a refused one again, under the same client id: the server stored nothing of it. `costConfirmed`: although the budget is
   * spent.
   */
  retry(clientId: string, costConfirmed: boolean): void
  /** Gives a refused one up. */
  discard(clientId: string): void
  /** Tries everything that waits: the server is back, or the page was loaded. */
  flush(): void
}

/**
 * Sends the outbox, one message after the other within a conversation, so that they arrive in the order they were written.
 * Safe to repeat: the client id is the server's idempotency key.
 */
export function outboxSender(store: SyncStore, around: OutboxSurroundings): OutboxSender {
  const busy = new Set<string>()
  let attempt = 0
  let cancelTimer = () => {}

  async function sendNext(conversationId: string): Promise<void> {
    if (busy.has(conversationId)) return
    const item = nextItem(store, conversationId)
    if (item === undefined) return
    busy.add(conversationId)
    const answer = await around.post(`/conversations/${conversationId}/messages`, bodyOf(item))
    busy.delete(conversationId)
    if (answer.ok) return confirm(item, answer.value)
    if (isTemporary(answer.failure)) return later()
    refuse(item, answer.failure)
  }

  function confirm(item: OutboxItem, answer: SendMessageAnswer): void {
    attempt = 0
    dropOutboxItem(around.storage, item.clientId)
    store.setState((state) => ({
      outbox: state.outbox.filter((other) => other.clientId !== item.clientId),
      inbox: state.inbox === null ? null : mergeAnsweredMessage(state.inbox, answer.message),
    }))
    void sendNext(item.conversationId)
  }

  function refuse(item: OutboxItem, failure: Failure): void {
    replace({ ...item, refusal: failure })
    void sendNext(item.conversationId)
  }

  function later(): void {
    cancelTimer()
    cancelTimer = around.setTimer(flush, backoffMs(attempt, around.random()))
    attempt += 1
  }

  function replace(item: OutboxItem): void {
    keepOutboxItem(around.storage, item)
    store.setState((state) => ({
      outbox: state.outbox.map((other) => (other.clientId === item.clientId ? item : other)),
    }))
  }

  function flush(): void {
    const conversations = new Set(store.getState().outbox.map((item) => item.conversationId))
    for (const id of conversations) void sendNext(id)
  }

  return {
    flush,
    add(item) {
      keepOutboxItem(around.storage, item)
      store.setState((state) => ({ outbox: [...state.outbox, item] }))
      void sendNext(item.conversationId)
    },
    retry(clientId, costConfirmed) {
      const item = store.getState().outbox.find((other) => other.clientId === clientId)
      if (item === undefined) return
      replace({ ...item, refusal: null, ...(costConfirmed ? { costConfirmed } : {}) })
      void sendNext(item.conversationId)
    },
    discard(clientId) {
      dropOutboxItem(around.storage, clientId)
      store.setState((state) => ({ outbox: state.outbox.filter((item) => item.clientId !== clientId) }))
    },
  }
}

/** What waits in a conversation and belongs to the member acting here. */
function nextItem(store: SyncStore, conversationId: string): OutboxItem | undefined {
  const { outbox, inbox } = store.getState()
  return outbox.find(
    (item) => item.conversationId === conversationId && item.refusal === null && item.memberId === inbox?.me,
  )
}

function bodyOf(item: OutboxItem): SendMessageBody {
  const quoteWamid = quoteWamidOf(item)
  return {
    clientId: item.clientId,
    content: (item.template ?? item.outgoing)?.content ?? { type: 'text', body: item.body },
    ...(quoteWamid === undefined ? {} : { quoteWamid }),
    ...(item.costConfirmed === true ? { costConfirmed: true } : {}),
    ...(item.againOf === undefined ? {} : { againOf: item.againOf }),
    ...item.plan,
  }
}
