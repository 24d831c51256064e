import type { Referral } from '../../contract/message-content.ts'
import type { ChannelMessage } from './channel-event.ts'
import { id, phone, record, type WireRecord, words } from './wire.ts'

/** What a message answers: another message, or a product of the catalogue. `null` when it answers nothing. */
export function contextOf(message: WireRecord): ChannelMessage['context'] {
  if (message.context === undefined) return null
  const context = record(message.context)
  const wamid = id(context?.id)
  const productId = id(record(context?.referred_product)?.product_retailer_id)
  if (wamid === null && productId === null) return null
  const from = phone(context?.from)
  const catalogId = id(record(context?.referred_product)?.catalog_id)
  return { wamid, productId, ...(from !== null && { from }), ...(catalogId !== null && { catalogId }) }
}

/** Whether a message was passed on, and whether often. */
export function forwardedOf(message: WireRecord): ChannelMessage['forwarded'] {
  if (message.context === undefined) return 'no'
  const context = record(message.context)
  if (context?.frequently_forwarded === true) return 'often'
  return context?.forwarded === true ? 'once' : 'no'
}

/**
 * The advertisement or post that led the customer in; `clickId` is missing for advertisements in a status.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/text
 */
export function referralOf(message: WireRecord): Referral | null {
  const wire = message.referral === undefined ? null : record(message.referral)
  if (wire === null) return null
  const imageUrl = words(wire.image_url)
  const thumbnailUrl = words(wire.thumbnail_url)
  const videoUrl = words(wire.video_url)
  const welcome = words(record(wire.welcome_message)?.text)
  return {
    sourceType: words(wire.source_type),
    sourceId: id(wire.source_id),
    sourceUrl: words(wire.source_url),
    headline: words(wire.headline),
    body: words(wire.body),
    mediaType: words(wire.media_type),
    imageUrl: imageUrl ?? thumbnailUrl,
    clickId: words(wire.ctwa_clid),
    ...(videoUrl !== null && { videoUrl }),
    ...(imageUrl !== null && thumbnailUrl !== null && { thumbnailUrl }),
    ...(welcome !== null && { welcome }),
  }
}

type HistoryStatus = NonNullable<ChannelMessage['historyStatus']>

/** Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history */
const HISTORY_STATUSES: ReadonlyMap<string, HistoryStatus> = new Map<string, HistoryStatus>([
  ['ERROR', 'failed'],
  ['PENDING', 'queued'],
  ['SENT', 'sent'],
  ['DELIVERED', 'delivered'],
  ['READ', 'read'],
  ['PLAYED', 'played'],
])

/** How far an imported message had come, as the phone saw it; `unknown` holds a word this version does not know. */
export function historyStatusOf(message: WireRecord): { status: HistoryStatus | null; unknown: string | null } {
  const word = words(record(message.history_context)?.status)
  const status = word === null ? null : (HISTORY_STATUSES.get(word.toUpperCase()) ?? null)
  return { status, unknown: status === null ? word : null }
}
