import { readCall } from './normalise-calls.ts'
import { type Change, type Emit, type PieceReader, unrecognised } from './normalise-change.ts'
import { readAddressBookEntry } from './normalise-contacts-sync.ts'
import { peopleOf } from './normalise-customers.ts'
import { readValueError } from './normalise-errors.ts'
import { readHistoryItem } from './normalise-history.ts'
import { readClick, readConversion, readGroup, readPreference } from './normalise-list-notices.ts'
import { readEcho, readLiveMessage } from './normalise-messages.ts'
import { readStandby } from './normalise-standby.ts'
import { readStatus } from './normalise-statuses.ts'
import { list, record } from './wire.ts'

/**
 * The lists a value may hold, and who reads a piece of each. A list is read wherever it stands: history carries its
 * late media in `messages`, a call's progress comes in `statuses`.
 */
const PARTS: ReadonlyMap<string, PieceReader> = new Map<string, PieceReader>([
  ['messages', readLiveMessage],
  ['message_echoes', readEcho],
  ['statuses', readStatus],
  ['errors', readValueError],
  ['user_actions', readClick],
  ['history', readHistoryItem],
  ['state_sync', readAddressBookEntry],
  ['calls', readCall],
  ['groups', readGroup],
  ['user_preferences', readPreference],
  ['automatic_events', readConversion],
  ['tracking_events', readConversion],
])

/** Fields whose value is lists of pieces. */
const LIST_FIELDS: ReadonlySet<string> = new Set([
  'messages',
  'smb_message_echoes',
  'message_echoes',
  'history',
  'smb_app_state_sync',
  'calls',
  'group_lifecycle_update',
  'group_participants_update',
  'group_settings_update',
  'group_status_update',
  'user_preferences',
  'automatic_events',
])

/** Keys that hold no facts: envelope (`field` in two of Meta's samples), and the people that are joined with the facts. */
const ENVELOPE: ReadonlySet<string> = new Set(['messaging_product', 'metadata', 'contacts', 'field'])

/** Whether a value of this field is read list by list. */
export function isListField(change: Change): boolean {
  if (LIST_FIELDS.has(change.field) || change.field === 'standby') return true
  return change.field === 'tracking_events' && list(change.value.tracking_events) !== null
}

/** Reads every piece of every list of a value. A value with nothing to read is kept as `channel.unrecognised`. */
export function readParts(change: Change, emit: Emit): void {
  const standby = change.field === 'standby' ? standbyPart(change) : null
  if (standby !== null) readStandby(standby, emit)
  const pieces = readLists(change, emit) + (standby === null || standby === change ? 0 : readLists(standby, emit))
  if (pieces === 0)
    emit(unrecognised(change.origin, change.field, 'nothing in it that this version knows', change.value))
}

/** The standby value inside a change with the people in it; the change itself where Meta leaves the wrapping out. */
function standbyPart(change: Change): Change {
  const value = record(change.value.standby)
  if (value === null) return change
  return { ...change, value, people: value.contacts === undefined ? change.people : peopleOf(value.contacts) }
}

/** Gives the number of pieces there were, read or not. */
function readLists(change: Change, emit: Emit): number {
  let count = 0
  for (const key of Object.keys(change.value)) {
    // The wrapping of a standby value is read by itself.
    if (ENVELOPE.has(key) || (key === 'standby' && change.field === 'standby')) continue
    // What Meta adds one day may be no list: it is told and kept like one.
    const pieces = list(change.value[key])
    const read = PARTS.get(key)
    if (pieces !== null && read !== undefined) {
      count += pieces.length
      for (const piece of pieces) read(change, piece, emit)
    } else {
      count++
      const reason = read === undefined ? `unknown part "${key}"` : `malformed ${key}: not a list`
      emit(unrecognised(change.origin, change.field, reason, change.value[key]))
    }
  }
  return count
}
