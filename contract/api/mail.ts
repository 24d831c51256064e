import { z } from 'zod'

export const MAIL_RECIPIENTS_MAX = 20

/** How Wasl reaches the firm's mail server, and whom it writes to. The password never leaves the server. */
export interface MailSettings {
  readonly host: string
  readonly port: number
  /** `tls` from the first byte (usually port 465), `starttls` before anything secret (587), `none` only inside a machine. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly username: string | null
  readonly hasPassword: boolean
  readonly from: string
  readonly recipients: readonly string[]
  readonly language: 'ar' | 'en'
}

export type MailState = 'waiting' | 'sent' | 'failed'

/** Why a mail did not go out; `answer` is what the other side said. */
export type MailFailure = 'not_reached' | 'not_secure' | 'login_refused' | 'refused'

/** `GET /api/v1/mail`: the settings (`null`: none yet), and the last 20 mails. */
export interface MailAnswer {
  readonly settings: MailSettings | null
  readonly mails: readonly {
    readonly id: string
    readonly subject: string
    readonly recipients: readonly string[]
    readonly state: MailState
    readonly failure: string | null
    readonly writtenAtMs: number
  }[]
}

const address = z.email('is not an e-mail address').max(254)

/** `POST /api/v1/mail`: saves the settings. Without `password` the one that is stored stays; `null` takes it away. */
export const saveMailBody = z.object({
  host: z
    .string()
    .trim()
    .min(1)
    .max(253)
    .regex(/^[A-Za-z0-9.:-]+$/, 'is not the name of a server'),
  port: z.number().int().min(1).max(65_535),
  security: z.enum(['tls', 'starttls', 'none']),
  username: z.string().trim().min(1).max(254).nullable(),
  password: z.string().max(1000).nullable().optional(),
  from: address,
  recipients: z.array(address).min(1).max(MAIL_RECIPIENTS_MAX),
  language: z.enum(['ar', 'en']),
})
export type SaveMailBody = z.infer<typeof saveMailBody>

/** `POST /api/v1/mail/test`: sends a mail now, by the stored settings. 204, or `mail_failed` with these details. */
export interface MailFailedDetails {
  readonly why: MailFailure
  readonly answer: string
}
