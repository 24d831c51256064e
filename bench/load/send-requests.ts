import { setTimeout as pause } from 'node:timers/promises'
import type { HttpConnection } from './http-connection.ts'

/** How often the pacing loop looks at the time. Milliseconds. */
const TICK_MS = 1
/** Answers to a webhook, and to a message that a member sends. */
const TAKEN: ReadonlySet<number> = new Set([200, 201])
/** A request is repeated when it was not taken, as Meta does; at most so often. */
const ATTEMPTS_MAX = 20
const RETRY_PAUSE_MS = 50

export interface PreparedWebhook {
  readonly request: Buffer
  /** The messages it carries that a watcher will see one by one. */
  readonly wamids: readonly string[]
}

export interface SendRecord {
  /** `performance.now()` of the send, by wamid. */
  readonly sentAt: Map<string, number>
  readonly ackMs: number[]
  readonly statuses: Map<number, number>
  /** First send and last acknowledgement, `performance.now()`. */
  firstAt: number
  lastAckAt: number
}

export function emptyRecord(): SendRecord {
  return { sentAt: new Map(), ackMs: [], statuses: new Map(), firstAt: Number.POSITIVE_INFINITY, lastAckAt: 0 }
}

/** As fast as the connections allow: each sends its next webhook when the last one was answered. */
export async function sendBurst(
  connections: readonly HttpConnection[],
  webhooks: readonly PreparedWebhook[],
): Promise<SendRecord> {
  const record = emptyRecord()
  let next = 0
  const work = async (connection: HttpConnection) => {
    for (let webhook = webhooks[next++]; webhook !== undefined; webhook = webhooks[next++]) {
      await sendOne(connection, webhook, record, performance.now())
    }
  }
  await Promise.all(connections.map(work))
  return record
}

/**
 * `ratePerSecond` webhooks at even intervals until `stop()` says so or none is left. Times count from the moment a
 * webhook was due to go, so that waiting for a free connection is not hidden.
 */
export async function sendPaced(
  connections: readonly HttpConnection[],
  webhooks: readonly PreparedWebhook[],
  pace: { ratePerSecond: number; stop: () => boolean },
): Promise<SendRecord> {
  const queue = openSendQueue(connections)
  await keepPace({ ...pace, count: webhooks.length }, (index, dueAt) =>
    queue.add(webhooks[index] as PreparedWebhook, dueAt),
  )
  await queue.idle()
  return queue.record
}

/** Calls `give` with 0, 1, 2 … at even intervals until `stop()` says so or `count` were given. */
export async function keepPace(
  pace: { count: number; ratePerSecond: number; stop: () => boolean },
  give: (index: number, dueAt: number) => void,
): Promise<void> {
  const startedAt = performance.now()
  let next = 0
  while (next < pace.count && !pace.stop()) {
    const now = performance.now()
    const due = Math.floor(((now - startedAt) * pace.ratePerSecond) / 1000)
    for (; next <= due && next < pace.count; next++) give(next, now)
    await pause(TICK_MS)
  }
}

/** Requests that go one after another over whichever connection is free. */
export interface SendQueue {
  readonly record: SendRecord
  /** `dueAt`: when it should have gone, `performance.now()`; its times count from there. */
  add(request: PreparedWebhook, dueAt: number): void
  /** Resolves when everything added so far has been answered. */
  idle(): Promise<void>
}

export function openSendQueue(connections: readonly HttpConnection[]): SendQueue {
  const record = emptyRecord()
  const free = [...connections]
  const waiting: { request: PreparedWebhook; dueAt: number }[] = []
  const underWay = new Set<Promise<void>>()
  const pump = () => {
    while (free.length > 0 && waiting.length > 0) {
      const connection = free.pop() as HttpConnection
      const { request, dueAt } = waiting.shift() as (typeof waiting)[number]
      const sending: Promise<void> = sendOne(connection, request, record, dueAt).then(() => {
        free.push(connection)
        underWay.delete(sending)
        pump()
      })
      underWay.add(sending)
    }
  }
  return {
    record,
    add(request, dueAt) {
      waiting.push({ request, dueAt })
      pump()
    },
    async idle() {
      while (underWay.size > 0) await Promise.race(underWay)
    },
  }
}

async function sendOne(
  connection: HttpConnection,
  webhook: PreparedWebhook,
  record: SendRecord,
  sentAt: number,
): Promise<void> {
  record.firstAt = Math.min(record.firstAt, sentAt)
  for (const wamid of webhook.wamids) record.sentAt.set(wamid, sentAt)
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const status = await connection.send(webhook.request)
    const now = performance.now()
    record.statuses.set(status, (record.statuses.get(status) ?? 0) + 1)
    if (TAKEN.has(status)) {
      record.ackMs.push(now - sentAt)
      record.lastAckAt = Math.max(record.lastAckAt, now)
      return
    }
    await pause(RETRY_PAUSE_MS)
  }
}
