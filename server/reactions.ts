import type { InboxEventType } from '../contract/inbox-event.ts'
import { putStrays, type StrayStatus } from './gaps/stray-store.ts'
import { META_KEEPS_MS } from './media/fetch-plan.ts'
import { queueFetches } from './media/media-fetch-store.ts'
import { concernsOthers, type LateRefusal, NOTE_REFUSAL_JOB } from './outbound/note-refusal.ts'
import type { Sql } from './platform/db.ts'
import { addJob, type JobPlace } from './platform/jobs.ts'
import type { ChannelNotice } from './whatsapp/channel-event.ts'

/**
 * THE table of what happens next. Jobs are added in the transaction that wrote the cause, so they exist exactly when
 * it does. Nothing else reacts to anything: who wants to know what a new message sets off reads it here.
 */

/**
 * Jobs that an event of the inbox sets off. Nothing yet: notifications, webhooks out, automation will stand here. A file
 * is fetched whatever road its message took: see `reactToFiles`.
 */
export const EVENT_REACTIONS = {
  'message.added': [],
  'message.changed': [],
  'conversation.changed': [],
  // History is not work: an import sets nothing off, ever.
  'history.imported': [],
  'conversation.merged': [],
  'conversation.split': [],
  'conversation.read': [],
  'number.changed': [],
  'unrecognised.counted': [],
} as const satisfies Record<InboxEventType, readonly Reaction[]>

/** Jobs that a notice of Meta's sets off. A notice is a hint: Graph is asked for the truth. */
export const NOTICE_REACTIONS = {
  account: ['check_account'],
  template: ['sync_templates'],
  // Of a number, or of a template.
  quality: ['check_account', 'sync_templates'],
  preference: [],
  // Who owns a thread is read from all of them together: their order says nothing.
  handover: ['note_owners'],
  standby: ['note_owners'],
  call: [],
  group: [],
  security: [],
  payment: [],
  flow: [],
  username: [],
  conversion: [],
  click: [],
  partner: [],
  // Meta reports an error that belongs to no message.
  error: ['check_account'],
} as const satisfies Record<NoticeKind, readonly Reaction[]>

type Reaction = 'check_account' | 'note_owners' | 'sync_templates'
type NoticeKind = ChannelNotice['kind'] | 'error'

/** A notice that was just stored for the first time. */
export interface StoredNotice {
  readonly kind: NoticeKind
  readonly wabaId: string | null
}

/** Queues what notices set off, within the transaction that stored them; of several for one account one job remains. */
export async function reactToNotices(sql: Sql, workspaceId: string, notices: readonly StoredNotice[]): Promise<void> {
  const wanted = new Map<string, { task: Reaction; payload: object; place: JobPlace }>()
  for (const { kind, wabaId } of notices) {
    for (const task of NOTICE_REACTIONS[kind]) {
      if (wabaId === null) continue
      const key = `${task}:${workspaceId}:${wabaId}`
      wanted.set(key, { task, payload: { workspaceId, wabaId }, place: { key, queue: key } })
    }
  }
  for (const { task, payload, place } of wanted.values()) await addJob(sql, task, payload, place)
}

/**
 * Notes messages that have come with a file, live, from the phone, or after an import: rows of `media_fetch`, which the job
 * `fetch_media` drains. Rows and not jobs, because thousands may come in a second.
 */
export function reactToFiles(
  sql: Sql,
  workspaceId: string,
  messageIds: readonly string[],
  nowMs: number,
): Promise<void> {
  return queueFetches(sql, workspaceId, messageIds, { nowMs, expiresAtMs: nowMs + META_KEEPS_MS })
}

/** Notes statuses of messages that nobody here has seen: a lost answer, or another partner. The register counts them. */
export function reactToStrays(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  strays: readonly StrayStatus[],
  nowMs: number,
): Promise<void> {
  return putStrays(sql, workspaceId, numberId, strays, nowMs)
}

/** Queues what refusals that came in statuses ask of what is sent next; those that concern one message alone set nothing off. */
export async function reactToRefusals(sql: Sql, workspaceId: string, refusals: readonly LateRefusal[]): Promise<void> {
  for (const refusal of refusals.filter(({ code }) => concernsOthers(code))) {
    const key = `${NOTE_REFUSAL_JOB}:${refusal.conversationId}:${refusal.code}`
    await addJob(sql, NOTE_REFUSAL_JOB, { workspaceId, ...refusal }, { key })
  }
}
