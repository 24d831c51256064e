import type { Duty } from '../../contract/duty.ts'
import type { Member } from '../../contract/number.ts'
import { type Database, readWorkspace, type Sql } from '../platform/db.ts'
import type { MessagePlace } from './page-cursor.ts'
import { readConversation, readThread } from './read-store.ts'
import type { MessageRow } from './rows.ts'
import { type ThreadLanguage, threadHead, threadRow } from './thread-row.ts'

/** Messages read at a time: so many are in memory, however long the thread is. */
const EXPORT_PAGE = 500

export interface ExportThreadDeps {
  readonly database: Database
  readonly readMembers: (sql: Sql, workspaceId: string) => Promise<readonly Member[]>
  /** The roster of a number; `null` when there is no such number. */
  readonly readDuties: (sql: Sql, workspaceId: string, numberId: string) => Promise<readonly Duty[] | null>
}

/** A thread as a CSV file, newest message first, read page by page; `null` when there is no such conversation. */
export async function exportThread(
  { database, readMembers, readDuties }: ExportThreadDeps,
  workspaceId: string,
  conversationId: string,
  language: ThreadLanguage,
): Promise<AsyncGenerator<string> | null> {
  const found = await readWorkspace(database, workspaceId, async (sql) => {
    const conversation = await readConversation(sql, workspaceId, conversationId)
    if (conversation === null) return null
    const members = await readMembers(sql, workspaceId)
    return { id: conversation.id, members, duties: (await readDuties(sql, workspaceId, conversation.numberId)) ?? [] }
  })
  if (found === null) return null
  return (async function* () {
    yield threadHead(language)
    let before: MessagePlace | null = null
    for (;;) {
      const from: MessagePlace | null = before
      const rows: MessageRow[] = await readWorkspace(database, workspaceId, (sql) =>
        readThread(sql, workspaceId, found.id, from, EXPORT_PAGE),
      )
      yield rows.map((row) => threadRow(row, found, language)).join('')
      const last = rows.at(-1)
      if (rows.length < EXPORT_PAGE || last === undefined) return
      before = last
    }
  })()
}
