import { setTimeout as pause } from 'node:timers/promises'
import {
  BENCH_NUMBER,
  echoWebhook,
  historyWebhook,
  messagesWebhook,
  type SentMessage,
  signatureOf,
  webhookBytes,
} from '../payload/webhook.ts'
import { type HttpConnection, openHttpConnection, preparedRequest } from './http-connection.ts'
import {
  besideMessages,
  type LoadPlan,
  type LoadResult,
  measuredMessages,
  plannedImport,
  warmUpMessages,
} from './plan.ts'
import { emptyRecord, type PreparedWebhook, type SendRecord, sendBurst, sendPaced } from './send-requests.ts'
import { type StreamWatcher, watchStream } from './stream-watcher.ts'

/** After the last acknowledgement we wait so long for what has not been pushed yet. */
const PUSH_WAIT_MS_MAX = 60_000
const POLL_MS = 5
const BESIDE_CONNECTIONS = 16
/** Live traffic runs this long before an import begins. */
const BESIDE_LEAD_MS = 1_000

/** The loader's process: gets a plan, prepares, says `ready`, waits for `go`, gives the result, ends. */
process.once('message', (plan: LoadPlan) => {
  run(plan).catch((error: Error) => {
    process.stderr.write(`loader: ${error.stack ?? error.message}\n`)
    process.exit(1)
  })
})

async function run(plan: LoadPlan): Promise<void> {
  const prepared = plan.load.kind === 'live' ? prepareLive(plan, plan.load) : await prepareImport(plan, plan.load)
  const watcher = await watchStream(plan.stream)
  const connections = await openConnections(plan.webhookPort, plan.connections)
  if (prepared.warmUp.length > 0) {
    await sendBurst(connections, prepared.warmUp)
    await allPushed(watcher, prepared.warmUp)
  }
  const go = new Promise((resolve) => process.once('message', resolve))
  process.send?.({ ready: true })
  await go
  const goAt = performance.now()
  const cpu = process.cpuUsage()
  const records = await prepared.send(connections, watcher)
  await allPushed(watcher, records.live)
  const used = process.cpuUsage(cpu)
  process.send?.(
    {
      ...resultOf(records, watcher),
      startedAfterMs: records.main.firstAt - goAt,
      cpuMs: (used.user + used.system) / 1000,
    },
    () => process.exit(0),
  )
}

interface Prepared {
  readonly warmUp: readonly PreparedWebhook[]
  send(connections: readonly HttpConnection[], watcher: StreamWatcher): Promise<Records>
}
interface Records {
  readonly main: SendRecord
  /** Those whose messages the watcher sees one by one. */
  readonly live: readonly SendRecord[]
  /** Live messages are timed that were sent from the first send of `main` to this moment; `performance.now()`. */
  readonly liveUntil: number
}

function prepareLive(plan: LoadPlan, load: Extract<LoadPlan['load'], { kind: 'live' }>): Prepared {
  const webhooks = measuredMessages(plan, load.count).map((message) => liveWebhook(plan, message))
  return {
    warmUp: warmUpMessages(plan, load.warmUp).map((message) => liveWebhook(plan, message)),
    async send(connections) {
      const rate = load.ratePerSecond
      const record =
        rate === null
          ? await sendBurst(connections, webhooks)
          : await sendPaced(connections, webhooks, { ratePerSecond: rate, stop: () => false })
      return { main: record, live: [record], liveUntil: Number.POSITIVE_INFINITY }
    },
  }
}

async function prepareImport(plan: LoadPlan, load: Extract<LoadPlan['load'], { kind: 'import' }>): Promise<Prepared> {
  const history = await plannedImport(plan, load.dialoguesFolder)
  const chunks = history.deliveries.map((chunk) => signed(plan, historyWebhook(BENCH_NUMBER, chunk), []))
  const alsoLive = history.alsoLive.map((message) => alsoLiveWebhook(plan, message))
  const rate = load.liveRatePerSecond
  const beside = rate === 0 ? [] : besideMessages(plan, rate).map((message) => liveWebhook(plan, message))
  const queue = interleaved(chunks, alsoLive)
  return {
    warmUp: [],
    async send(connections) {
      const besideConnections = rate === 0 ? [] : await openConnections(plan.webhookPort, BESIDE_CONNECTIONS)
      let over = false
      const paced = rate === 0 ? null : sendPaced(besideConnections, beside, { ratePerSecond: rate, stop: () => over })
      if (paced !== null) await pause(BESIDE_LEAD_MS)
      const main = await sendBurst(connections, queue)
      await importOver()
      const overAt = performance.now()
      over = true
      return { main, live: paced === null ? [] : [await paced], liveUntil: overAt }
    },
  }
}

