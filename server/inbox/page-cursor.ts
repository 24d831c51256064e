import { z } from 'zod'

/**
 * A place in a list, as an opaque string: the sort key of the last row given. What comes back from outside is checked
 * like any other input.
 */
export interface ConversationPlace {
  readonly lastAtMs: number
  readonly id: string
}

export interface MessagePlace {
  readonly sentAtMs: number
  readonly wamid: string | null
  readonly id: string
}

const instant = z.int().min(-8_640_000_000_000_000).max(8_640_000_000_000_000)
const conversationPlace = z.tuple([instant, z.uuid()])
const messagePlace = z.tuple([instant, z.string().max(300).nullable(), z.uuid()])

export function writeConversationCursor(place: ConversationPlace): string {
  return write([place.lastAtMs, place.id])
}

/** `null` when the string is no cursor of ours. */
export function readConversationCursor(cursor: string): ConversationPlace | null {
  const read = conversationPlace.safeParse(parse(cursor))
  return read.success ? { lastAtMs: read.data[0], id: read.data[1] } : null
}

export function writeMessageCursor(place: MessagePlace): string {
  return write([place.sentAtMs, place.wamid, place.id])
}

/** `null` when the string is no cursor of ours. */
export function readMessageCursor(cursor: string): MessagePlace | null {
  const read = messagePlace.safeParse(parse(cursor))
  return read.success ? { sentAtMs: read.data[0], wamid: read.data[1], id: read.data[2] } : null
}

function write(parts: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    // Whatever it is, no schema takes it.
    return undefined
  }
}
