import type { ChannelEvent, ChannelUnrecognised, Origin } from './channel-event.ts'
import type { People } from './normalise-customers.ts'
import { keepable, type WireRecord } from './wire.ts'

/** One change of a webhook, opened: what every family of readers takes. */
export interface Change {
  readonly field: string
  readonly value: WireRecord
  readonly origin: Origin
  /** `entry.id` where it is a business or an app, since the account is named within. */
  readonly otherEntryId: string | null
  /** Meta's time of the entry (account fields have one, messages do not). */
  readonly atMs: number | null
  /** The value's `contacts`, to be joined with its messages and statuses. */
  readonly people: People
}

export type Emit = (event: ChannelEvent) => void

/** Reads one piece of a change: emits at least one event for it, and never throws. */
export type PieceReader = (change: Change, piece: unknown, emit: Emit) => void

/** Keeps a piece whole that could not be read, with the reason a person will see. */
export function unrecognised(origin: Origin, field: string | null, reason: string, wire: unknown): ChannelUnrecognised {
  return { type: 'channel.unrecognised', origin, field, reason, wire: keepable(wire) }
}
