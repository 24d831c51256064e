import nodemailer from 'nodemailer'
import type { MailFailure, MailSettings } from '../../contract/api/mail.ts'

/** How long the mail server may take for each step. Milliseconds. */
const CONNECT_TIMEOUT_MS = 10_000
const ANSWER_TIMEOUT_MS = 20_000
/** What is kept of the server's answer, in characters. */
const ANSWER_LENGTH_MAX = 300

export interface OutgoingMail {
  readonly recipients: readonly string[]
  readonly subject: string
  readonly body: string
}

export type MailOutcome =
  | { readonly ok: true }
  /** `again`: it may work later without anybody changing anything. */
  | { readonly ok: false; readonly why: MailFailure; readonly answer: string; readonly again: boolean }

export type SendMail = (settings: MailSettings, password: string | null, mail: OutgoingMail) => Promise<MailOutcome>

/** Hands one mail to the firm's mail server (SMTP, RFC 5321). Gives a value in every case. */
export const sendMail: SendMail = async (settings, password, mail) => {
  const { host, port, security, username, from } = settings
  const transport = nodemailer.createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    ...(username === null ? {} : { auth: { user: username, pass: password ?? '' } }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    // The text is ours; nothing is to be fetched from files or the web into a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  try {
    await transport.sendMail({
      from: { name: 'Wasl', address: from },
      to: [...mail.recipients],
      subject: mail.subject,
      text: mail.body,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    return { ok: true }
  } catch (error) {
    return readMailError(error)
  } finally {
    transport.close()
  }
}

/** nodemailer's codes, by what a person can do about them. */
export function readMailError(error: unknown): MailOutcome & { ok: false } {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string }
  const answer = (message ?? String(error)).slice(0, ANSWER_LENGTH_MAX)
  if (code === 'EAUTH') return { ok: false, why: 'login_refused', answer, again: false }
  if (code === 'ETLS' || /certificate|self.signed|TLS|SSL|wrong version/i.test(answer)) {
    return { ok: false, why: 'not_secure', answer, again: false }
  }
  // RFC 5321, 4.2.1: 4yz asks to come again, 5yz refuses for good.
  if (responseCode !== undefined) return { ok: false, why: 'refused', answer, again: responseCode < 500 }
  return { ok: false, why: 'not_reached', answer, again: true }
}
