import { readFileSync } from 'node:fs'
import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { liveMessages } from './payload/live-messages.ts'
import {
  BENCH_NUMBER,
  contactsWebhook,
  echoWebhook,
  entriesWebhook,
  historyWebhook,
  messagesChange,
  messagesWebhook,
  type SentMessage,
} from './payload/webhook.ts'
import { type ExpectedMessage, judgeMessages } from './rig/judge.ts'
import { connectAsOwner, type OwnerConnection, registerNumber, untilProjected } from './rig/owner-connection.ts'
import { openSender, type Sender } from './rig/sender.ts'
import { makeHome, type RunningWasl, startWasl, type WaslHome } from './rig/wasl.ts'

/** Sizes of the cases, as other systems were measured with them. */
const TWICE_AT_ONCE = 200
const AGAIN_LATER = 50
const UNSIGNED_EACH = 20
const HISTORY_MESSAGES = 50
const KILLED_AFTER = 1_000
const MIXED_SENDERS = 3_000
const CONNECTIONS = 16

/** What a case expects, by wamid, and what it counted. */
interface CaseResult {
  readonly figures: Readonly<Record<string, number>>
  readonly expected: readonly ExpectedMessage[]
}
interface Bench {
  readonly home: WaslHome
  readonly owner: OwnerConnection
  readonly sender: Sender
  /** The next `count` customers' messages that no case has used yet. */
  take(count: number): SentMessage[]
}

/** The cases in which other systems lose, double or misfile messages: how many rows each leaves behind in Wasl. */
export async function runPeerCases(options: BenchOptions, run: number): Promise<BenchRun> {
  const home = await makeHome()
  let wasl = await startWasl(home)
  try {
    const all = liveMessages({ seed: options.seed + run - 1, series: 'case', count: 10_000, startMs: Date.now() })
    const take = (count: number) => all.splice(0, count)
    const first = await withBench(home, take, true, async (bench) => [
      await sameTwiceAtOnce(bench),
      await sameAgainLater(bench),
      await badSignatures(bench),
      await severalInOne(bench),
      await fromThePhone(bench),
      await mixedSenders(bench),
    ])
    const killed: CaseResult[] = []
    for (const what of ['server', 'server_and_postgres'] as const) {
      const waiting = await withBench(home, take, false, (bench) => killAfterAcks(bench, wasl, what))
      wasl = await startWasl(home)
      killed.push(await withBench(home, take, false, (bench) => countAfterKill(bench, waiting, what)))
    }
    return await withBench(home, take, false, (bench) => verdictOf(bench, [...first, ...killed]))
  } finally {
    await wasl.stop()
    home.remove()
  }
}

async function withBench<T>(
  home: WaslHome,
  take: Bench['take'],
  isFirst: boolean,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const owner = await connectAsOwner(home)
  if (isFirst) await registerNumber(owner, BENCH_NUMBER, 'syncing')
  const sender = await openSender(home, CONNECTIONS)
  try {
    return await work({ home, owner, sender, take })
  } finally {
    sender.close()
    await owner.sql.end()
  }
}

async function sameTwiceAtOnce({ sender, owner, take }: Bench): Promise<CaseResult> {
  const messages = take(TWICE_AT_ONCE)
  await sender.send(messages.flatMap((message) => twice(sender.prepare(messagesWebhook(BENCH_NUMBER, [message])))))
  return {
    figures: { [`twice_at_once_rows_of_${TWICE_AT_ONCE}`]: await rowsOf(owner, messages) },
    expected: live(messages),
  }
}

async function sameAgainLater({ sender, owner, take }: Bench): Promise<CaseResult> {
  const messages = take(AGAIN_LATER)
  const requests = messages.map((message) => sender.prepare(messagesWebhook(BENCH_NUMBER, [message])))
  await sender.send(requests)
  await untilProjected(owner)
  await sender.send(requests)
  return {
    figures: { [`again_later_rows_of_${AGAIN_LATER}`]: await rowsOf(owner, messages) },
    expected: live(messages),
  }
}

async function badSignatures({ sender, owner, take }: Bench): Promise<CaseResult> {
  const messages = take(2 * UNSIGNED_EACH)
  const wrong = `sha256=${'0'.repeat(64)}`
  const requests = messages.map((message, index) =>
    sender.prepare(messagesWebhook(BENCH_NUMBER, [message]), index < UNSIGNED_EACH ? wrong : null),
  )
  const statuses = await sender.send(requests)
  const refused = statuses.filter((status) => status === 401).length
  return {
    figures: { [`unsigned_refused_of_${2 * UNSIGNED_EACH}`]: refused, unsigned_rows: await rowsOf(owner, messages) },
    expected: [],
  }
}

