import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { type DueReminder, dueReminder, type WatchedNumber } from './due-reminders.ts'
import {
  insertReminder,
  isReminded,
  type ReminderSettings,
  readReminderSettings,
  readWatched,
} from './reminder-store.ts'
import { reminderMail } from './reminder-words.ts'

export interface SendRemindersDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  /** Writes a mail down and queues it within the transaction; `false` when one of this cause is there already. */
  readonly queueMail: (
    sql: Sql,
    workspaceId: string,
    mail: {
      readonly id: string
      readonly cause: string
      readonly recipients: readonly string[]
      readonly subject: string
      readonly body: string
    },
    now: Date,
  ) => Promise<boolean>
}

/**
 * Reminds of phones that nobody opens, and of connections that were lost: each occasion once, whoever else sweeps at the
 * same time, because mail and reminder are unique. Costs two queries when there is nothing to be said.
 */
export async function sendReminders(deps: SendRemindersDeps, workspaceId: string): Promise<void> {
  const nowMs = deps.clock.nowMs()
  const { settings, due } = await readWorkspace(deps.database, workspaceId, async (sql) => {
    const settings = await readReminderSettings(sql, workspaceId)
    if (!settings.enabled || settings.mail === null) return { settings, due: [] }
    const due = (await readWatched(sql, workspaceId)).flatMap((number) => {
      const reminder = dueReminder(number, nowMs)
      return reminder === null ? [] : [{ number, reminder }]
    })
    return { settings, due }
  })
  for (const { number, reminder } of due) {
    await inWorkspace(deps.database, workspaceId, (sql) =>
      remind(deps, sql, workspaceId, { number, reminder, settings, now: new Date(nowMs) }),
    )
  }
}

async function remind(
  deps: SendRemindersDeps,
  sql: Sql,
  workspaceId: string,
  what: {
    readonly number: WatchedNumber
    readonly reminder: DueReminder
    readonly settings: ReminderSettings
    readonly now: Date
  },
): Promise<void> {
  const { number, reminder, settings, now } = what
  const { mail, ownRecipients } = settings
  if (mail === null || (await isReminded(sql, workspaceId, number.id, reminder))) return
  const { kind, occasion } = reminder
  const id = deps.ids.next()
  const words = reminderMail(mail.language, reminder, number)
  const letter = { id, cause: `reminder:${number.id}:${kind}:${occasion}`, ...words }
  // Another sweep that writes the same one is waited for here, and has then been quicker.
  if (!(await deps.queueMail(sql, workspaceId, { ...letter, recipients: ownRecipients ?? mail.recipients }, now)))
    return
  await insertReminder(sql, workspaceId, { numberId: number.id, kind, occasion, mailId: id }, now)
}
