import type { GraphErrorFact } from './channel-event.ts'
import { type PieceReader, unrecognised } from './normalise-change.ts'
import { list, record, text, whole, words } from './wire.ts'

/** "History sync is turned off by the business": the person at the phone chose not to share chats. */
const HISTORY_DECLINED_CODE = 2593109

/**
 * Reads one of `value.errors` (or of a history item's): Meta reports something of its own, tied to no message.
 * The refusal of history sharing is a fact of its own.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const readValueError: PieceReader = (change, piece, emit) => {
  const error = readError(piece)
  if (error === null) return emit(unrecognised(change.origin, change.field, 'malformed error: no code', piece))
  if (error.code === HISTORY_DECLINED_CODE) {
    const { code, title, details } = error
    const more = details === null ? {} : { details }
    return emit({ type: 'channel.history_declined', origin: change.origin, code, title, ...more })
  }
  emit({ type: 'channel.error', origin: change.origin, ...error })
}

/** Takes a list of errors, gives those with a code, and apart what could not be read. */
export function readErrorList(value: unknown): { errors: GraphErrorFact[]; unread: unknown[] } {
  const wires = list(value)
  if (wires === null) return { errors: [], unread: value === undefined || value === null ? [] : [value] }
  const errors: GraphErrorFact[] = []
  const unread: unknown[] = []
  for (const wire of wires) {
    const error = readError(wire)
    if (error === null) unread.push(wire)
    else errors.push(error)
  }
  return { errors, unread }
}

function readError(piece: unknown): GraphErrorFact | null {
  const wire = record(piece)
  const code = whole(wire?.code)
  if (wire === null || code === null) return null
  const title = words(wire.title) ?? text(wire.message) ?? ''
  const message = words(wire.message)
  const href = words(wire.href)
  return {
    code,
    title,
    ...(message !== null && message !== title && { message }),
    ...(href !== null && { href }),
    details: words(record(wire.error_data)?.details) ?? words(wire.details),
  }
}
