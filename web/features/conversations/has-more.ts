import type { BusinessNumber } from '../../../contract/number.ts'
import type { SyncState } from '../../sync/store.ts'
import type { View } from './views.ts'

/** Messages of the day before the connection may still count as live. Milliseconds. */
const MARGIN_MS = 24 * 60 * 60 * 1000

/** Whether paging on can bring anything for this view. */
export function hasMore({ list, inbox }: Pick<SyncState, 'list' | 'inbox'>, view: View): boolean {
  if (list.nextCursor === null) return false
  return view === 'all' || list.reachedMs > unreadFloorMs(Object.values(inbox?.numbers ?? {}))
}

/**
 * Imported history is never unread, so nothing whose last message is older than the first connection can be. Without
 * this, a view of a few unread conversations would page through a hundred thousand read ones.
 */
export function unreadFloorMs(numbers: readonly Pick<BusinessNumber, 'syncs'>[]): number {
  const connectedMs = numbers.map((number) =>
    Math.min(...number.syncs.map((sync) => sync.askedAtMs ?? Number.NEGATIVE_INFINITY)),
  )
  const first = Math.min(...connectedMs)
  return Number.isFinite(first) ? first - MARGIN_MS : Number.NEGATIVE_INFINITY
}
