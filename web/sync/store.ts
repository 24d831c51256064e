import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Session } from '../../contract/api/workspace.ts'
import type { ConversationId } from '../../contract/ids.ts'
import type { InboxState } from '../../contract/inbox-state.ts'
import type { Message } from '../../contract/message.ts'
import type { Failure } from './api.ts'
import type { LinkState } from './connection.ts'
import type { OutboxItem } from './outbox.ts'

/** The one place the screens read from. Only `web/sync` writes it. */
export interface SyncState {
  /** `null` until the first answer. */
  readonly session: Session | null
  /** `null` until the first snapshot. */
  readonly inbox: InboxState | null
  readonly feedId: string
  /** Why the first load has not succeeded yet; it goes on being tried. */
  readonly startFailure: Failure | null
  readonly link: LinkState
  /** Ids of `inbox.conversations`, newest activity first. */
  readonly order: readonly ConversationId[]
  readonly list: ListPages
  readonly threads: Readonly<Record<ConversationId, ThreadPages>>
  readonly outbox: readonly OutboxItem[]
  /** Server's clock less this machine's, in milliseconds: a simulated server lives in a time of its own. */
  readonly clockSkewMs: number
  /** The customer's message that came last, or a message of this member's that has failed since, for the announcement. */
  readonly arrival: Message | null
}

export interface ListPages {
  readonly nextCursor: string | null
  /** Last activity of the oldest conversation that paging has reached; older ones are known only by chance. */
  readonly reachedMs: number
  readonly loading: boolean
}

export interface ThreadPages {
  readonly nextCursor: string | null
  readonly loading: 'none' | 'newest' | 'older'
  readonly failure: Failure | null
  /** The conversation has gone up in this other one, where its messages are. */
  readonly ledTo: ConversationId | null
}

export type SyncStore = StoreApi<SyncState>

export const EMPTY: SyncState = {
  session: null,
  inbox: null,
  feedId: '',
  startFailure: null,
  link: 'connecting',
  order: [],
  list: { nextCursor: null, reachedMs: 0, loading: false },
  threads: {},
  outbox: [],
  clockSkewMs: 0,
  arrival: null,
}

export const NO_PAGES: ThreadPages = { nextCursor: null, loading: 'none', failure: null, ledTo: null }

export function createSyncStore(): SyncStore {
  return createStore<SyncState>(() => EMPTY)
}
