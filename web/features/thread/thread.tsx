import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Skeleton } from '../../ui/states.tsx'
import { useThreadGaps } from '../gaps/use-thread-gaps.ts'
import { estimateHeight } from './estimate-height.ts'
import { MessageRow } from './message-row.tsx'
import { type ThreadItem, threadItems } from './thread-items.ts'
import { useJumpToQuoted } from './use-jump.ts'
import { useFirstUnread, useMessages, useReading } from './use-thread.ts'

/** How near to the end counts as reading along, and how near to the start asks for older messages. Pixels, items. */
const END_THRESHOLD_PX = 120
const ITEMS_AHEAD = 12

/** The messages of a conversation; only those in sight exist in the page. */
export function Thread({ id }: { readonly id: ConversationId }): ReactNode {
  const messages = useMessages(id)
  const firstUnread = useFirstUnread(id, messages)
  const hasOlder = useSync((state) => state.inbox?.threads[id]?.hasOlder ?? true)
  const gaps = useThreadGaps(id)
  const items = useMemo(
    () =>
      messages === undefined
        ? null
        : threadItems(messages, { hasOlder, firstUnread, gaps, dayOf: (ms) => new Date(ms).toDateString() }),
    [messages, hasOlder, firstUnread, gaps],
  )
  if (items === null) return <Loading id={id} />
  return <Items id={id} items={items} />
}

function Items({ id, items }: { readonly id: ConversationId; readonly items: readonly ThreadItem[] }): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const scroller = useRef<HTMLElement>(null)
  const [atEnd, setAtEnd] = useState(true)
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: useCallback((index: number) => estimateHeight(items[index]), [items]),
    getItemKey: useCallback((index: number) => items[index]?.key ?? index, [items]),
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END_THRESHOLD_PX,
    overscan: 8,
    paddingStart: 16,
    paddingEnd: 16,
    onChange: (instance) => setAtEnd(instance.isAtEnd(END_THRESHOLD_PX)),
  })
  const rows = virtual.getVirtualItems()
  const jump = useJumpToQuoted(
    id,
    items,
    useCallback((index) => virtual.scrollToIndex(index, { align: 'center' }), [virtual]),
  )
  useOpening(virtual, items)
  useOlder(id, rows[0]?.index ?? 0)
  useOwnMessages(virtual, items)
  useReading(id, atEnd, true)
  return (
    <div className="relative min-h-0 flex-1">
      <OlderState id={id} />
      <section
        ref={scroller}
        aria-label={t('thread.messages')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: scrolling by key needs focus, and nothing else in here may have any
        tabIndex={0}
        data-testid="thread"
        className="h-full overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
      >
        <ol className="relative" style={{ height: virtual.getTotalSize() }}>
          {rows.map((row) => {
            const item = items[row.index]
            if (item === undefined) return null
            return (
              <li
                key={row.key}
                ref={virtual.measureElement}
                data-index={row.index}
                className="absolute inset-x-0"
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <MessageRow item={item} nowMs={nowMs} flash={jump.flashKey === item.key} onJump={jump.to} />
              </li>
            )
          })}
        </ol>
      </section>
      {!atEnd && <ToEnd onPress={() => virtual.scrollToEnd()} />}
      <p role="status" className="sr-only">
        {jump.lost ? t('quote.lost') : ''}
      </p>
    </div>
  )
}

function ToEnd({ onPress }: { readonly onPress: () => void }): ReactNode {
  const t = useT()
  return (
    <button
      type="button"
      onClick={onPress}
      className="absolute end-5 bottom-4 flex min-h-9 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm text-ink-2 shadow-lg hover:text-ink phone:min-h-11"
    >
      <ArrowDown aria-hidden="true" className="size-4" />
      {t('thread.toEnd')}
    </button>
  )
}

type ThreadVirtualizer = ReturnType<typeof useVirtualizer<HTMLElement, Element>>

/** At the first unread message when there is one, else at the end. */
function useOpening(virtual: ThreadVirtualizer, items: readonly ThreadItem[]): void {
  const opened = useRef(false)
  useLayoutEffect(() => {
    if (opened.current || items.length === 0) return
    opened.current = true
    const unread = items.findIndex((item) => item.kind === 'unread')
    if (unread > 0) virtual.scrollToIndex(unread, { align: 'start' })
    else virtual.scrollToEnd()
  }, [virtual, items])
}

function useOlder(id: ConversationId, firstIndex: number): void {
  const ready = useSync((state) => state.threads[id]?.loading === 'none' && state.threads[id]?.nextCursor !== null)
  useEffect(() => {
    if (ready && firstIndex <= ITEMS_AHEAD) sync.olderMessages(id)
  }, [id, ready, firstIndex])
}

/** What I have just sent is always brought into sight, wherever I was reading. */
function useOwnMessages(virtual: ThreadVirtualizer, items: readonly ThreadItem[]): void {
  const last = items.at(-1)
  const mine =
    last?.kind === 'message' && last.message.delivery === 'queued' && last.message.id === last.message.clientId
      ? last.key
      : null
  useLayoutEffect(() => {
    if (mine !== null) virtual.scrollToEnd()
  }, [virtual, mine])
}

function OlderState({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const pages = useSync((state) => state.threads[id])
  if (pages === undefined || (pages.loading !== 'older' && pages.failure === null)) return null
  return (
    <p
      role="status"
      className="absolute inset-x-0 top-2 z-10 mx-auto w-max rounded-full border border-line bg-surface px-3 py-0.5 text-sm text-ink-2 shadow-sm"
    >
      {pages.failure === null ? t('thread.loadingOlder') : failureWords(t, pages.failure)}
    </p>
  )
}

function Loading({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const failure = useSync((state) => state.threads[id]?.failure ?? null)
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-end gap-3 overflow-hidden px-7 py-5" aria-busy="true">
      <p role="status" className={failure === null ? 'sr-only' : 'text-center text-ink-2'}>
        {failure === null ? t('thread.loading') : failureWords(t, failure)}
      </p>
      <Skeleton className="h-12 w-2/5" />
      <Skeleton className="h-10 w-1/2 self-end" />
      <Skeleton className="h-16 w-1/3" />
      <Skeleton className="h-10 w-2/5 self-end" />
    </div>
  )
}
