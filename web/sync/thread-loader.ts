import type { MessagesPage } from '../../contract/api/inbox.ts'
import { MESSAGES_PER_PAGE_MAX } from '../../contract/api/limits.ts'
import type { ConversationId } from '../../contract/ids.ts'
import { type Failure, isTemporary, type Result } from './api.ts'
import { mergeNewestMessages, mergeOlderMessages } from './merge-page.ts'
import type { RecentRows } from './recent-rows.ts'
import { NO_PAGES, type SyncStore, type ThreadPages } from './store.ts'

/** Messages in the first page of a thread, and pages read at most when a thread is loaded anew. */
const FIRST_PAGE = 50
const RELOAD_PAGES_MAX = 20
/** A temporary failure is tried again after this long. Milliseconds. */
const RETRY_MS = 2_000

interface Surroundings {
  get(path: string): Promise<Result<MessagesPage>>
  setTimer(action: () => void, ms: number): () => void
}

/** Loads threads page by page into the store. */
export class ThreadLoader {
  readonly #store: SyncStore
  readonly #recent: RecentRows
  readonly #around: Surroundings
  /** Counts snapshots: an answer to a question from before is of no use. */
  #generation = 0

  constructor(store: SyncStore, recent: RecentRows, around: Surroundings) {
    this.#store = store
    this.#recent = recent
    this.#around = around
  }

  /** Loads the thread when it is not there, or anew when an import put messages into it. */
  ensure(id: ConversationId): void {
    const thread = this.#store.getState().inbox?.threads[id]
    if (this.#pagesOf(id).loading !== 'none' || (thread !== undefined && !thread.stale)) return
    void this.#newest(id, thread?.messages.length ?? 0)
  }

  /** Loads the next page of older messages. */
  async older(id: ConversationId): Promise<void> {
    const { loading, nextCursor } = this.#pagesOf(id)
    if (loading !== 'none' || nextCursor === null) return
    const started = this.#generation
    this.#setPages(id, { loading: 'older', failure: null })
    const answer = await this.#read(id, nextCursor, MESSAGES_PER_PAGE_MAX)
    if (started !== this.#generation) return
    if (!answer.ok) return this.#fail(id, answer.failure, () => void this.older(id))
    if (!this.#merge(mergeOlderMessages, answer.value)) return this.#setPages(id, { loading: 'none' })
    this.#setPages(id, { loading: 'none', nextCursor: answer.value.nextCursor, failure: null })
  }

  /** After a fresh snapshot nothing is loaded, and answers still on their way are not used. */
  forget(): void {
    this.#generation += 1
    this.#store.setState({ threads: {} })
  }

  /** Reads pages until as many messages are there as were shown before, so that a reader's place survives. */
  async #newest(id: ConversationId, wanted: number): Promise<void> {
    const started = this.#generation
    this.#setPages(id, { loading: 'newest', failure: null })
    let all: MessagesPage | null = null
    for (let page = 0; page < RELOAD_PAGES_MAX; page++) {
      const limit = Math.min(MESSAGES_PER_PAGE_MAX, Math.max(FIRST_PAGE, wanted))
      const answer = await this.#read(id, all?.nextCursor ?? null, limit)
      if (started !== this.#generation) return
      if (!answer.ok) return this.#fail(id, answer.failure, () => this.ensure(id))
      all = all === null ? answer.value : withOlder(all, answer.value)
      if (all.nextCursor === null || all.messages.length >= wanted) break
    }
    if (all === null) return
    if (!this.#merge(mergeNewestMessages, all)) return this.#newest(id, wanted)
    const now = all.conversation.id
    if (now !== id) this.#setPages(id, { loading: 'none', failure: null, ledTo: now })
    this.#setPages(now, { loading: 'none', nextCursor: all.nextCursor, failure: null, ledTo: null })
  }

  #read(id: ConversationId, cursor: string | null, limit: number): Promise<Result<MessagesPage>> {
    const query = new URLSearchParams({ limit: String(limit), ...(cursor === null ? {} : { cursor }) })
    return this.#around.get(`/conversations/${encodeURIComponent(id)}/messages?${query}`)
  }

  /** False when rows since the page was read are no longer known, so that it has to be read again. */
  #merge(into: typeof mergeNewestMessages, page: MessagesPage): boolean {
    const newer = this.#recent.after(page.seq)
    if (newer === null) return false
    this.#store.setState((state) => (state.inbox === null ? {} : { inbox: into(state.inbox, page, newer) }))
    return true
  }

  #fail(id: ConversationId, failure: Failure, again: () => void): void {
    this.#setPages(id, { loading: 'none', failure })
    if (isTemporary(failure)) this.#around.setTimer(again, RETRY_MS)
  }

  #pagesOf(id: ConversationId): ThreadPages {
    return this.#store.getState().threads[id] ?? NO_PAGES
  }

  #setPages(id: ConversationId, pages: Partial<ThreadPages>): void {
    this.#store.setState((state) => ({
      threads: { ...state.threads, [id]: { ...(state.threads[id] ?? NO_PAGES), ...pages } },
    }))
  }
}

/** One page of two; it counts as read at the position of the first, so that every later row is applied to all of it. */
function withOlder(newer: MessagesPage, older: MessagesPage): MessagesPage {
  return { ...newer, messages: [...older.messages, ...newer.messages], nextCursor: older.nextCursor }
}
