import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowUp, Inbox, Search } from 'lucide-react'
import { type PointerEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useCommand } from '../../app/commands.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { showOverlay } from '../../app/overlays.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { ConversationRow } from './conversation-row.tsx'
import { hasMore } from './has-more.ts'
import { ImportStrip } from './import-strip.tsx'
import { useUnreadConversations } from './unread.ts'
import { type ListFilter, useListed, useSteadyOrder } from './use-listed.ts'

/** Height of a row in rem, so that it grows with the browser's text size. */
const ROW_REM = { comfortable: 4.125, compact: 3.125 } as const
/** The next page is asked for this many rows before the end. */
const ROWS_AHEAD = 30

export function ConversationList(filter: ListFilter): ReactNode {
  const t = useT()
  const formats = useFormats()
  const listed = useListed(filter)
  const [pointed, setPointed] = useState(false)
  const [order, waiting, release] = useSteadyOrder(listed, pointed)
  const unread = filter.view === 'unread'
  const waitingCount = useUnreadConversations()
  return (
    <>
      <header className="flex items-center gap-2 ps-4 pe-3 pt-3.5 pb-2.5 narrow:ps-2">
        <MenuButton />
        <h1 className="text-lg font-semibold">
          {unread ? t('view.unread') : t('view.all')}
          {filter.numberId !== null && <NumberName id={filter.numberId} />}
        </h1>
        {unread && waitingCount > 0 && <span className="num text-sm text-ink-3">{formats.number(waitingCount)}</span>}
      </header>
      <button
        type="button"
        onClick={() => showOverlay('palette')}
        className="mx-3 mb-2 flex min-h-9 items-center gap-2 rounded-sm border border-line bg-surface-2 px-2.5 text-start text-sm text-ink-3 hover:border-line-strong phone:min-h-11"
      >
        <Search aria-hidden="true" className="size-4" />
        <span className="flex-1">{t('palette.placeholder')}</span>
        <span aria-hidden="true" dir="ltr" className="narrow:hidden">
          <kbd>Ctrl K</kbd>
        </span>
      </button>
      <ImportStrip />
      <div className="relative min-h-0 flex-1">
        {waiting && (
          <button
            type="button"
            onClick={release}
            className="absolute inset-x-0 top-2 z-10 mx-auto flex w-max items-center gap-1.5 rounded-full bg-accent px-3 py-1 text-sm text-accent-ink shadow-lg"
          >
            <ArrowUp aria-hidden="true" className="size-4" />
            {t('list.newOrder')}
          </button>
        )}
        {order.length === 0 ? (
          <NothingListed unread={unread} />
        ) : (
          <Rows order={order} filter={filter} onPointed={setPointed} />
        )}
      </div>
    </>
  )
}

function NumberName({ id }: { readonly id: string }): ReactNode {
  const phone = useSync((state) => state.inbox?.numbers[id]?.displayPhone)
  return phone === undefined ? null : <span className="num ms-2 text-sm font-normal text-ink-3">{phone}</span>
}

function NothingListed({ unread }: { readonly unread: boolean }): ReactNode {
  const t = useT()
  return (
    <div className="grid h-full">
      <Empty icon={<Inbox aria-hidden="true" />} title={unread ? t('list.allRead') : t('list.empty')}>
        {unread ? t('list.allReadLead') : t('list.emptyLead')}
      </Empty>
    </div>
  )
}

function Rows({
  order,
  filter,
  onPointed,
}: {
  readonly order: readonly string[]
  readonly filter: ListFilter
  readonly onPointed: (pointed: boolean) => void
}): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const density = usePreferences((preferences) => preferences.density)
  const more = useSync((state) => hasMore(state, filter.view))
  const scroller = useRef<HTMLDivElement>(null)
  // Asked for every row there is, so it is looked up once.
  const height = useMemo(() => rowHeight(density), [density])
  const virtual = useVirtualizer({
    count: order.length + (more ? 1 : 0),
    getScrollElement: () => scroller.current,
    estimateSize: useCallback(() => height, [height]),
    getItemKey: useCallback((index: number) => order[index] ?? 'more', [order]),
    overscan: 8,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height has to be laid out anew
  useEffect(() => virtual.measure(), [virtual, height])
  useEffect(() => {
    if (more && last >= order.length - ROWS_AHEAD) sync.moreConversations()
  }, [more, last, order.length])
  useMoving(
    order,
    filter,
    useCallback((index) => virtual.scrollToIndex(index, { align: 'auto' }), [virtual]),
  )
  return (
    <div
      ref={scroller}
      className="h-full overflow-y-auto overscroll-contain"
      onPointerEnter={(event) => hovers(event) && onPointed(true)}
      onPointerLeave={(event) => hovers(event) && onPointed(false)}
      data-testid="conversation-list"
    >
      <ul aria-label={t('list.label')} className="relative" style={{ height: virtual.getTotalSize() }}>
        {rows.map((row) => (
          <li
            key={row.key}
            className="absolute inset-x-0"
            style={{ top: row.start, height: row.size }}
            aria-setsize={more ? -1 : order.length}
            aria-posinset={row.index + 1}
          >
            {order[row.index] === undefined ? (
              <RowSkeleton />
            ) : (
              <ConversationRow
                id={order[row.index] ?? ''}
                view={filter.view}
                numberId={filter.numberId}
                open={order[row.index] === filter.openId}
                nowMs={nowMs}
              />
            )}
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A finger rests on what it scrolls; only a pointer that hovers holds the order. */
function hovers(event: PointerEvent): boolean {
  return event.pointerType === 'mouse'
}

/** `j` and `k`: the next and the previous conversation, brought into sight and opened. */
function useMoving(order: readonly string[], filter: ListFilter, show: (index: number) => void): void {
  const navigate = useNavigate()
  const { view, numberId, openId } = filter
  const move = useCallback(
    (step: number) => {
      const at = openId === null ? -1 : order.indexOf(openId)
      const index = Math.min(order.length - 1, Math.max(0, at === -1 ? 0 : at + step))
      const conversationId = order[index]
      if (conversationId === undefined) return
      show(index)
      void navigate({
        to: '/inbox/$view/$conversationId',
        params: { view, conversationId },
        search: numberId === null ? {} : { number: numberId },
      })
    },
    [order, view, numberId, openId, show, navigate],
  )
  useCommand(
    'list.next',
    useCallback(() => move(1), [move]),
  )
  useCommand(
    'list.previous',
    useCallback(() => move(-1), [move]),
  )
}

function RowSkeleton(): ReactNode {
  return (
    <div className="flex h-full items-center gap-3 px-4">
      <Skeleton className="size-9 rounded-full" />
      <div className="flex flex-1 flex-col gap-2">
        <Skeleton className="h-3 w-2/5" />
        <Skeleton className="h-3 w-4/5" />
      </div>
    </div>
  )
}

function rowHeight(density: keyof typeof ROW_REM): number {
  return Math.round(ROW_REM[density] * Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
}
