import type { MailAnswer, MailSettings, SaveMailBody } from '../../contract/api/mail.ts'
import type { Sql } from '../platform/db.ts'

/** How many mails the page of the settings shows. */
const RECENT_MAX = 20

export interface StoredSettings extends MailSettings {
  readonly sealedPassword: Buffer | null
}

/** A mail to write down; `cause` names what it is about, and is used once. */
export interface NewMail {
  readonly id: string
  readonly cause: string
  readonly recipients: readonly string[]
  readonly subject: string
  readonly body: string
}

export type WaitingMail = Pick<NewMail, 'recipients' | 'subject' | 'body'>

/** `null`: nobody has entered a mail server yet. */
export async function readMailSettings(sql: Sql, workspaceId: string): Promise<StoredSettings | null> {
  const { rows } = await sql.query<StoredSettings>(
    `select host, port, security, username, sealed_password is not null as "hasPassword",
            sealed_password as "sealedPassword", from_address as "from", recipients, language
       from mail_settings where workspace_id = $1`,
    [workspaceId],
  )
  return rows[0] ?? null
}

/** Saves the settings; `sealedPassword` of `undefined` leaves the stored one. */
export async function putMailSettings(
  sql: Sql,
  workspaceId: string,
  settings: Omit<SaveMailBody, 'password'> & { readonly sealedPassword: Buffer | null | undefined },
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  const { host, port, security, username, sealedPassword, from, recipients, language } = settings
  await sql.query(
    `insert into mail_settings
       (workspace_id, host, port, security, username, sealed_password, from_address, recipients, language, member_id, saved_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     on conflict (workspace_id) do update set host = excluded.host, port = excluded.port, security = excluded.security,
       username = excluded.username,
       sealed_password = case when $12 then mail_settings.sealed_password else excluded.sealed_password end,
       from_address = excluded.from_address, recipients = excluded.recipients, language = excluded.language,
       member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [
      ...[workspaceId, host, port, security, username, sealedPassword ?? null, from, recipients, language],
      ...[by.memberId, by.now, sealedPassword === undefined],
    ],
  )
}

/** Writes a mail down. `false` when one of this cause is there already. */
export async function insertMail(sql: Sql, workspaceId: string, mail: NewMail, now: Date): Promise<boolean> {
  const { rowCount } = await sql.query(
    `insert into mail (workspace_id, id, cause, recipients, subject, body, state, written_at)
     values ($1, $2, $3, $4, $5, $6, 'waiting', $7) on conflict (workspace_id, cause) do nothing`,
    [workspaceId, mail.id, mail.cause, mail.recipients, mail.subject, mail.body, now],
  )
  return rowCount === 1
}

/** A mail that is still to be sent; `null` when it was, or was given up. */
export async function readWaitingMail(sql: Sql, workspaceId: string, id: string): Promise<WaitingMail | null> {
  const { rows } = await sql.query<WaitingMail>(
    `select recipients, subject, body from mail where workspace_id = $1 and id = $2 and state = 'waiting'`,
    [workspaceId, id],
  )
  return rows[0] ?? null
}

/** Ends a mail: sent (`failure` null), or given up; while it is tried again, only the failure is kept. */
export async function putMailOutcome(
  sql: Sql,
  workspaceId: string,
  id: string,
  outcome: { readonly state: 'waiting' | 'sent' | 'failed'; readonly failure: string | null; readonly now: Date },
): Promise<void> {
  const { state, failure, now } = outcome
  await sql.query(
    `update mail set state = $3, failure = $4, done_at = case when $3 = 'waiting' then null else $5::timestamptz end
      where workspace_id = $1 and id = $2`,
    [workspaceId, id, state, failure, now],
  )
}

/** The last mails, newest first. */
export async function readRecentMails(sql: Sql, workspaceId: string): Promise<MailAnswer['mails']> {
  const { rows } = await sql.query<MailAnswer['mails'][number]>(
    `select id, subject, recipients, state, failure, (extract(epoch from written_at) * 1000)::float8 as "writtenAtMs"
       from mail where workspace_id = $1 order by written_at desc, id limit $2`,
    [workspaceId, RECENT_MAX],
  )
  return rows
}
