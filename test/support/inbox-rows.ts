import { randomUUID } from 'node:crypto'
import type { Message } from '../../contract/message.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { tokenSeal } from '../../server/numbers/token-seal.ts'
import { createSealer } from '../../server/platform/crypto.ts'
import type { TestDatabase } from './database.ts'
import type { TestWorkspace } from './workspace.ts'

/** Rows put straight into the tables, for tests of what reads them. What writes them has tests of its own. */

export const NINE_O_CLOCK_MS = Date.UTC(2026, 10, 23, 9)

/** A customer and their conversation; gives its id. */
export async function putConversation(
  db: TestDatabase,
  workspace: TestWorkspace,
  customer: {
    phone?: string | null
    userId?: string | null
    name?: string
    lastAtMs?: number
    inboundCount?: number
    lastInboundAtMs?: number | null
  } = {},
): Promise<string> {
  const contactId = randomUUID()
  const id = randomUUID()
  const { workspaceId, number } = workspace
  const lastAtMs = customer.lastAtMs ?? NINE_O_CLOCK_MS - 60_000
  const lastInboundAtMs = customer.lastInboundAtMs === undefined ? lastAtMs : customer.lastInboundAtMs
  const phone = customer.phone === undefined ? '966551234567' : customer.phone
  await db.owner.query(
    'insert into contact (workspace_id, id, phone, user_id, profile_name, created_at) values ($1, $2, $3, $4, $5, $6)',
    [workspaceId, contactId, phone, customer.userId ?? null, customer.name ?? 'Huda', new Date(lastAtMs)],
  )
  await db.owner.query(
    `insert into conversation (workspace_id, id, number_id, contact_id, last, last_at, inbound_count, last_inbound_at, created_at)
     values ($1, $2, $3, $4, null, $5, $6, $7, $5)`,
    [
      workspaceId,
      id,
      number.id,
      contactId,
      new Date(lastAtMs),
      customer.inboundCount ?? 1,
      lastInboundAtMs === null ? null : new Date(lastInboundAtMs),
    ],
  )
  return id
}

/** A message in a conversation; from the customer, unless told otherwise. Gives its id. */
export async function putMessage(
  db: TestDatabase,
  workspace: TestWorkspace,
  conversationId: string,
  message: Partial<Pick<Message, 'wamid' | 'author' | 'sentAtMs' | 'delivery' | 'quote' | 'clientId'>> & {
    content?: MessageContent
  } = {},
): Promise<string> {
  const id = randomUUID()
  const sentAt = new Date(message.sentAtMs ?? NINE_O_CLOCK_MS - 60_000)
  await db.owner.query(
    `insert into message (workspace_id, id, number_id, conversation_id, wamid, client_id, author, source, sent_at, content,
                          delivery, delivery_at, quote, base_rank, content_rank, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'live', $8, $9, $10, $11, $12, 2, 10, $8)`,
    [
      workspace.workspaceId,
      id,
      workspace.number.id,
      conversationId,
      message.wamid === undefined ? `wamid.${id}` : message.wamid,
      message.clientId ?? null,
      message.author ?? 'customer',
      sentAt,
      JSON.stringify(message.content ?? { type: 'text', body: 'Hello' }),
      message.delivery ?? null,
      message.delivery == null ? null : sentAt,
      message.quote == null ? null : JSON.stringify(message.quote),
    ],
  )
  return id
}

/** Gives the workspace's number an access token, sealed with the key of `startApiServer`. */
export async function putToken(db: TestDatabase, workspace: TestWorkspace, token = 'EAAtoken'): Promise<void> {
  const { workspaceId, number } = workspace
  const sealed = tokenSeal(createSealer(Buffer.alloc(32, 7))).seal(workspaceId, number.id, token)
  await db.owner.query(
    `insert into number_secret (workspace_id, number_id, kind, sealed, created_at) values ($1, $2, 'access_token', $3, $4)`,
    [workspaceId, number.id, sealed, new Date(NINE_O_CLOCK_MS)],
  )
}

/** A template without variables that Meta has approved and somebody has reviewed; gives what sends it. */
export async function putTemplate(
  db: TestDatabase,
  { workspaceId, number }: TestWorkspace,
  category: 'MARKETING' | 'UTILITY' | 'AUTHENTICATION',
): Promise<{ readonly type: 'template'; readonly name: string; readonly language: string }> {
  const name = `a_${category.toLowerCase()}`
  const wording = { parameterFormat: 'POSITIONAL', components: [{ type: 'BODY', text: 'Good news.' }] }
  await db.owner.query(
    `insert into template (workspace_id, id, waba_id, name, language, created_at, version, review, reviewed_at, meta_status,
                           meta_category, meta_wording)
     values ($1, $2, $3, $4, 'en', $5, 1, 'submitted', $5, 'APPROVED', $6, $7)`,
    [workspaceId, randomUUID(), number.wabaId, name, new Date(NINE_O_CLOCK_MS), category, JSON.stringify(wording)],
  )
  return { type: 'template', name, language: 'en' }
}
