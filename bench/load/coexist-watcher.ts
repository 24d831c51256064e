import type { Message } from '../../contract/message.ts'
import type { ShownMessage } from './coexist-plan.ts'
import { type StreamAddress, subscribe } from './stream-subscription.ts'

/** What a browser subscribed to all numbers would have seen. Keys: the client id of a member's message, or the wamid. */
export interface CoexistWatcher {
  readonly shown: ReadonlyMap<string, ShownMessage>
  /** `performance.now()` of the first sight of a message, and of its blue ticks. */
  readonly addedAt: ReadonlyMap<string, number>
  readonly readAt: ReadonlyMap<string, number>
  /** The thread of each message. */
  readonly conversationOf: ReadonlyMap<string, string>
  readonly gaps: () => number
  close(): void
}

export async function watchCoexistence(address: StreamAddress): Promise<CoexistWatcher> {
  const shown = new Map<string, ShownMessage>()
  const addedAt = new Map<string, number>()
  const readAt = new Map<string, number>()
  const conversationOf = new Map<string, string>()
  const subscription = await subscribe(address, ({ event }, now) => {
    if (event.type !== 'message.added' && event.type !== 'message.changed') return
    const key = keyOf(event.message)
    const before = shown.get(key)?.added ?? 0
    const added = before + (event.type === 'message.added' ? 1 : 0)
    shown.set(key, { added, delivery: event.message.delivery })
    conversationOf.set(key, event.message.conversationId)
    if (event.type === 'message.added' && before === 0) addedAt.set(key, now)
    if (event.message.delivery === 'read' && !readAt.has(key)) readAt.set(key, now)
  })
  return { ...subscription, shown, addedAt, readAt, conversationOf }
}

function keyOf(message: Message): string {
  return message.clientId ?? message.wamid ?? message.id
}
