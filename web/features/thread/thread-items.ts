import type { CaptureGap } from '../../../contract/api/gaps.ts'
import type { Message } from '../../../contract/message.ts'
import { NO_GAPS, type ThreadGaps } from '../gaps/thread-gaps.ts'

/** What stands in a thread, from top to bottom. */
export type ThreadItem =
  | { readonly kind: 'beginning'; readonly key: string }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: CaptureGap }
  | { readonly kind: 'day'; readonly key: string; readonly atMs: number }
  | { readonly kind: 'unread'; readonly key: string; readonly count: number }
  | { readonly kind: 'system'; readonly key: string; readonly message: Message }
  | { readonly kind: 'message'; readonly key: string; readonly message: Message; readonly continued: boolean }

export interface FirstUnread {
  readonly messageId: string
  readonly count: number
}

/** Messages of one author within this time stand close together and are named once. Milliseconds. */
const CONTINUED_WITHIN_MS = 3 * 60_000

/**
 * Lays a thread out: a line before each day, one before the first unread message, the beginning when nothing older
 * exists; where something is missing, a line that says so. `dayOf` gives the calendar day an instant falls on where the reader is.
 */
export function threadItems(
  messages: readonly Message[],
  options: {
    readonly hasOlder: boolean
    readonly firstUnread: FirstUnread | null
    readonly dayOf: (ms: number) => string
    readonly gaps?: ThreadGaps
  },
): readonly ThreadItem[] {
  const { beginning, between } = options.gaps ?? NO_GAPS
  const items: ThreadItem[] = options.hasOlder ? [] : [{ kind: 'beginning', key: 'beginning' }]
  if (!options.hasOlder && beginning !== null) items.push(gapItem(beginning))
  let previous: Message | null = null
  for (const message of messages) {
    if (previous !== null) items.push(...gapsBetween(between, previous, message).map(gapItem))
    const day = options.dayOf(message.sentAtMs)
    const newDay = previous === null || options.dayOf(previous.sentAtMs) !== day
    if (newDay) items.push({ kind: 'day', key: `day ${day}`, atMs: message.sentAtMs })
    const unreadHere = options.firstUnread?.messageId === message.id
    if (unreadHere) items.push({ kind: 'unread', key: 'unread', count: options.firstUnread?.count ?? 0 })
    items.push(itemOf(message, !newDay && !unreadHere && continues(previous, message)))
    previous = message
  }
  // One that goes on stands at the end: nothing that is said now comes in.
  const open = between.filter((gap) => gap.untilMs === null && previous !== null && previous.sentAtMs <= gap.sinceMs)
  return [...items, ...open.map(gapItem)]
}

function gapItem(gap: CaptureGap): ThreadItem {
  return { kind: 'gap', key: `gap ${gap.key}`, gap }
}

/** A gap stands before the first message that is younger than its beginning. */
function gapsBetween(gaps: readonly CaptureGap[], before: Message, after: Message): readonly CaptureGap[] {
  return gaps.filter(({ sinceMs }) => before.sentAtMs <= sinceMs && sinceMs < after.sentAtMs)
}

/**
 * The first of the last `unread` messages the customer wrote live; `null` when there is none, or when it is older than
 * what is loaded.
 */
export function firstUnreadOf(messages: readonly Message[], unread: number): FirstUnread | null {
  if (unread <= 0) return null
  let left = unread
  for (const message of messages.toReversed()) {
    if (message.author !== 'customer' || message.source !== 'live') continue
    left -= 1
    if (left === 0) return { messageId: message.id, count: unread }
  }
  return null
}

/** Messages and, after them, what is written here and not confirmed; a confirmed one stands once. */
export function withOutbox(messages: readonly Message[], outbox: readonly Message[]): readonly Message[] {
  if (outbox.length === 0) return messages
  const confirmed = new Set(messages.map((message) => message.clientId))
  return [...messages, ...outbox.filter((message) => !confirmed.has(message.clientId))]
}

/** The key stays the same from the first bubble to the confirmed message. */
function itemOf(message: Message, continued: boolean): ThreadItem {
  const key = message.clientId ?? message.id
  return isLine(message) ? { kind: 'system', key, message } : { kind: 'message', key, message, continued }
}

/** Nobody's writing: a line of WhatsApp's own, or a call. */
function isLine({ content }: Message): boolean {
  return content.type === 'system' || content.type === 'call'
}

function continues(previous: Message | null, message: Message): boolean {
  return (
    previous !== null &&
    !isLine(previous) &&
    previous.author === message.author &&
    previous.memberId === message.memberId &&
    previous.reactions.length === 0 &&
    message.sentAtMs - previous.sentAtMs < CONTINUED_WITHIN_MS
  )
}
