import type { LoadResult } from './load/plan.ts'
import type { HistoryImport } from './payload/history.ts'
import { seeded } from './payload/seeded.ts'
import type { SentMessage } from './payload/webhook.ts'
import type { InboxClient } from './rig/inbox-client.ts'
import { type ExpectedMessage, inThreadOrder, judgeMessages } from './rig/judge.ts'
import type { OwnerConnection } from './rig/owner-connection.ts'

/** So many threads are read whole through the API, as a browser would; all are compared in the database. */
const THREADS_READ = 200

/** What an import must leave behind, and what it did. */
export async function judgeImport(told: {
  owner: OwnerConnection
  inbox: InboxClient
  history: HistoryImport
  beside: readonly SentMessage[]
  result: LoadResult
}) {
  const { owner, history, beside, result } = told
  const alsoLive = new Set(history.alsoLive.map((message) => message.wamid))
  const expected = new Map<string, ExpectedMessage>()
  for (const message of beside) expected.set(message.wamid, { message, source: 'live' })
  for (const message of history.messages) {
    expected.set(message.wamid, { message, source: alsoLive.has(message.wamid) ? 'live' : 'history' })
  }
  const verdict = await judgeMessages(owner.sql, expected)
  const threads = await misorderedThreads(told)
  const faults = [...verdict.told, ...threads.faults, ...(await shownFaults(told)), ...(await workFaults(told))]
  if (result.notPushed > 0) faults.push(`${result.notPushed} live messages were never pushed`)
  if (result.pushedTwice > 0) faults.push(`${result.pushedTwice} messages were pushed twice`)
  if (result.feedGaps > 0) faults.push(`the stream had ${result.feedGaps} gaps`)
  const refused = result.statuses.filter(([status]) => status !== 200)
  if (refused.length > 0) faults.push(`answers other than 200: ${JSON.stringify(refused)}`)
  return {
    lost: verdict.lost + result.notPushed,
    duplicated: verdict.duplicated + result.pushedTwice,
    misordered: verdict.misordered + threads.misordered,
    faults,
  }
}

/** Reads some threads as a browser does and counts the messages that stand at another place than they must. */
async function misorderedThreads(told: { owner: OwnerConnection; inbox: InboxClient; history: HistoryImport }) {
  const byPhone = Map.groupBy(told.history.messages, (message) => message.phone)
  const phones = seeded(1)
    .shuffled([...byPhone.keys()])
    .slice(0, THREADS_READ)
  const { rows } = await told.owner.sql.query<{ id: string; phone: string }>(
    `select v.id, c.phone from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id
      where c.phone = any($1)`,
    [phones],
  )
  const faults: string[] = []
  let misordered = 0
  for (const { id, phone } of rows) {
    const must = inThreadOrder(byPhone.get(phone) ?? []).map((message) => message.wamid)
    const stands = (await told.inbox.thread(id)).map((message) => message.wamid)
    const wrong =
      must.filter((wamid, place) => stands[place] !== wamid).length + Math.max(0, stands.length - must.length)
    if (wrong > 0) faults.push(`the thread of ${phone} reads in another order (${wrong} places)`)
    misordered += wrong
  }
  return { misordered, faults: faults.slice(0, 10) }
}

/** State, counts per phase and Meta's progress, as the inbox shows them. */
async function shownFaults(told: {
  inbox: InboxClient
  history: HistoryImport
  result: LoadResult
}): Promise<string[]> {
  const { numbers } = await told.inbox.numbers()
  const sync = numbers[0]?.syncs.find((one) => one.kind === 'history')
  if (sync === undefined) return ['the number shows no history']
  const must = { state: 'complete', progressPercent: 100, received: told.history.messages.length }
  const shown = { state: sync.state, progressPercent: sync.progressPercent, received: sync.received }
  const faults = JSON.stringify(shown) === JSON.stringify(must) ? [] : [`history is shown as ${JSON.stringify(shown)}`]
  for (const { phase, chunks, messages } of told.history.phases) {
    const of = sync.phases.find((one) => one.phase === phase)
    if (of?.chunks === chunks && of.messages === messages && of.state === 'complete') continue
    faults.push(
      `phase ${phase} is shown as ${JSON.stringify(of)}, not ${chunks} chunks with ${messages} messages, complete`,
    )
  }
  if (told.result.progressShown.length < 2) faults.push('no progress was shown while history came')
  return faults
}

/** Imported messages count as no work and open no window: only what came live does. */
async function workFaults(told: {
  owner: OwnerConnection
  history: HistoryImport
  beside: readonly SentMessage[]
}): Promise<string[]> {
  const live = [...told.history.alsoLive, ...told.beside].filter((message) => message.by === 'customer')
  const counts = new Map<string, { count: number; lastMs: number }>()
  for (const { phone, atMs } of live) {
    const known = counts.get(phone) ?? { count: 0, lastMs: 0 }
    counts.set(phone, { count: known.count + 1, lastMs: Math.max(known.lastMs, atMs) })
  }
  const { rows } = await told.owner.sql.query<{ phone: string; inbound_count: number; last_ms: string | null }>(
    `select c.phone, v.inbound_count, (extract(epoch from v.last_inbound_at) * 1000)::bigint as last_ms
       from conversation v join contact c on c.workspace_id = v.workspace_id and c.id = v.contact_id`,
  )
  const wrong = rows.filter((row) => {
    const must = counts.get(row.phone)
    return (
      row.inbound_count !== (must?.count ?? 0) ||
      (row.last_ms === null ? null : Number(row.last_ms)) !== (must?.lastMs ?? null)
    )
  })
  return wrong.length === 0
    ? []
    : [`${wrong.length} conversations count imported messages as work, e.g. ${JSON.stringify(wrong[0])}`]
}
