import { setTimeout as pause } from 'node:timers/promises'
import {
  type CoexistLine,
  type CoexistLoad,
  coexistLoad,
  MESSAGES_PER_S,
  type WebhookLine,
} from '../payload/coexist.ts'
import {
  type BenchNumber,
  echoWebhook,
  messagesWebhook,
  signatureOf,
  statusWebhook,
  webhookBytes,
} from '../payload/webhook.ts'
import type { CoexistPlan, CoexistResult, GraphCall } from './coexist-plan.ts'
import { type CoexistWatcher, watchCoexistence } from './coexist-watcher.ts'
import { startGraphStandin, type TakenSend } from './graph-standin.ts'
import { type HttpConnection, openHttpConnection, preparedRequest } from './http-connection.ts'
import { keepPace, openSendQueue, type PreparedWebhook, type SendQueue, sendBurst } from './send-requests.ts'

const WEBHOOK_CONNECTIONS = 32
const INBOX_CONNECTIONS = 16
/** When Meta tells how far a message has come, after its answer. */
const STATUS_AFTER_MS = { sent: 100, delivered: 300, read: 800 } as const
/** After the last send we wait so long for what has not been shown yet. */
const SHOW_WAIT_MS_MAX = 60_000
const POLL_MS = 5

/** The loader's process: Meta, phones, customers and a member of the team. Gets a plan, says `ready`, waits for `go`. */
process.once('message', (plan: CoexistPlan) => {
  run(plan).catch((error: Error) => {
    process.stderr.write(`loader: ${error.stack ?? error.message}\n`)
    process.exit(1)
  })
})

async function run(plan: CoexistPlan): Promise<void> {
  const load = coexistLoad(plan)
  const watcher = await watchCoexistence(plan.stream)
  const meta = await openMeta(plan, load)
  const opening = load.opening.map((line) => webhookRequest(plan, line))
  await sendBurst(await openConnections(plan.webhookPort, WEBHOOK_CONNECTIONS), opening)
  await until(() => load.opening.every((line) => watcher.addedAt.has(keyOf(line))))
  const inbox = openSendQueue(await openConnections(plan.inboxPort, INBOX_CONNECTIONS))
  const say = (lines: readonly CoexistLine[]) => sayAll(lines, prepare(plan, load, lines, watcher), { inbox, meta })
  await say(load.warmUp)
  await allShown(load.warmUp, watcher)
  await Promise.all([inbox.idle(), meta.webhooks.idle()])
  const warm = { webhookAcks: meta.webhooks.record.ackMs.length, inboxAcks: inbox.record.ackMs.length }
  const go = new Promise((resolve) => process.once('message', resolve))
  process.send?.({ ready: true })
  await go
  const cpu = process.cpuUsage()
  await say(load.lines)
  await allShown(load.lines, watcher)
  await Promise.all([inbox.idle(), meta.webhooks.idle()])
  const used = process.cpuUsage(cpu)
  const result = { ...resultOf(load, watcher, inbox, meta, warm), cpuMs: (used.user + used.system) / 1000 }
  process.send?.(result, () => process.exit(0))
}

/** Everybody says theirs at `MESSAGES_PER_S`. */
function sayAll(
  lines: readonly CoexistLine[],
  requests: readonly PreparedWebhook[],
  { inbox, meta }: { inbox: SendQueue; meta: Meta },
): Promise<void> {
  return keepPace({ ratePerSecond: MESSAGES_PER_S, count: lines.length, stop: () => false }, (index, dueAt) => {
    const queue = lines[index]?.by === 'agent' ? inbox : meta.webhooks
    queue.add(requests[index] as PreparedWebhook, dueAt)
  })
}

interface Meta {
  readonly webhooks: SendQueue
  readonly calls: (GraphCall & Pick<TakenSend, 'calledAt'>)[]
  /** When the webhook was due that says `read`, by the text of the message. */
  readonly readToldAt: Map<string, number>
}

/** The Graph API, and the statuses of what it has taken. */
async function openMeta(plan: CoexistPlan, load: CoexistLoad): Promise<Meta> {
  const webhooks = openSendQueue(await openConnections(plan.webhookPort, WEBHOOK_CONNECTIONS))
  const numbers = new Map(load.numbers.map((number) => [number.phoneNumberId, number]))
  const meta: Meta = { webhooks, calls: [], readToldAt: new Map() }
  await startGraphStandin(plan.graphPort, (send) => {
    meta.calls.push(send)
    const number = numbers.get(send.phoneNumberId)
    if (number !== undefined) tellStatuses(plan, meta, number, send)
  })
  return meta
}