/** The parent, who can look into the database, says when everything acknowledged has been projected. */
async function importOver(): Promise<void> {
  const over = new Promise((resolve) => process.once('message', resolve))
  process.send?.({ acked: true })
  await over
}

function interleaved(chunks: readonly PreparedWebhook[], live: readonly PreparedWebhook[]): PreparedWebhook[] {
  const perChunk = Math.ceil(live.length / Math.max(1, chunks.length))
  return chunks.flatMap((chunk, index) => [chunk, ...live.slice(index * perChunk, (index + 1) * perChunk)])
}

function liveWebhook(plan: LoadPlan, message: SentMessage): PreparedWebhook {
  return signed(plan, messagesWebhook(BENCH_NUMBER, [message]), [message.wamid])
}

function alsoLiveWebhook(plan: LoadPlan, message: SentMessage): PreparedWebhook {
  const webhook =
    message.by === 'customer' ? messagesWebhook(BENCH_NUMBER, [message]) : echoWebhook(BENCH_NUMBER, [message])
  return signed(plan, webhook, [])
}

function signed(
  plan: LoadPlan,
  webhook: Readonly<Record<string, unknown>>,
  wamids: readonly string[],
): PreparedWebhook {
  const body = webhookBytes(webhook)
  const headers = { 'x-hub-signature-256': signatureOf(body, plan.appSecret) }
  return { request: preparedRequest({ port: plan.webhookPort, path: '/webhooks/whatsapp', body, headers }), wamids }
}

function openConnections(port: number, count: number): Promise<HttpConnection[]> {
  return Promise.all(Array.from({ length: count }, () => openHttpConnection(port)))
}

/** Waits until every message of these was pushed, or no longer than the limit. */
async function allPushed(watcher: StreamWatcher, sent: readonly (PreparedWebhook | SendRecord)[]): Promise<void> {
  const wamids = sent.flatMap((one) => ('sentAt' in one ? [...one.sentAt.keys()] : one.wamids))
  const until = performance.now() + PUSH_WAIT_MS_MAX
  let missing = wamids
  while (missing.length > 0 && performance.now() < until) {
    missing = missing.filter((wamid) => !watcher.arrivedAt.has(wamid))
    if (missing.length > 0) await pause(POLL_MS)
  }
}

function resultOf(records: Records, watcher: StreamWatcher): Omit<LoadResult, 'startedAfterMs' | 'cpuMs'> {
  const live = records.live.flatMap((record) => [...record.sentAt])
  const arrivals = live.flatMap(([wamid, sentAt]) => {
    const arrivedAt = watcher.arrivedAt.get(wamid)
    return arrivedAt === undefined ? [] : [{ took: arrivedAt - sentAt, sentAt, arrivedAt }]
  })
  const first = records.main.firstAt
  const timed = arrivals.filter(({ sentAt }) => sentAt >= first && sentAt <= records.liveUntil)
  const lastArrival = arrivals.reduce((last, arrival) => Math.max(last, arrival.arrivedAt), first)
  return {
    ackMs: records.main.ackMs,
    visibleMs: timed.map((arrival) => arrival.took),
    statuses: [...mergedStatuses([records.main, ...records.live])],
    ackedInMs: records.main.lastAckAt - first,
    visibleInMs: lastArrival - first,
    liveSent: live.length,
    notPushed: live.length - arrivals.length,
    pushedTwice: watcher.addedTwice(),
    feedGaps: watcher.gaps(),
    progressShown: [...watcher.progressShown],
  }
}

function mergedStatuses(records: readonly SendRecord[]): Map<number, number> {
  const merged = emptyRecord().statuses
  for (const record of new Set(records)) {
    for (const [status, count] of record.statuses) merged.set(status, (merged.get(status) ?? 0) + count)
  }
  return merged
}
