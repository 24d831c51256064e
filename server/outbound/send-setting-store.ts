import type { NumberMode } from '../../contract/number.ts'
import type { Sql } from '../platform/db.ts'

/** What a member has set; presets otherwise. */
export interface SendSetting {
  readonly undoSeconds: number
  readonly askAfterMinutes: number
}

export async function readSendSetting(sql: Sql, workspaceId: string): Promise<SendSetting> {
  const { rows } = await sql.query<SendSetting>({
    name: 'send_setting',
    text: 'select undo_seconds as "undoSeconds", ask_after_minutes as "askAfterMinutes" from send_setting where workspace_id = $1',
    values: [workspaceId],
  })
  return rows[0] ?? { undoSeconds: 0, askAfterMinutes: 10 }
}

export async function putSendSetting(sql: Sql, workspaceId: string, setting: SendSetting): Promise<void> {
  await sql.query(
    `insert into send_setting (workspace_id, undo_seconds, ask_after_minutes) values ($1, $2, $3)
     on conflict (workspace_id) do update set undo_seconds = excluded.undo_seconds, ask_after_minutes = excluded.ask_after_minutes`,
    [workspaceId, setting.undoSeconds, setting.askAfterMinutes],
  )
}

/** The limit of a number as it was set; `null` when the preset of its mode holds, nothing when there is no such number. */
export async function readLimit(
  sql: Sql,
  workspaceId: string,
  numberId: string,
): Promise<{ readonly mode: NumberMode; readonly perSecond: number | null } | null> {
  const { rows } = await sql.query<{ mode: NumberMode; perSecond: number | null }>(
    `select n.mode, l.per_second as "perSecond" from business_number n
       left join send_limit l on l.workspace_id = n.workspace_id and l.number_id = n.id
      where n.workspace_id = $1 and n.id = $2`,
    [workspaceId, numberId],
  )
  return rows[0] ?? null
}

export async function putLimit(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  perSecond: number | null,
): Promise<void> {
  if (perSecond === null) {
    await sql.query('delete from send_limit where workspace_id = $1 and number_id = $2', [workspaceId, numberId])
    return
  }
  await sql.query(
    `insert into send_limit (workspace_id, number_id, per_second) values ($1, $2, $3)
     on conflict (workspace_id, number_id) do update set per_second = excluded.per_second`,
    [workspaceId, numberId, perSecond],
  )
}
