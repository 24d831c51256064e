import type { Change, Emit } from './normalise-change.ts'
import { noticeOf } from './normalise-notice.ts'
import { list } from './wire.ts'

/** The lists a standby value may hold. */
const LISTS = ['messages', 'message_echoes', 'statuses'] as const

/**
 * Tells that another partner owns the thread: one notice with how much of what came. The messages themselves follow
 * as events of their own, `via: 'standby'`.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/standby
 */
export function readStandby(change: Change, emit: Emit): void {
  const data: Record<string, number> = {}
  for (const name of LISTS) {
    const count = list(change.value[name])?.length ?? 0
    if (count > 0) data[name] = count
  }
  emit(noticeOf(change, 'standby', { event: null, atMs: null, data }))
}
