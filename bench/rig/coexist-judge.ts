import type { ClientBase, Pool } from 'pg'
import type { GraphCall, ShownMessage } from '../load/coexist-plan.ts'
import type { CoexistLine } from '../payload/coexist.ts'

/** So many faults are told in words; all are counted. */
const FAULTS_TOLD_MAX = 10

/** A message as the database holds it. */
export interface StoredMessage {
  readonly wamid: string | null
  readonly clientId: string | null
  readonly author: string
  readonly source: string
  readonly delivery: string | null
  readonly body: string | null
  /** The customer's. */
  readonly phone: string | null
  readonly phoneNumberId: string | null
}

export interface CoexistVerdict {
  /** Not in the database, not on the screen, never given to Graph, without its last tick, or filed wrongly. */
  readonly lost: number
  /** Rows, arrivals or calls of Graph beyond the first, and rows that nobody sent. */
  readonly duplicated: number
  readonly told: readonly string[]
}

/**
 * Takes what was said and what was found in the database, on the screen and at Graph; compares every message. A message
 * counts once, however many things are wrong with it.
 */
export function judgeCoexistence(
  lines: readonly CoexistLine[],
  found: {
    stored: readonly StoredMessage[]
    shown: ReadonlyMap<string, ShownMessage>
    calls: readonly GraphCall[]
  },
): CoexistVerdict {
  const told: string[] = []
  const stored = Map.groupBy(found.stored, (row) => row.clientId ?? row.wamid ?? '')
  const calls = Map.groupBy(found.calls, (call) => call.body)
  let lost = 0
  let duplicated = 0
  const count = (key: string, fault: { lost?: string | null; twice?: string | null }) => {
    if (fault.lost) lost += 1
    if (fault.twice) duplicated += 1
    for (const what of [fault.lost, fault.twice]) if (what && told.length < FAULTS_TOLD_MAX) told.push(`${key} ${what}`)
  }
  for (const line of lines) {
    const key = line.by === 'agent' ? line.clientId : line.message.wamid
    const rows = stored.get(key) ?? []
    const shown = found.shown.get(key)
    const called = line.by === 'agent' ? (calls.get(line.body) ?? []) : []
    stored.delete(key)
    count(key, {
      lost: faultOf(line, rows[0], shown, called[0]),
      twice: moreThanOne({ 'in the database': rows.length, shown: shown?.added ?? 0, sent: called.length }),
    })
  }
  for (const [key, rows] of stored) for (const _row of rows) count(key, { twice: 'stands though nobody sent it' })
  return { lost, duplicated, told }
}

function faultOf(
  line: CoexistLine,
  row: StoredMessage | undefined,
  shown: ShownMessage | undefined,
  call: GraphCall | undefined,
): string | null {
  if (row === undefined) return 'is not in the database'
  if (shown === undefined || shown.added === 0) return 'was never shown'
  const { phone, body } = line.by === 'agent' ? line : line.message
  const must = { author: line.by, source: 'live', body, phone, phoneNumberId: line.number.phoneNumberId }
  for (const [field, value] of Object.entries(must)) {
    const stands = row[field as keyof typeof must]
    if (stands !== value) return `has ${field} ${stands} instead of ${value}`
  }
  return line.by === 'agent' ? sendFaultOf(row, shown, call, must) : null
}

function sendFaultOf(
  row: StoredMessage,
  shown: ShownMessage,
  call: GraphCall | undefined,
  must: { phone: string; phoneNumberId: string },
): string | null {
  if (call === undefined) return 'was never given to Graph'
  if (call.phone !== must.phone || call.phoneNumberId !== must.phoneNumberId)
    return `went from ${call.phoneNumberId} to ${call.phone}`
  if (row.wamid !== call.wamid) return `has the wamid ${row.wamid} instead of ${call.wamid}`
  if (row.delivery !== 'read') return `is ${row.delivery} in the database, and was read`
  return shown.delivery === 'read' ? null : `is shown as ${shown.delivery}, and was read`
}

function moreThanOne(counts: Readonly<Record<string, number>>): string | null {
  const found = Object.entries(counts).find(([, count]) => count > 1)
  return found === undefined ? null : `was ${found[0]} ${found[1]} times`
}

/** Every message of the database, for the judge. */
export async function readStoredMessages(sql: ClientBase | Pool): Promise<StoredMessage[]> {
  const { rows } = await sql.query<StoredMessage>(
    `select m.wamid, m.client_id as "clientId", m.author, m.source, m.delivery, m.content ->> 'body' as body, c.phone,
            n.phone_number_id as "phoneNumberId"
       from message m
       left join business_number n on n.workspace_id = m.workspace_id and n.id = m.number_id
       left join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
       left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id`,
  )
  return rows
}
