import type { Sql } from '../platform/db.ts'
import { noticeText, SEND_CHANNEL, type SendNotice } from './send-notice.ts'

/** Tells the senders of all processes; those who listen hear it with the commit. */
export async function tellSenders(sql: Sql, notice: SendNotice): Promise<void> {
  await sql.query('select pg_notify($1, $2)', [SEND_CHANNEL, noticeText(notice)])
}
