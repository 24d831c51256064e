import { z } from 'zod'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import { addJob, type JobHandler } from '../platform/jobs.ts'
import type { MailOutcome, SendMail } from './client.ts'
import { insertMail, type NewMail, putMailOutcome, readMailSettings, readWaitingMail } from './mail-store.ts'
import type { MailWords } from './mail-words.ts'

export const MAIL_JOB = 'send_mail'

export interface SendMailDeps {
  readonly database: Database
  readonly clock: Clock
  readonly send: SendMail
  readonly openPassword: (workspaceId: string, sealed: Buffer) => string
}

const payloadShape = z.object({ workspaceId: z.uuid(), mailId: z.uuid() })

/** Writes a mail down and queues it, once for a cause, within the transaction `sql`. `false` when it was there. */
export async function queueMail(sql: Sql, workspaceId: string, mail: NewMail, now: Date): Promise<boolean> {
  if (!(await insertMail(sql, workspaceId, mail, now))) return false
  await addJob(sql, MAIL_JOB, { workspaceId, mailId: mail.id })
  return true
}

/** Something to tell by mail; `cause` names what it is about, and is told once. */
export interface Telling {
  readonly id: string
  readonly cause: string
  readonly words: (language: 'ar' | 'en') => MailWords
}

/** Queues a mail to whom the settings name, in their language; without settings nobody is told. */
export async function tellByMail(
  sql: Sql,
  workspaceId: string,
  { id, cause, words }: Telling,
  now: Date,
): Promise<void> {
  const settings = await readMailSettings(sql, workspaceId)
  if (settings === null) return
  await queueMail(sql, workspaceId, { id, cause, recipients: settings.recipients, ...words(settings.language) }, now)
}

/**
 * The job `send_mail`: by the settings of now, so that a mended setting sends what waited. A crash between sending and
 * writing that down sends it twice: for a reminder that is better than never.
 */
export function sendMailJob(deps: SendMailDeps): JobHandler {
  return async (input, { isLastAttempt }) => {
    const { workspaceId, mailId } = payloadShape.parse(input)
    const { mail, settings } = await readWorkspace(deps.database, workspaceId, async (sql) => ({
      mail: await readWaitingMail(sql, workspaceId, mailId),
      settings: await readMailSettings(sql, workspaceId),
    }))
    if (mail === null || settings === null) return
    const { sealedPassword } = settings
    const password = sealedPassword === null ? null : deps.openPassword(workspaceId, sealedPassword)
    const outcome = await deps.send(settings, password, mail)
    const state = outcome.ok ? 'sent' : isLastAttempt ? 'failed' : 'waiting'
    await inWorkspace(deps.database, workspaceId, (sql) =>
      putMailOutcome(sql, workspaceId, mailId, {
        state,
        failure: failureOf(outcome),
        now: new Date(deps.clock.nowMs()),
      }),
    )
    // The queue runs a job again that throws, later each time; also after a refusal, since the settings may be mended.
    if (state === 'waiting') throw new Error(`The mail server did not take the mail: ${failureOf(outcome)}`)
  }
}

function failureOf(outcome: MailOutcome): string | null {
  return outcome.ok ? null : `${outcome.why}: ${outcome.answer}`
}
