import type { ConversationsPage } from '../../contract/api/inbox.ts'
import { CONVERSATIONS_PER_PAGE_MAX } from '../../contract/api/limits.ts'
import type { InboxState } from '../../contract/inbox-state.ts'
import { isTemporary, type Result } from './api.ts'
import { mergeConversationsPage } from './merge-page.ts'
import { reorder } from './order.ts'
import type { RecentRows } from './recent-rows.ts'
import type { SyncStore } from './store.ts'

/** A temporary failure is tried again after this long. Milliseconds. */
const RETRY_MS = 2_000

export interface ListLoader {
  /** Loads the next page of conversations, when there is one and none is on its way. */
  more(): Promise<void>
  forget(): void
}

interface Surroundings {
  get(path: string): Promise<Result<ConversationsPage>>
  setTimer(action: () => void, ms: number): () => void
}

export function listLoader(store: SyncStore, recent: RecentRows, around: Surroundings): ListLoader {
  let generation = 0

  async function more(): Promise<void> {
    const { list } = store.getState()
    if (list.loading || list.nextCursor === null) return
    const started = generation
    store.setState({ list: { ...list, loading: true } })
    const query = new URLSearchParams({ cursor: list.nextCursor, limit: String(CONVERSATIONS_PER_PAGE_MAX) })
    const answer = await around.get(`/conversations?${query}`)
    if (started !== generation) return
    store.setState((state) => ({ list: { ...state.list, loading: false } }))
    if (!answer.ok) {
      if (isTemporary(answer.failure)) around.setTimer(() => void more(), RETRY_MS)
      return
    }
    const newer = recent.after(answer.value.seq)
    if (newer === null) return more()
    put(answer.value, newer)
  }

  function put(page: ConversationsPage, newer: NonNullable<ReturnType<RecentRows['after']>>): void {
    store.setState((state) => {
      if (state.inbox === null) return {}
      const inbox = mergeConversationsPage(state.inbox, page, newer)
      const touched = new Set(page.conversations.map((conversation) => conversation.id))
      return {
        inbox,
        order: reorder(state.order, inbox.conversations, touched),
        list: { loading: false, nextCursor: page.nextCursor, reachedMs: reachedBy(page, state.list.reachedMs) },
      }
    })
  }

  return {
    more,
    forget() {
      generation += 1
    },
  }
}

/** Down to which time of last activity the list is complete; everything, when the last page is here. */
export function reachedBy(page: Pick<ConversationsPage, 'conversations' | 'nextCursor'>, before: number): number {
  if (page.nextCursor === null) return Number.NEGATIVE_INFINITY
  return page.conversations.at(-1)?.lastAtMs ?? before
}

/** The same for the first page, as a snapshot brings it. */
export function reachedBySnapshot(state: InboxState, nextCursor: string | null): number {
  if (nextCursor === null) return Number.NEGATIVE_INFINITY
  return Math.min(...Object.values(state.conversations).map((conversation) => conversation.lastAtMs))
}
