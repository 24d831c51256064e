import { orderReference } from '../../../contract/payment.ts'
import type { ThreadItem } from './thread-items.ts'

/** First guess of an item's height in pixels, before it is measured: near enough that scrolling does not jump. */
export function estimateHeight(item: ThreadItem | undefined): number {
  if (item === undefined) return 60
  if (item.kind === 'gap') return 96
  if (item.kind !== 'message') return 44
  const { content, author, quote, reactions, payment } = item.message
  const around =
    52 +
    (author === 'customer' || item.continued ? 0 : 22) +
    (quote === null ? 0 : 44) +
    (reactions.length > 0 ? 18 : 0)
  switch (content.type) {
    case 'text':
      return around + 22 * Math.max(0, Math.ceil(content.body.length / 62) - 1)
    case 'image':
    case 'video':
      return around + 200
    case 'template':
      return around + 44 + (content.headerKind === undefined ? 0 : 166)
    case 'sticker':
      return around + 120
    case 'order':
    case 'contacts':
    case 'location':
      return around + 60
    case 'interactive':
      return around + (orderReference(content) === null ? 20 : payment === undefined ? 56 : 104)
    default:
      return around + 20
  }
}
