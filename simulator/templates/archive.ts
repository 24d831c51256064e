import type { Account } from '../accounts/account.ts'
import type { GraphAnswer, GraphCall } from '../graph/call.ts'
import type { World } from '../world.ts'
import { tellStatus } from './review.ts'
import type { Template } from './template.ts'

/** Days, ids (https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival). */
const KEPT_DAYS = 28
const IDLE_DAYS = 365
const IDS_MAX = 100
const DAY_MS = 86_400_000

/** `POST /{waba}/message_templates/archive` and `/unarchive`: each id is done, or has its reason. */
export function changeArchive(world: World, account: Account, call: GraphCall, away: boolean): GraphAnswer {
  const ids = idsOf(call.input.hsm_ids)
  if (ids.length === 0 || ids.length > IDS_MAX)
    return { code: 100, details: `hsm_ids must have 1 to ${IDS_MAX} template ids.` }
  const done: string[] = []
  const failed: Record<string, string> = {}
  for (const id of ids) {
    const template = account.templates.get(id)
    const reason = template === undefined ? 'There is no such template.' : refusal(template, away)
    if (template === undefined || reason !== null) failed[id] = reason ?? ''
    else {
      if (away) archive(world, account, template)
      else unarchive(world, account, template)
      done.push(id)
    }
  }
  return { json: { [away ? 'archived_templates' : 'unarchived_templates']: done, failed_templates: failed } }
}

/** Into the archive, by the business or by Meta; after 28 days there it is gone. */
export function archive(world: World, account: Account, template: Template): void {
  const since = { atMs: world.clock.nowMs(), from: template.status }
  template.archive = since
  template.status = 'ARCHIVED'
  tellStatus(world, account, template, 'ARCHIVED', 'NONE')
  world.clock.at(since.atMs + KEPT_DAYS * DAY_MS, () => {
    if (template.archive !== since) return
    account.templates.delete(template.id)
    tellStatus(world, account, template, 'DELETED', 'NONE')
  })
}

/** Creating, editing, sending and unarchiving: what nobody does anything with for 12 months, Meta archives. */
export function stayActive(world: World, account: Account, template: Template): void {
  const isWatched = template.activeMs !== undefined
  template.activeMs = world.clock.nowMs()
  if (!isWatched) watch(world, account, template, template.activeMs + IDLE_DAYS * DAY_MS)
}

function watch(world: World, account: Account, template: Template, dueMs: number): void {
  world.clock.at(dueMs, () => {
    const idleMs = (template.activeMs ?? 0) + IDLE_DAYS * DAY_MS
    const isThere = account.templates.get(template.id) === template && template.status !== 'PENDING_DELETION'
    if (!isThere) return
    if (idleMs > world.clock.nowMs()) return watch(world, account, template, idleMs)
    if (template.status !== 'ARCHIVED') archive(world, account, template)
    delete template.activeMs
  })
}

function unarchive(world: World, account: Account, template: Template): void {
  template.status = template.archive?.from ?? 'APPROVED'
  delete template.archive
  tellStatus(world, account, template, 'UNARCHIVED', 'NONE')
  stayActive(world, account, template)
}

function refusal({ status }: Template, away: boolean): string | null {
  if (!away) return status === 'ARCHIVED' ? null : 'Template is not archived'
  return status === 'APPROVED' || status === 'REJECTED' ? null : 'Only approved or rejected templates can be archived'
}

/** A list, or one text with commas. */
function idsOf(given: unknown): string[] {
  const list = Array.isArray(given) ? given : typeof given === 'string' ? given.split(',') : []
  return list.map((id) => String(id).trim()).filter((id) => id !== '')
}
