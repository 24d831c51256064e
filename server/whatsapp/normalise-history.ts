import type { Customer } from './channel-event.ts'
import { type Change, type Emit, type PieceReader, unrecognised } from './normalise-change.ts'
import { customerOf, mergeCustomers } from './normalise-customers.ts'
import { readValueError } from './normalise-errors.ts'
import { readImportedMessage } from './normalise-messages.ts'
import { list, record, type WireRecord, whole } from './wire.ts'

/**
 * Reads one of `value.history`: a chunk with its threads, or the refusal to share any. The events of the messages come
 * first, the chunk's own after them: who has seen it has seen all its messages.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/history
 */
export const readHistoryItem: PieceReader = (change, piece, emit) => {
  const wire = record(piece)
  if (wire === null) return emit(unrecognised(change.origin, change.field, 'malformed history: not an object', piece))
  const errors = list(wire.errors) ?? []
  for (const error of errors) readValueError(change, error, emit)
  const hasChunk = wire.metadata !== undefined || wire.threads !== undefined
  if (hasChunk) return readChunk(change, wire, emit)
  if (errors.length === 0) {
    emit(unrecognised(change.origin, change.field, 'malformed history: neither chunk nor error', piece))
  }
}

function readChunk(change: Change, wire: WireRecord, emit: Emit): void {
  const metadata = record(wire.metadata)
  const phase = whole(metadata?.phase)
  const chunkOrder = whole(metadata?.chunk_order)
  const progressPercent = whole(metadata?.progress)
  const threads = list(wire.threads)
  if (threads === null && wire.threads !== undefined) {
    emit(unrecognised(change.origin, change.field, 'malformed history: threads are no list', wire.threads))
  }
  let messages = 0
  for (const thread of threads ?? []) messages += readThread(change, thread, phase, emit)
  if (phase === null || chunkOrder === null || progressPercent === null) {
    emit(
      unrecognised(change.origin, change.field, 'malformed history: no phase, chunk order or progress', wire.metadata),
    )
    return
  }
  emit({
    type: 'channel.history_chunk',
    origin: change.origin,
    phase,
    chunkOrder,
    progressPercent,
    threads: threads?.length ?? 0,
    messages,
  })
}

/** Gives the number of messages in the thread. */
function readThread(change: Change, piece: unknown, phase: number | null, emit: Emit): number {
  const thread = record(piece)
  const messages = list(thread?.messages)
  if (thread === null || messages === null) {
    emit(unrecognised(change.origin, change.field, 'malformed thread of history: no list of messages', piece))
    return 0
  }
  const imported = { customer: threadCustomer(change, thread), phase }
  for (const message of messages) readImportedMessage(change, message, imported, emit)
  return messages.length
}

/** The thread's `id` is the customer's number and may be missing; its `context` names them by every identifier. */
function threadCustomer(change: Change, thread: WireRecord): Customer | null {
  const context = record(thread.context)
  const byId = customerOf(change.people, { address: thread.id, userId: undefined, parentUserId: undefined })
  const byContext =
    context === null
      ? null
      : customerOf(change.people, {
          address: context.wa_id,
          userId: context.user_id,
          parentUserId: context.parent_user_id,
          username: context.username,
        })
  if (byId === null || byContext === null) return byId ?? byContext
  return mergeCustomers(byContext, byId)
}
