import { z } from 'zod'
import type { UnixMs } from '../ids.ts'

/** What by nature never reaches anybody but the phone: listed as such, whether or not something was missed. */
export const STANDING_KINDS = [
  'groups',
  'calls',
  'view_once',
  'disappearing',
  'status',
  'channels',
  'windows',
  'wearos',
] as const

export const GAP_KINDS = [
  'history_declined',
  'history_silent',
  'history_partial',
  'history_too_late',
  'history_used_up',
  'contacts_missing',
  'media_old',
  'media_not_come',
  'file_missing',
  'unavailable',
  'unsupported',
  'stray_status',
  'missed_report',
  'other_partner',
  'disconnected',
  'outage',
  'webhook_down',
  'app_only',
  ...STANDING_KINDS,
] as const
export type GapKind = (typeof GAP_KINDS)[number]
export type StandingKind = (typeof STANDING_KINDS)[number]

/** What is known about a gap besides its times; which of these there are hangs on its kind. */
export interface GapEvidence {
  /** The time that is missing, where it is another one than from `sinceMs` to `untilMs`. */
  readonly fromMs?: UnixMs
  readonly toMs?: UnixMs
  /** Parts of it by name: phases of history, types of messages, reasons of files; how many each. */
  readonly parts?: Readonly<Record<string, number>>
  /** The state of the number that made the gap, and its reason. */
  readonly state?: string
  readonly reason?: string
}

/** Something of a number that could not be captured. */
export interface CaptureGap {
  /** Names the cause for ever. */
  readonly key: string
  readonly kind: GapKind
  readonly sinceMs: UnixMs
  /** When its cause was gone; `null`: it is still there. */
  readonly untilMs: UnixMs | null
  /** How many; `null`: nobody can know. */
  readonly count: number | null
  readonly evidence: GapEvidence
  readonly firstSeenAtMs: UnixMs
  readonly lastSeenAtMs: UnixMs
}

/** `GET /api/v1/numbers/{id}/gaps`: open ones first, newest first; `checkedAtMs` null: never looked at. */
export interface GapsAnswer {
  readonly gaps: readonly CaptureGap[]
  readonly checkedAtMs: UnixMs | null
}

/** `POST /api/v1/numbers/{id}/gaps/check`: looks now. Answers as the GET does. */

/** Characters of a ready-made answer. */
export const AUTO_ANSWER_LENGTH_MAX = 1024

/** Tells a customer, once, that their message could not be received and what to do. */
export interface AutoAnswer {
  readonly enabled: boolean
  readonly textAr: string
  readonly textEn: string
  /** How many customers of this number were answered so far. */
  readonly answered: number
}

const words = z.string().trim().min(1).max(AUTO_ANSWER_LENGTH_MAX)
/** `GET` and `POST /api/v1/numbers/{id}/auto-answer`. POST: 204. */
export const saveAutoAnswerBody = z.object({ enabled: z.boolean(), textAr: words, textEn: words })
export type SaveAutoAnswerBody = z.infer<typeof saveAutoAnswerBody>
