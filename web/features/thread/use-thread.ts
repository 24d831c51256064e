import { useEffect, useMemo, useState } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { unreadCount } from '../../../contract/inbox-state.ts'
import type { Message } from '../../../contract/message.ts'
import type { Failure } from '../../sync/api.ts'
import { readSync, sync, useSync } from '../../sync/browser.ts'
import { messageOfItem } from '../../sync/outbox.ts'
import { type FirstUnread, firstUnreadOf, withOutbox } from './thread-items.ts'

/** While an import goes on, an open thread is loaded anew at most this often. Milliseconds. */
const RELOAD_PAUSE_MS = 700

/**
 * Sees to it that the thread is loaded, and loaded anew after an import. Gives what went wrong, if anything, and the
 * conversation that this one has gone up in.
 */
export function useThreadLoading(id: ConversationId): {
  readonly failure: Failure | null
  readonly ledTo: ConversationId | null
} {
  const known = useSync((state) => state.inbox?.conversations[id] !== undefined)
  const thread = useSync((state) => state.inbox?.threads[id])
  const pages = useSync((state) => state.threads[id])
  const missing = thread === undefined
  const stale = thread?.stale === true
  const loading = pages !== undefined && pages.loading !== 'none'
  const failed = pages?.failure ?? null
  // A merge that was undone brings it back.
  const ledTo = known ? null : (pages?.ledTo ?? null)
  useEffect(() => {
    if (missing && !loading && failed === null && ledTo === null) sync.ensureThread(id)
  }, [id, missing, loading, failed, ledTo])
  useEffect(() => {
    if (!stale || loading) return
    const timer = setTimeout(() => sync.ensureThread(id), RELOAD_PAUSE_MS)
    return () => clearTimeout(timer)
  }, [id, stale, loading])
  return { failure: failed, ledTo }
}

/** Messages to show: the loaded ones, then what is being sent from here. `undefined` while nothing is loaded. */
export function useMessages(id: ConversationId): readonly Message[] | undefined {
  const messages = useSync((state) => state.inbox?.threads[id]?.messages)
  const outbox = useSync((state) => state.outbox)
  const me = useSync((state) => state.inbox?.me)
  return useMemo(() => {
    if (messages === undefined) return undefined
    const mine = outbox.filter((item) => item.conversationId === id && item.memberId === me)
    return withOutbox(messages, mine.map(messageOfItem))
  }, [messages, outbox, id, me])
}

/** Where the unread messages began when the conversation was opened; it stays until it is left. */
export function useFirstUnread(id: ConversationId, messages: readonly Message[] | undefined): FirstUnread | null {
  const known = useSync((state) => state.inbox?.conversations[id] !== undefined)
  const [unread, setUnread] = useState<number | null>(() => unreadNow(id))
  const [found, setFound] = useState<FirstUnread | null>(null)
  // A conversation that is opened by its address comes with its first page.
  if (unread === null && known) setUnread(unreadNow(id))
  if (found !== null || messages === undefined || unread === null || unread === 0) return found
  const first = firstUnreadOf(messages, unread)
  if (first !== null) setFound(first)
  return first
}

function unreadNow(id: ConversationId): number | null {
  const { inbox } = readSync()
  const conversation = inbox?.conversations[id]
  return inbox === null || conversation === undefined ? null : unreadCount(inbox, conversation)
}

/** Marks the conversation read while its end is before somebody's eyes. */
export function useReading(id: ConversationId, atEnd: boolean, loaded: boolean): void {
  const inboundCount = useSync((state) => state.inbox?.conversations[id]?.inboundCount ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new message of the customer's is looked at anew
  useEffect(() => {
    if (!atEnd || !loaded) return
    const look = () => {
      if (document.visibilityState === 'visible' && document.hasFocus()) sync.markRead(id)
    }
    look()
    addEventListener('focus', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      removeEventListener('focus', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [id, atEnd, loaded, inboundCount])
}
