import type { Conversation } from '../../contract/conversation.ts'
import { contactJson, conversationJson } from '../inbox/row-sql.ts'
import type { ContactRow, ConversationRow } from '../inbox/rows.ts'
import { conversationView } from '../inbox/view.ts'
import type { Sql } from '../platform/db.ts'

/** A contact that is none of those merged away, locked; `null` when there is none of this id. */
export async function lockContact(sql: Sql, workspaceId: string, id: string): Promise<ContactRow | null> {
  const { rows } = await sql.query<{ contact: ContactRow }>(
    `select ${contactJson('c')} as contact from contact c
      where c.workspace_id = $1 and c.id = $2 and c.merged_into is null for no key update`,
    [workspaceId, id],
  )
  return rows[0]?.contact ?? null
}

/** Gives the contact the agents' name and writes it into its history; gives its conversations as they read now. */
export async function writeAgentName(
  sql: Sql,
  workspaceId: string,
  contact: ContactRow,
  by: { readonly name: string | null; readonly memberId: string; readonly now: Date },
): Promise<Conversation[]> {
  await sql.query('update contact set agent_name = $3 where workspace_id = $1 and id = $2', [
    workspaceId,
    contact.id,
    by.name,
  ])
  await sql.query(
    `insert into contact_change (workspace_id, contact_id, what, old, new, member_id, at)
     values ($1, $2, 'agent_name', $3, $4, $5, $6)`,
    [workspaceId, contact.id, contact.agentName, by.name, by.memberId, by.now],
  )
  const { rows } = await sql.query<{ row: ConversationRow }>(
    `select ${conversationJson('v')} as row from business_number n
       join conversation v on v.workspace_id = n.workspace_id and v.number_id = n.id and v.contact_id = $2
      where n.workspace_id = $1 order by v.id for no key update of v`,
    [workspaceId, contact.id],
  )
  return rows.map(({ row }) => conversationView(row, { ...contact, agentName: by.name }))
}
