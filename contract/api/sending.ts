import { z } from 'zod'
import type { UnixMs } from '../ids.ts'
import type { Message } from '../message.ts'

/** `POST /api/v1/messages/{id}/cancel`: takes back what has not gone out; 409 `already_sent` otherwise. */
export interface ChangedSendAnswer {
  readonly message: Message
}

/** `POST /api/v1/messages/{id}/doubt`: a person decides about an unconfirmed message; answers like `cancel`. */
export const answerDoubtBody = z.object({ answer: z.enum(['again', 'leave']) })

/** `GET /api/v1/conversations/{id}/queue`: what keeps the messages of a conversation from going out at once. */
export interface QueueAnswer {
  /** Messages of the number that wait and are due. */
  readonly numberWaits: number
  /** Of them, those of this conversation. */
  readonly waits: number
  /**
   * `file`: the file before is not delivered yet; `customer`: too many to this customer; `number`: too many of the number;
   * `places`: as many customers as WhatsApp allows were written to first within 24 hours.
   */
  readonly reason: 'file' | 'customer' | 'number' | 'places' | null
  /** With `places`: when the next of them is free. */
  readonly freeAtMs?: UnixMs
}

/** `GET /api/v1/conversations/{id}/template-limits`: what keeps templates from this customer. */
export interface TemplateLimitsAnswer {
  /** From when marketing may be sent again, after WhatsApp has held it back; `null`: at once. */
  readonly marketingFromMs: UnixMs | null
  /** A template to this customer waits until then, at the least: the messaging limit is used up; `null`: it does not. */
  readonly placeFreeAtMs: UnixMs | null
}

/**
 * `GET /api/v1/messaging-limit`: customers whom all numbers together may write to first, with templates outside reply windows,
 * within 24 hours.
 */
export interface MessagingLimitAnswer {
  /** `null`: unlimited, or Meta did not say. */
  readonly limit: number | null
  readonly used: number
  /** When the first of the places is free again; `null`: none is taken. */
  readonly freeAtMs: UnixMs | null
}

/** Messages a second that a cautious owner allows a number. */
export const CAUTIOUS_PER_SECOND = 5
export const PER_SECOND_MAX = 1_000

/** `GET`, `POST /api/v1/numbers/{id}/send-limit`: messages a second, in and out together; `null`: the preset. */
export const saveSendLimitBody = z.object({ perSecond: z.number().int().min(1).max(PER_SECOND_MAX).nullable() })
export interface SendLimitAnswer {
  readonly perSecond: number | null
  readonly preset: number
}

export const UNDO_SECONDS_MAX = 60
/** A day. */
export const ASK_AFTER_MINUTES_MAX = 1_440

/** `GET`, `POST /api/v1/send-setting`: for all numbers. */
export const saveSendSettingBody = z.object({
  /** How long an agent's message can be taken back before it goes out. */
  undoSeconds: z.number().int().min(0).max(UNDO_SECONDS_MAX),
  /** From when a person is asked about a message of which nobody knows whether it went out. */
  askAfterMinutes: z.number().int().min(1).max(ASK_AFTER_MINUTES_MAX),
})
export type SendSettingAnswer = z.infer<typeof saveSendSettingBody>
