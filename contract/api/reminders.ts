import { z } from 'zod'
import type { NumberId, UnixMs } from '../ids.ts'
import { MAIL_RECIPIENTS_MAX, type MailState } from './mail.ts'

/** `open_phone`: it was not opened for ten days or more. The others: the number's connection is suspended, or has ended. */
export type ReminderKind = 'open_phone' | 'offboarded' | 'removed'

/** `GET /api/v1/reminders` */
export interface RemindersAnswer {
  readonly enabled: boolean
  /** `null`: everybody whom the mail settings name. */
  readonly recipients: readonly string[] | null
  /** Whether a mail server was entered: without one nothing can be sent. */
  readonly hasMail: boolean
  /** The last 20, newest first. */
  readonly sent: readonly {
    readonly numberId: NumberId
    readonly kind: ReminderKind
    readonly atMs: UnixMs
    readonly state: MailState
  }[]
}

/** `POST /api/v1/reminders`: whether to remind, and whom. 204. */
export const remindersBody = z.object({
  enabled: z.boolean(),
  recipients: z.array(z.email('is not an e-mail address').max(254)).min(1).max(MAIL_RECIPIENTS_MAX).nullable(),
})
export type RemindersBody = z.infer<typeof remindersBody>