async function severalInOne({ sender, owner, take }: Bench): Promise<CaseResult> {
  const inOneChange = take(3)
  const inThreeChanges = take(3)
  const [a, b, c] = inThreeChanges.map((message) => messagesChange(BENCH_NUMBER, [message])) as [object, object, object]
  const webhook = entriesWebhook(BENCH_NUMBER, [[a, b], [c]] as Parameters<typeof entriesWebhook>[1])
  await sender.send([sender.prepare(messagesWebhook(BENCH_NUMBER, inOneChange)), sender.prepare(webhook)])
  return {
    figures: {
      three_in_one_change_rows: await rowsOf(owner, inOneChange),
      three_changes_in_two_entries_rows: await rowsOf(owner, inThreeChanges),
    },
    expected: live([...inOneChange, ...inThreeChanges]),
  }
}

async function fromThePhone({ sender, owner, take }: Bench): Promise<CaseResult> {
  const echo = take(1).map((message) => ({ ...message, by: 'phone' as const }))
  const past = take(HISTORY_MESSAGES).map((message, index) => ({
    ...message,
    by: index % 2 === 0 ? ('customer' as const) : ('phone' as const),
    atMs: message.atMs - 3_600_000,
  }))
  const threads = past.map((message) => ({ phone: message.phone, userId: message.userId, messages: [message] }))
  const saved = take(1).map((message) => ({ phone: message.phone, name: 'Saved on the phone', atMs: message.atMs }))
  await sender.send([
    sender.prepare(echoWebhook(BENCH_NUMBER, echo)),
    sender.prepare(historyWebhook(BENCH_NUMBER, { phase: 0, order: 1, progressPercent: 100, threads })),
    sender.prepare(contactsWebhook(BENCH_NUMBER, saved)),
  ])
  await untilProjected(owner)
  const names = await owner.sql.query('select from contact where phone = $1 and address_book_name = $2', [
    saved[0]?.phone,
    saved[0]?.name,
  ])
  return {
    figures: {
      echo_rows: await rowsOf(owner, echo),
      [`history_rows_of_${HISTORY_MESSAGES}`]: await rowsOf(owner, past),
      address_book_names: names.rowCount ?? 0,
    },
    expected: [...live(echo), ...past.map((message) => ({ message, source: 'history' as const }))],
  }
}

async function mixedSenders({ sender, owner, take }: Bench): Promise<CaseResult> {
  const messages = take(MIXED_SENDERS)
  await sender.send(messages.map((message) => sender.prepare(messagesWebhook(BENCH_NUMBER, [message]))))
  const rows = await rowsOf(owner, messages)
  const { rows: people } = await owner.sql.query<{ count: string }>(
    'select count(distinct conversation_id) from message where wamid = any($1)',
    [messages.map((message) => message.wamid)],
  )
  return {
    figures: {
      [`burst_rows_of_${MIXED_SENDERS}`]: rows,
      [`burst_threads_of_${MIXED_SENDERS}`]: Number(people[0]?.count),
    },
    expected: live(messages),
  }
}

async function killAfterAcks({ owner, sender, take }: Bench, wasl: RunningWasl, what: string): Promise<SentMessage[]> {
  const messages = take(KILLED_AFTER)
  const postmaster = Number(readFileSync(`${owner.cluster}/postmaster.pid`, 'utf8').split('\n')[0])
  const statuses = await sender.send(
    messages.map((message) => sender.prepare(messagesWebhook(BENCH_NUMBER, [message]))),
  )
  if (what === 'server_and_postgres') process.kill(postmaster, 'SIGKILL')
  await wasl.kill()
  if (statuses.some((status) => status !== 200)) throw new Error('not all were acknowledged before the kill')
  return messages
}

async function countAfterKill({ owner }: Bench, messages: SentMessage[], what: string): Promise<CaseResult> {
  return {
    figures: { [`killed_${what}_rows_of_${KILLED_AFTER}`]: await rowsOf(owner, messages) },
    expected: live(messages),
  }
}

async function verdictOf({ owner }: Bench, cases: readonly CaseResult[]): Promise<BenchRun> {
  const expected = new Map(cases.flatMap((one) => one.expected).map((one) => [one.message.wamid, one]))
  const verdict = await judgeMessages(owner.sql, expected)
  const figures = Object.assign({}, ...cases.map((one) => one.figures)) as Record<string, number>
  return {
    figures: { ...figures, lost_or_misfiled: verdict.lost, duplicated: verdict.duplicated },
    faults: verdict.told,
    notes: [],
  }
}

async function rowsOf(owner: OwnerConnection, messages: readonly SentMessage[]): Promise<number> {
  await untilProjected(owner)
  const wamids = messages.map((message) => message.wamid)
  const { rows } = await owner.sql.query<{ count: string }>('select count(*) from message where wamid = any($1)', [
    wamids,
  ])
  return Number(rows[0]?.count)
}

function twice<T>(item: T): [T, T] {
  return [item, item]
}

function live(messages: readonly SentMessage[]): ExpectedMessage[] {
  return messages.map((message) => ({ message, source: 'live' }))
}
