import type { ReminderKind, RemindersAnswer, RemindersBody } from '../../contract/api/reminders.ts'
import type { Sql } from '../platform/db.ts'
import type { WatchedNumber } from './due-reminders.ts'

/** Reminders that the page of the settings shows. */
const SENT_MAX = 20

export interface ReminderSettings {
  readonly enabled: boolean
  /** Whom reminders go to by their own settings; `null`: whom the mail settings name. */
  readonly ownRecipients: readonly string[] | null
  /** What the mail settings say; `null`: no mail server was entered. */
  readonly mail: { readonly recipients: readonly string[]; readonly language: 'ar' | 'en' } | null
}

/** Who has said nothing is reminded: a phone that nobody opens is lost in silence. */
export async function readReminderSettings(sql: Sql, workspaceId: string): Promise<ReminderSettings> {
  const { rows } = await sql.query<ReminderSettings>(
    `select coalesce(r.enabled, true) as enabled, r.recipients as "ownRecipients",
            case when m.workspace_id is null then null
                 else json_build_object('recipients', m.recipients, 'language', m.language) end as mail
       from (select $1::uuid as workspace_id) w
       left join reminder_settings r on r.workspace_id = w.workspace_id
       left join mail_settings m on m.workspace_id = w.workspace_id`,
    [workspaceId],
  )
  return rows[0] as ReminderSettings
}

/** Saves whether to remind, and whom. */
export async function putReminderSettings(
  sql: Sql,
  workspaceId: string,
  { enabled, recipients }: RemindersBody,
  by: { readonly memberId: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into reminder_settings (workspace_id, enabled, recipients, member_id, saved_at) values ($1, $2, $3, $4, $5)
     on conflict (workspace_id) do update set enabled = excluded.enabled, recipients = excluded.recipients,
       member_id = excluded.member_id, saved_at = excluded.saved_at`,
    [workspaceId, enabled, recipients, by.memberId, by.now],
  )
}

/** All numbers with what a reminder depends on. */
export async function readWatched(sql: Sql, workspaceId: string): Promise<WatchedNumber[]> {
  const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
  const { rows } = await sql.query<WatchedNumber>(
    `select n.id, n.display_phone as "displayPhone", n.verified_name as "verifiedName", n.mode, n.state,
            n.state_reason as "stateReason", ${ms('coalesce(n.state_since, n.connected_at)')} as "stateSinceMs",
            ${ms('n.last_sign_at')} as "lastSignMs",
            (select ${ms('max(r.at)')} from reminder r where r.workspace_id = n.workspace_id and r.number_id = n.id
                and r.kind = 'open_phone') as "remindedAtMs"
       from business_number n where n.workspace_id = $1 order by n.id`,
    [workspaceId],
  )
  return rows
}

/** Whether this occasion was reminded of already. */
export async function isReminded(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  { kind, occasion }: { readonly kind: ReminderKind; readonly occasion: string },
): Promise<boolean> {
  const { rows } = await sql.query(
    'select from reminder where workspace_id = $1 and number_id = $2 and kind = $3 and occasion = $4',
    [workspaceId, numberId, kind, occasion],
  )
  return rows.length > 0
}

/** Writes down that an occasion was reminded of, by this mail. */
export async function insertReminder(
  sql: Sql,
  workspaceId: string,
  reminder: {
    readonly numberId: string
    readonly kind: ReminderKind
    readonly occasion: string
    readonly mailId: string
  },
  now: Date,
): Promise<void> {
  const { numberId, kind, occasion, mailId } = reminder
  await sql.query(
    'insert into reminder (workspace_id, number_id, kind, occasion, mail_id, at) values ($1, $2, $3, $4, $5, $6)',
    [workspaceId, numberId, kind, occasion, mailId, now],
  )
}

/** The last reminders with what became of their mails, newest first. */
export async function readSentReminders(sql: Sql, workspaceId: string): Promise<RemindersAnswer['sent']> {
  const { rows } = await sql.query<RemindersAnswer['sent'][number]>(
    `select r.number_id as "numberId", r.kind, (extract(epoch from r.at) * 1000)::float8 as "atMs", m.state
       from reminder r join mail m on m.workspace_id = r.workspace_id and m.id = r.mail_id
      where r.workspace_id = $1 order by r.at desc, r.mail_id limit $2`,
    [workspaceId, SENT_MAX],
  )
  return rows
}
