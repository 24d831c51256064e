import type { Message } from '../../../contract/message.ts'
import { type BusinessNumber, canSend } from '../../../contract/number.ts'
import { type WindowFacts, windowLeftMs } from '../../../contract/reply-window.ts'

/** Whether one can write now, and if not, why not. */
export type Writing =
  | { readonly kind: 'open'; readonly leftMs: number }
  | { readonly kind: 'closed'; readonly everWrote: boolean }
  | { readonly kind: 'not_sending' }

export function writingOf(
  conversation: WindowFacts,
  number: Pick<BusinessNumber, 'state'> | undefined,
  nowMs: number,
): Writing {
  if (number === undefined || !canSend(number.state)) return { kind: 'not_sending' }
  const leftMs = windowLeftMs(conversation, nowMs)
  return leftMs === null || leftMs === 0 ? { kind: 'closed', everWrote: leftMs !== null } : { kind: 'open', leftMs }
}

/**
 * What the phone said since a draft was begun: then the draft waits until its writer has seen it. `sinceId` is the last
 * message when the draft was begun.
 */
export function phoneAnsweredSince(messages: readonly Message[], sinceId: string | null): boolean {
  if (sinceId === null) return false
  const since = messages.findIndex((message) => message.id === sinceId)
  return messages
    .slice(since + 1)
    .some((message) => message.author === 'phone' && message.source === 'live' && since >= 0)
}

/** How many of our messages of a thread wait until their number can send. */
export function heldIn(messages: readonly Pick<Message, 'delivery' | 'clientId' | 'wamid'>[]): number {
  return messages.filter(
    ({ delivery, clientId, wamid }) => delivery === 'queued' && clientId !== null && wamid === null,
  ).length
}
