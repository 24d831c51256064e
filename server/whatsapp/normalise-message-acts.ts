import type { ChannelEvent, ChannelMessage } from './channel-event.ts'
import { type Change, type Emit, unrecognised } from './normalise-change.ts'
import { contentFault, mediaUrlOf, readContent } from './normalise-content.ts'
import { contextOf } from './normalise-message-context.ts'
import { id, record, type WireRecord, words } from './wire.ts'

/** What every message has, whatever it does. */
export type MessageFact = Pick<
  ChannelMessage,
  'origin' | 'via' | 'direction' | 'customer' | 'wamid' | 'sentAtMs' | 'groupId'
>

/** Reads a `reaction`; taken back, the emoji is empty or not there at all. */
export function readReaction(change: Change, fact: MessageFact, message: WireRecord): ChannelEvent {
  const wire = record(message.reaction)
  const targetWamid = id(wire?.message_id)
  if (targetWamid === null) return withoutTarget(change, 'reaction', message)
  return { type: 'channel.reaction', ...fact, targetWamid, emoji: words(wire?.emoji) }
}

/** Reads a `revoke`: the message it names was deleted for everyone. */
export function readDeletion(change: Change, fact: MessageFact, message: WireRecord): ChannelEvent {
  const targetWamid = id(record(message.revoke)?.original_message_id)
  return targetWamid === null
    ? withoutTarget(change, 'revoke', message)
    : { type: 'channel.delete', ...fact, targetWamid }
}

/** Reads an `edit`: the message it names has another wording. */
export function readEdit(change: Change, fact: MessageFact, message: WireRecord, emit: Emit): void {
  const wire = record(message.edit)
  const targetWamid = id(wire?.original_message_id)
  const edited = record(wire?.message)
  if (targetWamid === null || edited === null) return emit(withoutTarget(change, 'edit', message))
  const content = readContent(edited)
  const url = mediaUrlOf(edited)
  const context = contextOf(edited)
  const more = { ...(url !== null && { mediaUrl: url }), ...(context !== null && { context }) }
  emit({ type: 'channel.edit', ...fact, targetWamid, content, ...more })
  if (content.type === 'unrecognised') emit(unrecognised(change.origin, change.field, contentFault(edited), message))
}

/** Reads a `request_welcome`, sent until 27 March 2026 when somebody opened the chat for the first time. */
export function readOpening(change: Change, fact: MessageFact): ChannelEvent {
  return {
    type: 'channel.notice',
    origin: fact.origin,
    kind: 'click',
    field: change.field,
    event: 'request_welcome',
    atMs: fact.sentAtMs,
    customer: fact.customer,
    data: { id: fact.wamid },
  }
}

function withoutTarget(change: Change, what: string, message: WireRecord): ChannelEvent {
  return unrecognised(change.origin, change.field, `malformed ${what}: it names no message`, message)
}
