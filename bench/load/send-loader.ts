import { setTimeout as pause } from 'node:timers/promises'
import { type SendLine, type SendLoad, sendLoad } from '../payload/sends.ts'
import { messagesWebhook, signatureOf, statusWebhook, webhookBytes } from '../payload/webhook.ts'
import { type GraphStandin, startGraphStandin, type TakenSend } from './graph-standin.ts'
import { type HttpConnection, openHttpConnection, preparedRequest } from './http-connection.ts'
import type { BurstEnd, SendPlan, SendResult } from './send-plan.ts'
import { keepPace, openSendQueue, type PreparedWebhook, type SendQueue, sendBurst } from './send-requests.ts'
import { subscribe } from './stream-subscription.ts'

const WEBHOOK_CONNECTIONS = 32
const INBOX_CONNECTIONS = 64
/** When Meta tells how far a message has come, after its answer. */
const STATUS_AFTER_MS = { sent: 100, delivered: 300 } as const
/** After the last send we wait so long for what has not come. */
const WAIT_MS_MAX = 120_000
const POLL_MS = 5

/** The loader's process: Meta, customers and a member of the team. Gets a plan, says `ready`, waits for `go`. */
process.once('message', (plan: SendPlan) => {
  run(plan).catch((error: Error) => {
    process.stderr.write(`loader: ${error.stack ?? error.message}\n`)
    process.exit(1)
  })
})

/** What the stream has shown, by client id, and the threads by the wamid of what opened them. */
interface Seen {
  readonly acceptedAt: Map<string, number>
  readonly delivered: Set<string>
  readonly conversationOf: Map<string, string>
}

async function run(plan: SendPlan): Promise<void> {
  const load = sendLoad(plan)
  const seen = await watch(plan)
  const webhooks = openSendQueue(await openConnections(plan.webhookPort, WEBHOOK_CONNECTIONS))
  const calls: TakenSend[] = []
  const graph = await openMeta(plan, load, webhooks, calls)
  const opening = load.opening.map(({ number, message }) => signed(plan, messagesWebhook(number, [message])))
  for (const request of opening) webhooks.add(request, performance.now())
  await until(() => load.opening.every(({ message }) => seen.conversationOf.has(message.wamid)))
  const inbox = await openConnections(plan.inboxPort, INBOX_CONNECTIONS)
  const requestOf = requests(plan, load, seen)
  const [burst, paced] = [load.burst.map(requestOf), load.paced.map(requestOf)]
  const go = new Promise((resolve) => process.once('message', resolve))
  process.send?.({ ready: true })
  await go
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  const burstRecord = await sendBurst(inbox, burst)
  await until(() => load.burst.every(({ clientId }) => seen.acceptedAt.has(clientId)))
  const accepted = load.burst.flatMap(({ clientId }) => seen.acceptedAt.get(clientId) ?? [])
  const callsAtOnceMax = graph.atOnceMax()
  await until(() => load.burst.every(({ clientId }) => seen.delivered.has(clientId)))
  const queue = openSendQueue(inbox)
  await keepPace({ ratePerSecond: plan.pacedPerSecond, count: paced.length, stop: () => false }, (index, dueAt) =>
    queue.add(paced[index] as PreparedWebhook, dueAt),
  )
  const all = [...load.burst, ...load.paced]
  await until(() => all.every(({ clientId }) => seen.delivered.has(clientId)))
  const used = process.cpuUsage(cpu)
  const calledAt = new Map(calls.map((call) => [call.body, call.calledAt]))
  const result: SendResult = {
    burstMs: accepted.reduce((last, at) => Math.max(last, at), startedAt) - startedAt,
    burstAccepted: accepted.length,
    clickToGraphMs: load.paced.flatMap(({ clientId, body }) => {
      const [from, to] = [queue.record.sentAt.get(clientId), calledAt.get(body)]
      return from === undefined || to === undefined ? [] : [to - from]
    }),
    answerMs: queue.record.ackMs,
    statuses: [...burstRecord.statuses, ...queue.record.statuses, ...webhooks.record.statuses],
    calls: calls.map(({ wamid, phoneNumberId, phone, body }) => ({ wamid, phoneNumberId, phone, body })),
    delivered: all.filter(({ clientId }) => seen.delivered.has(clientId)).length,
    cpuMs: (used.user + used.system) / 1000,
  }
  // Graph goes on answering: the bare loop calls it too.
  const over = new Promise((resolve) => process.once('message', resolve))
  process.send?.({ acked: true, callsAtOnceMax } satisfies BurstEnd & { acked: true })
  await over
  process.send?.(result, () => process.exit(0))
}

async function watch(plan: SendPlan): Promise<Seen> {
  const seen: Seen = { acceptedAt: new Map(), delivered: new Set(), conversationOf: new Map() }
  await subscribe(plan.stream, ({ event }, now) => {
    if (event.type !== 'message.added' && event.type !== 'message.changed') return
    const { clientId, wamid, delivery, conversationId } = event.message
    if (clientId === null) return void seen.conversationOf.set(wamid ?? '', conversationId)
    if (wamid !== null && !seen.acceptedAt.has(clientId)) seen.acceptedAt.set(clientId, now)
    if (delivery === 'delivered') seen.delivered.add(clientId)
  })
  return seen
}

/** The Graph API, and the statuses of what it has taken for Wasl; the bare loop's messages have no callback data. */
function openMeta(plan: SendPlan, load: SendLoad, webhooks: SendQueue, calls: TakenSend[]): Promise<GraphStandin> {
  const numbers = new Map(load.numbers.map((number) => [number.phoneNumberId, number]))
  return startGraphStandin(plan.graphPort, (send) => {
    const number = numbers.get(send.phoneNumberId)
    if (number === undefined || send.callbackData === undefined) return
    calls.push(send)
    const { callbackData } = send
    for (const status of ['sent', 'delivered'] as const) {
      setTimeout(() => {
        const webhook = statusWebhook(number, { ...send, callbackData, status, atMs: Date.now() })
        webhooks.add(signed(plan, webhook), performance.now())
      }, STATUS_AFTER_MS[status])
    }
  })
}

function requests(plan: SendPlan, load: SendLoad, seen: Seen): (line: SendLine) => PreparedWebhook {
  const threads = new Map(
    load.opening.map(({ number, message }) => [
      `${number.phoneNumberId} ${message.phone}`,
      seen.conversationOf.get(message.wamid) ?? '',
    ]),
  )
  const { cookie, origin } = plan.stream
  return ({ number, phone, clientId, body }) => {
    const path = `/api/v1/conversations/${threads.get(`${number.phoneNumberId} ${phone}`)}/messages`
    const bytes = Buffer.from(JSON.stringify({ clientId, content: { type: 'text', body } }))
    return {
      request: preparedRequest({ port: plan.inboxPort, path, body: bytes, headers: { cookie, origin } }),
      wamids: [clientId],
    }
  }
}

function signed(plan: SendPlan, webhook: Readonly<Record<string, unknown>>): PreparedWebhook {
  const body = webhookBytes(webhook)
  const headers = { 'x-hub-signature-256': signatureOf(body, plan.appSecret) }
  return { request: preparedRequest({ port: plan.webhookPort, path: '/webhooks/whatsapp', body, headers }), wamids: [] }
}

function openConnections(port: number, count: number): Promise<HttpConnection[]> {
  return Promise.all(Array.from({ length: count }, () => openHttpConnection(port)))
}

async function until(isSo: () => boolean): Promise<void> {
  const latest = performance.now() + WAIT_MS_MAX
  while (!isSo() && performance.now() < latest) await pause(POLL_MS)
}
