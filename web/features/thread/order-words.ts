import type { MessageKey } from '../../app/language.ts'

/** What can become of an order, by Meta's word. */
export const ORDER_STATE_WORDS = {
  processing: 'build.order.processing',
  partially_shipped: 'build.order.partially_shipped',
  shipped: 'build.order.shipped',
  completed: 'build.order.completed',
  canceled: 'build.order.canceled',
} satisfies Record<string, MessageKey>