function tellStatuses(plan: CoexistPlan, meta: Meta, number: BenchNumber, send: TakenSend): void {
  for (const status of ['sent', 'delivered', 'read'] as const) {
    setTimeout(() => {
      const now = performance.now()
      const callbackData = send.callbackData ?? ''
      const webhook = statusWebhook(number, { ...send, callbackData, status, atMs: Date.now() })
      meta.webhooks.add(signed(plan, webhook, []), now)
      if (status === 'read') meta.readToldAt.set(send.body, now)
    }, STATUS_AFTER_MS[status])
  }
}

/** Requests in the order of the lines; a member's needs the thread, which the stream has shown by now. */
function prepare(
  plan: CoexistPlan,
  load: CoexistLoad,
  lines: readonly CoexistLine[],
  watcher: CoexistWatcher,
): PreparedWebhook[] {
  const threads = new Map(
    load.opening.map((line) => [
      `${line.number.phoneNumberId} ${line.message.phone}`,
      watcher.conversationOf.get(keyOf(line)) ?? '',
    ]),
  )
  return lines.map((line) => {
    if (line.by !== 'agent') return webhookRequest(plan, line)
    const path = `/api/v1/conversations/${threads.get(`${line.number.phoneNumberId} ${line.phone}`)}/messages`
    const body = Buffer.from(JSON.stringify({ clientId: line.clientId, content: { type: 'text', body: line.body } }))
    const { cookie, origin } = plan.stream
    return {
      request: preparedRequest({ port: plan.inboxPort, path, body, headers: { cookie, origin } }),
      wamids: [line.clientId],
    }
  })
}

function webhookRequest(plan: CoexistPlan, line: WebhookLine): PreparedWebhook {
  const webhook = (line.by === 'customer' ? messagesWebhook : echoWebhook)(line.number, [line.message])
  return signed(plan, webhook, [line.message.wamid])
}

function signed(
  plan: CoexistPlan,
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

/** Every message is on the screen, and what a member sent is read; or the limit has passed. */
async function allShown(lines: readonly CoexistLine[], watcher: CoexistWatcher): Promise<void> {
  let missing = lines
  await until(() => {
    missing = missing.filter((line) => !(line.by === 'agent' ? watcher.readAt : watcher.addedAt).has(keyOf(line)))
    return missing.length === 0
  })
}

async function until(isSo: () => boolean): Promise<void> {
  const latest = performance.now() + SHOW_WAIT_MS_MAX
  while (!isSo() && performance.now() < latest) await pause(POLL_MS)
}

function resultOf(
  load: CoexistLoad,
  watcher: CoexistWatcher,
  inbox: SendQueue,
  meta: Meta,
  warm: { readonly webhookAcks: number; readonly inboxAcks: number },
): Omit<CoexistResult, 'cpuMs'> {
  const sentAt = new Map([...meta.webhooks.record.sentAt, ...inbox.record.sentAt])
  const toScreen = (by: CoexistLine['by']) =>
    took(
      load.lines.filter((line) => line.by === by),
      (line) => [sentAt.get(keyOf(line)), watcher.addedAt.get(keyOf(line))],
    )
  const calledAt = new Map(meta.calls.map((call) => [call.body, call.calledAt]))
  const agentLines = load.lines.filter((line) => line.by === 'agent')
  const lastAt = load.lines.reduce((last, line) => Math.max(last, watcher.addedAt.get(keyOf(line)) ?? 0), 0)
  return {
    ackMs: meta.webhooks.record.ackMs.slice(warm.webhookAcks),
    customerToScreenMs: toScreen('customer'),
    echoToScreenMs: toScreen('phone'),
    sendAnswerMs: inbox.record.ackMs.slice(warm.inboxAcks),
    sendToGraphMs: took(agentLines, (line) => [sentAt.get(line.clientId), calledAt.get(line.body)]),
    readToScreenMs: took(agentLines, (line) => [meta.readToldAt.get(line.body), watcher.readAt.get(line.clientId)]),
    statuses: [...meta.webhooks.record.statuses, ...inbox.record.statuses],
    shownCount: load.lines.filter((line) => watcher.addedAt.has(keyOf(line))).length,
    shownInMs: lastAt - load.lines.reduce((first, line) => Math.min(first, sentAt.get(keyOf(line)) ?? first), lastAt),
    shown: watcher.shown,
    calls: meta.calls.map(({ wamid, phoneNumberId, phone, body }) => ({ wamid, phoneNumberId, phone, body })),
    feedGaps: watcher.gaps(),
  }
}

/** How long it took from one moment to the other, of those that have both. */
function took<T>(items: readonly T[], moments: (item: T) => readonly [number | undefined, number | undefined]) {
  return items.flatMap((item) => {
    const [from, to] = moments(item)
    return from === undefined || to === undefined ? [] : [to - from]
  })
}

function keyOf(line: CoexistLine): string {
  return line.by === 'agent' ? line.clientId : line.message.wamid
}
