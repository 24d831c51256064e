import type { OrderContent, OrderItem } from '../../contract/message-content.ts'
import { decimal, id, list, record, type WireRecord, words } from './wire.ts'

/**
 * Takes an `order` message: the cart a customer sent. A cart with an item that cannot be read is not read in part.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages/order
 */
export function readOrder(message: WireRecord): OrderContent | null {
  const wire = record(message.order)
  const catalogId = id(wire?.catalog_id)
  const wireItems = list(wire?.product_items)
  if (catalogId === null || wireItems === null) return null
  const items: OrderItem[] = []
  for (const entry of wireItems) {
    const item = readItem(record(entry))
    if (item === null) return null
    items.push(item)
  }
  const note = words(wire?.text)
  return { type: 'order', catalogId, ...(note !== null && { note }), items }
}

function readItem(wire: WireRecord | null): OrderItem | null {
  const productId = id(wire?.product_retailer_id)
  const quantity = decimal(wire?.quantity)
  const price = decimal(wire?.item_price)
  if (productId === null || quantity === null || price === null) return null
  return { productId, quantity, price, currency: words(wire?.currency) ?? '' }
}
