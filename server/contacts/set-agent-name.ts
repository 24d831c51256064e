import type { RenameContactBody } from '../../contract/api/contacts.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { type AppendedRow, appendEvents, joinProjection, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { lockContact, writeAgentName } from './agent-name-store.ts'

export interface AgentNameDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
}

/**
 * A member gives a contact the name it goes by in the team, or takes it away. Every row of the list that shows the contact
 * follows. Gives what was wrong, or `null`: `not_found`, `changed_meanwhile` when it has another name than the writer saw.
 */
export async function setAgentName(
  deps: AgentNameDeps,
  { workspaceId, memberId }: { readonly workspaceId: string; readonly memberId: string },
  contactId: string,
  { name, was }: RenameContactBody,
): Promise<ErrorCode | null> {
  const nowMs = deps.clock.nowMs()
  const done = await inWorkspace(deps.database, workspaceId, async (sql): Promise<ErrorCode | AppendedRow[]> => {
    await joinProjection(sql, workspaceId)
    const contact = await lockContact(sql, workspaceId, contactId)
    if (contact === null) return 'not_found'
    // Who asks twice has what was asked for.
    if (contact.agentName === name) return []
    if (contact.agentName !== was) return 'changed_meanwhile'
    const by = { name, memberId, now: new Date(nowMs) }
    const conversations = await writeAgentName(sql, workspaceId, contact, by)
    const events = conversations.map((conversation) => ({ type: 'conversation.changed', conversation }) as const)
    return appendEvents(sql, workspaceId, nowMs, events)
  })
  if (typeof done === 'string') return done
  if (done.length > 0) deps.publish(workspaceId, done)
  return null
}
