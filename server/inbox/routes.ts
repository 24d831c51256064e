import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  conversationsQuery,
  messagesQuery,
  readConversationBody,
  type SendMessageAnswer,
  sendMessageBody,
} from '../../contract/api/inbox.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { Message } from '../../contract/message.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { type MarkReadDeps, markConversationRead } from './mark-conversation-read.ts'
import { readConversationCursor, readMessageCursor } from './page-cursor.ts'
import { readConversationsPage, readMessagesPage, readSnapshot, type SnapshotDeps } from './read-snapshot.ts'

export interface InboxRoutesDeps extends SnapshotDeps, MarkReadDeps {
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string } } | null>
  /** What else follows when a member has read: the customer may be told. */
  readonly afterRead: (workspaceId: string, conversationId: string) => Promise<unknown>
  readonly sendMessage: (request: {
    workspaceId: string
    memberId: string
    conversationId: string
    body: z.output<typeof sendMessageBody>
  }) => Promise<
    | { readonly ok: true; readonly created: boolean; readonly message: Message }
    | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }
  >
}

const idParams = z.object({ id: z.uuid() })

/** Snapshot, list, threads, sending and reading: `contract/api/inbox.ts`. */
export function inboxRoutes(app: FastifyInstance, deps: InboxRoutesDeps): void {
  const who = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return { workspaceId: identity.workspaceId, memberId: identity.member.id }
  }

  app.get('/api/v1/snapshot', async (request) => {
    const { workspaceId, memberId } = await who(request)
    return readSnapshot(deps, workspaceId, memberId)
  })

  app.get('/api/v1/conversations', async (request) => {
    const { workspaceId, memberId } = await who(request)
    const { cursor, limit } = readInput(conversationsQuery, request.query)
    const after = cursor === undefined ? null : placeOr400(readConversationCursor(cursor))
    return readConversationsPage(deps.database, workspaceId, memberId, { after, limit })
  })

  app.get('/api/v1/conversations/:id/messages', async (request) => {
    const { workspaceId } = await who(request)
    const conversationId = idOr404(request.params)
    const { cursor, limit } = readInput(messagesQuery, request.query)
    const before = cursor === undefined ? null : placeOr400(readMessageCursor(cursor))
    const page = await readMessagesPage(deps.database, workspaceId, conversationId, { before, limit })
    if (page === null) throw new ApiFault('not_found')
    return page
  })

  app.post('/api/v1/conversations/:id/messages', async (request, reply) => {
    const { workspaceId, memberId } = await who(request)
    const conversationId = idOr404(request.params)
    const body = readInput(sendMessageBody, request.body)
    const outcome = await deps.sendMessage({ workspaceId, memberId, conversationId, body })
    if (!outcome.ok) return sendFault(reply, outcome.code, outcome.details)
    const answer: SendMessageAnswer = { message: outcome.message }
    return reply.code(outcome.created ? 201 : 200).send(answer)
  })

  app.post('/api/v1/conversations/:id/read', async (request, reply) => {
    const { workspaceId, memberId } = await who(request)
    const conversationId = idOr404(request.params)
    const { inboundCount } = readInput(readConversationBody, request.body)
    const found = await markConversationRead(deps, workspaceId, memberId, { conversationId, inboundCount })
    if (!found) return sendFault(reply, 'not_found')
    await deps.afterRead(workspaceId, conversationId)
    return reply.code(204).send()
  })
}

/** What is no id at all names nothing here either. */
function idOr404(params: unknown): string {
  const read = idParams.safeParse(params)
  if (!read.success) throw new ApiFault('not_found')
  return read.data.id
}

function placeOr400<T>(place: T | null): T {
  if (place === null) throw new ApiFault('bad_request', [{ field: 'cursor', problem: 'This is no cursor of ours.' }])
  return place
}
