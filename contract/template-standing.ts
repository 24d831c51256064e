import type { TemplateCategory } from './template.ts'

/** How long a review holds, and how long after its end a template may still be sent, when nobody says otherwise. Days. */
export const REVIEW_DAYS_DEFAULT = 180
export const GRACE_DAYS_DEFAULT = 30
const DAY_MS = 24 * 60 * 60 * 1000

/** Where the newest wording stands on its way to Meta. */
export const REVIEW_STATES = ['draft', 'in_review', 'returned', 'reviewed', 'submitted'] as const
export type ReviewState = (typeof REVIEW_STATES)[number]

/** What may be sent, and why the rest may not, the gravest reason first. */
export const TEMPLATE_STANDINGS = [
  'put_away',
  'archived',
  'unsubmitted',
  'deleted',
  'disabled',
  'paused',
  'rejected',
  'pending',
  'suspended',
  'expired',
  'due',
  'approved',
] as const
export type TemplateStanding = (typeof TEMPLATE_STANDINGS)[number]

export interface StandingFacts {
  /** Put away by us: not offered, not sent; Meta knows nothing of it. */
  readonly putAway: boolean
  /** Meta's own word; `null` while Meta does not have it. */
  readonly metaStatus: string | null
  /** What Meta has is not what was approved here. */
  readonly drifted: boolean
  /** When another person last approved what Meta has. */
  readonly reviewedAtMs: number | null
}

export interface ReviewTerms {
  readonly reviewDays: number
  readonly graceDays: number
}

/** When a review is due again, and when the template stops being sent. Unix milliseconds. */
export function reviewDates(
  reviewedAtMs: number,
  terms: ReviewTerms,
): { readonly dueMs: number; readonly endMs: number } {
  const dueMs = reviewedAtMs + terms.reviewDays * DAY_MS
  return { dueMs, endMs: dueMs + terms.graceDays * DAY_MS }
}

/** Takes what is known of a template, gives its standing now. */
export function templateStanding(facts: StandingFacts, terms: ReviewTerms, nowMs: number): TemplateStanding {
  if (facts.putAway) return 'put_away'
  if (facts.metaStatus === null) return 'unsubmitted'
  const meta = META_STANDINGS[facts.metaStatus]
  if (meta !== undefined) return meta
  if (facts.metaStatus !== 'APPROVED') return 'pending'
  if (facts.drifted || facts.reviewedAtMs === null) return 'suspended'
  const { dueMs, endMs } = reviewDates(facts.reviewedAtMs, terms)
  if (nowMs >= endMs) return 'expired'
  return nowMs >= dueMs ? 'due' : 'approved'
}

/** Whether a template of this standing may be sent: a review that is due is no obstacle until it is overdue. */
export function isSendable(standing: TemplateStanding): boolean {
  return standing === 'approved' || standing === 'due'
}

/** The error of the API for a template that may not be sent. */
export function standingFault(
  standing: TemplateStanding,
): 'template_suspended' | 'template_expired' | 'template_paused' | 'template_not_approved' {
  if (standing === 'suspended') return 'template_suspended'
  if (standing === 'expired') return 'template_expired'
  return standing === 'paused' || standing === 'disabled' ? 'template_paused' : 'template_not_approved'
}

/**
 * Meta's words for what cannot be sent.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview#template-status
 */
const META_STANDINGS: Readonly<Record<string, TemplateStanding>> = {
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
  LIMIT_EXCEEDED: 'disabled',
  LOCKED: 'disabled',
  DELETED: 'deleted',
  PENDING_DELETION: 'deleted',
  ARCHIVED: 'archived',
}

/** Whether `memberId` may review what `authorId` wrote: another person, unless there is no other. */
export function mayReview(authorId: string | null, memberId: string, members: number): boolean {
  return authorId !== memberId || members <= 1
}

/** Edits that Meta takes of an approved template: one in 24 hours, ten in 30 days; others may be edited freely. */
export function nextEditMs(metaStatus: string | null, editsMs: readonly number[], nowMs: number): number | null {
  if (metaStatus !== 'APPROVED') return null
  const newest = editsMs.toSorted((a, b) => b - a)
  const waits = [waitFor(newest, 1, DAY_MS), waitFor(newest, 10, 30 * DAY_MS)]
  const untilMs = Math.max(...waits)
  return untilMs > nowMs ? untilMs : null
}

function waitFor(newestFirst: readonly number[], count: number, spanMs: number): number {
  const oldest = newestFirst[count - 1]
  return oldest === undefined ? 0 : oldest + spanMs
}

/**
 * How long Meta keeps what is archived, and what it archives; it archives by itself what nobody used for 12 months.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/template-archival
 */
export const ARCHIVE_DAYS = 28
const ARCHIVED_FROM: readonly string[] = ['APPROVED', 'REJECTED']

/** Whether Meta archives a template of this status at our wish. */
export function mayArchive(metaStatus: string | null): boolean {
  return metaStatus !== null && ARCHIVED_FROM.includes(metaStatus)
}

/** When Meta deletes what it archived then. Unix milliseconds; `null` when it is not known since when it is archived. */
export function archiveEndMs(archivedAtMs: number | null): number | null {
  return archivedAtMs === null ? null : archivedAtMs + ARCHIVE_DAYS * DAY_MS
}

/** A category that Meta says it will change to. */
export interface CategoryChange {
  readonly category: TemplateCategory
  /** Unix milliseconds; `null` when Meta did not say. */
  readonly atMs: number | null
}
