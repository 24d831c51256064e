import type { DeliveryError, DeliveryState } from '../../contract/message.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { type DeliveryFact, mergeDelivery } from '../outbound/status.ts'
import type { Via } from '../whatsapp/channel-event.ts'
import { canonicalJson } from './canonical-json.ts'
import type { MessageRow, StoredReaction, StoredVersion } from './rows.ts'

/**
 * Facts about one message come in any order and more than once; each function here takes the message as it is and one
 * fact, and gives the message as it is then, or the very same object when the fact changes nothing. All of them
 * commute and may be repeated: a property test shows it.
 */

/** What a message that Wasl wrote itself has; nothing that comes from Meta replaces it. */
export const OWN_BASE_RANK = 3
export const OWN_CONTENT_RANK = 2 * 4 + 3

/**
 * Who, when and in answer to what: live knows best, then history, then the file that follows history. Of a call, that it rang
 * says when it was, and that it is over says how it went.
 */
const BASE_RANK: Readonly<Record<Via, number>> = { live: 2, echo: 2, history: 1, history_media: 0, standby: 0 }

/** The content: any true content beats "unsupported", which beats a placeholder; after that, how it came. */
const CONTENT_ROAD: Readonly<Record<Via, number>> = { live: 2, echo: 2, history_media: 1, history: 0, standby: 0 }

export function baseRank(via: Via, content: MessageContent): number {
  return isOverCall(content) ? Math.min(BASE_RANK[via], BASE_RANK.history) : BASE_RANK[via]
}

export function contentRank(via: Via, content: MessageContent): number {
  return truthOf(content) * 4 + CONTENT_ROAD[via]
}

function truthOf(content: MessageContent): number {
  if (content.type === 'media_placeholder') return 0
  return content.type === 'unsupported' || (content.type === 'call' && !isOverCall(content)) ? 1 : 2
}

function isOverCall(content: MessageContent): boolean {
  return content.type === 'call' && content.outcome !== 'ringing'
}

/** The same message once more, perhaps by another road. `copy` is what it would be if it were new. */
export function foldCopy(row: MessageRow, copy: MessageRow): MessageRow {
  let next = row
  if (betterBase(row, copy)) next = { ...next, ...baseOf(copy), baseRank: copy.baseRank }
  if (betterContent(row, copy)) next = withFirstWording(next, copy.content, copy.contentRank)
  return foldDelivery(next, deliveryOf(copy))
}

/** The same road twice says the same; if ever it did not, the choice must not depend on the order. */
function betterBase(row: MessageRow, copy: MessageRow): boolean {
  if (copy.baseRank !== row.baseRank) return copy.baseRank > row.baseRank
  return row.baseRank < OWN_BASE_RANK && canonicalJson(baseOf(copy)) > canonicalJson(baseOf(row))
}

function baseOf({ author, source, sentAtMs, quote, referral, forwarded }: MessageRow) {
  return { author, source, sentAtMs, quote, referral, forwarded }
}

function betterContent(row: MessageRow, copy: MessageRow): boolean {
  if (copy.contentRank !== row.contentRank) return copy.contentRank > row.contentRank
  return canonicalJson(copy.content) > canonicalJson(firstWording(row))
}

function firstWording(row: MessageRow): MessageContent {
  return row.versions?.[0]?.content ?? row.content
}

function withFirstWording(row: MessageRow, content: MessageContent, contentRank: number): MessageRow {
  if (row.versions === null) return { ...row, content, contentRank }
  return { ...row, contentRank, versions: [{ content, atMs: null, wamid: null }, ...row.versions.slice(1)] }
}

/** A delivery state was reported. */
export function foldDelivery(row: MessageRow, fact: DeliveryFact | null): MessageRow {
  const before = deliveryOf(row)
  const merged = mergeDelivery(before, fact)
  if (merged === null || merged === before) return row
  if (before !== null && sameDelivery(before, merged)) return row
  return { ...row, delivery: merged.state, deliveryAtMs: merged.atMs, error: merged.error }
}

export function deliveryOf(row: {
  delivery: DeliveryState | null
  deliveryAtMs: number | null
  error: DeliveryError | null
}): DeliveryFact | null {
  return row.delivery === null ? null : { state: row.delivery, atMs: row.deliveryAtMs ?? 0, error: row.error }
}

function sameDelivery(a: DeliveryFact, b: DeliveryFact): boolean {
  return a.state === b.state && a.atMs === b.atMs && canonicalJson(a.error) === canonicalJson(b.error)
}

/** It was edited: the wording joins the others at its place by (time, wamid); the last one is what is shown. */
export function foldEdit(row: MessageRow, edit: StoredVersion): MessageRow {
  const versions = row.versions ?? [{ content: row.content, atMs: null, wamid: null }]
  if (versions.some((known) => known.wamid === edit.wamid)) return row
  const edits = [...versions.slice(1), edit].sort(compareFacts)
  const next = [versions[0] as StoredVersion, ...edits]
  return { ...row, versions: next, content: (next.at(-1) as StoredVersion).content }
}

/** It was deleted for everyone; the earliest time stays. */
export function foldDelete(row: MessageRow, atMs: number): MessageRow {
  if (row.deletedAtMs !== null && row.deletedAtMs <= atMs) return row
  return { ...row, deletedAtMs: atMs }
}

/** One side reacted, or took it back: of each side the latest by (time, wamid) stays. */
export function foldReaction(row: MessageRow, reaction: StoredReaction): MessageRow {
  const known = row.reactions?.find((each) => each.by === reaction.by)
  if (known !== undefined && compareFacts(known, reaction) >= 0) return row
  const others = (row.reactions ?? []).filter((each) => each.by !== reaction.by)
  return { ...row, reactions: [...others, reaction].sort((a, b) => (a.by < b.by ? -1 : 1)) }
}

type DatedFact = { readonly atMs: number | null; readonly wamid: string | null }

/** Order of facts about one message: by time, then by their own wamid. */
export function compareFacts(a: DatedFact, b: DatedFact): number {
  const byTime = (a.atMs ?? 0) - (b.atMs ?? 0)
  if (byTime !== 0) return byTime
  const [left, right] = [a.wamid ?? '', b.wamid ?? '']
  return left < right ? -1 : left > right ? 1 : 0
}
