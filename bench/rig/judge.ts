import type { ClientBase, Pool } from 'pg'
import type { SentMessage } from '../payload/webhook.ts'

/** Rows read at a time. */
const PAGE_ROWS = 50_000
/** So many faults are told in words; all are counted. */
const FAULTS_TOLD_MAX = 10

export interface ExpectedMessage {
  readonly message: SentMessage
  /** The same message seen both ways is live. */
  readonly source: 'live' | 'history'
}

export interface Verdict {
  /** Not there, or filed under the wrong customer, author, source or with other words. */
  readonly lost: number
  /** Rows of one wamid beyond the first, and rows nobody sent. */
  readonly duplicated: number
  /** Standing at another place of the thread than WhatsApp's time, then wamid, give. */
  readonly misordered: number
  readonly told: readonly string[]
}

interface Row {
  readonly id: string
  readonly wamid: string
  readonly author: string
  readonly source: string
  readonly sent_ms: string
  readonly body: string | null
  readonly phone: string | null
}

/** Compares every row of `message` with what was sent. */
export async function judgeMessages(
  sql: ClientBase | Pool,
  expected: ReadonlyMap<string, ExpectedMessage>,
): Promise<Verdict> {
  const told: string[] = []
  const tell = (fault: string) => told.length < FAULTS_TOLD_MAX && told.push(fault)
  const seen = new Map<string, number>()
  let wrong = 0
  let duplicated = 0
  let misordered = 0
  for await (const row of storedMessages(sql)) {
    const times = (seen.get(row.wamid) ?? 0) + 1
    seen.set(row.wamid, times)
    const known = expected.get(row.wamid)
    if (known === undefined || times > 1) {
      duplicated += 1
      tell(`${row.wamid} stands ${known === undefined ? 'though nobody sent it' : `${times} times`}`)
      continue
    }
    if (Number(row.sent_ms) !== known.message.atMs) {
      misordered += 1
      tell(`${row.wamid} has the time ${row.sent_ms} instead of ${known.message.atMs}`)
    }
    const fault = misfiled(row, known)
    if (fault === null) continue
    wrong += 1
    tell(`${row.wamid} ${fault}`)
  }
  const missing = [...expected.keys()].filter((wamid) => !seen.has(wamid))
  for (const wamid of missing.slice(0, FAULTS_TOLD_MAX)) tell(`${wamid} is missing`)
  return { lost: missing.length + wrong, duplicated, misordered, told }
}

/** The order in which a thread must stand. */
export function inThreadOrder(messages: readonly SentMessage[]): SentMessage[] {
  return [...messages].sort((a, b) => a.atMs - b.atMs || (a.wamid < b.wamid ? -1 : 1))
}

function misfiled(row: Row, { message, source }: ExpectedMessage): string | null {
  if (row.phone !== message.phone) return `is filed under ${row.phone} instead of ${message.phone}`
  const author = message.by === 'customer' ? 'customer' : 'phone'
  if (row.author !== author) return `is by ${row.author} instead of ${author}`
  if (row.source !== source) return `is ${row.source} instead of ${source}`
  return row.body === message.body ? null : `says ${row.body} instead of ${message.body}`
}

async function* storedMessages(sql: ClientBase | Pool): AsyncGenerator<Row> {
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const { rows } = await sql.query<Row>(
      `select m.id, m.wamid, m.author, m.source, m.content ->> 'body' as body, c.phone,
              (extract(epoch from m.sent_at) * 1000)::bigint as sent_ms
         from message m
         left join conversation v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
         left join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
        where m.id > $1 order by m.id limit ${PAGE_ROWS}`,
      [after],
    )
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < PAGE_ROWS) return
    after = last.id
  }
}
