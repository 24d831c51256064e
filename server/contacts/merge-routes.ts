import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  apartBody,
  type MergeContactAnswer,
  mergeContactBody,
  type SuggestionsAnswer,
  suggestionsQuery,
  type UndoMergeAnswer,
} from '../../contract/api/contacts.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { contactView } from '../inbox/view.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace } from '../platform/db.ts'
import { suggestMerges } from './suggest-merges.ts'
import { readLikenesses, writeApart } from './suggestion-store.ts'

/** Pairs that are suggested at a time. */
const SUGGESTIONS_MAX = 100

type MergeOutcome =
  | { readonly ok: true; readonly mergeId: string; readonly contactId: string }
  | { readonly ok: false; readonly code: ErrorCode }

export interface Member {
  readonly workspaceId: string
  readonly memberId: string
}

/** Who makes a request; `no_member` when nobody is chosen. */
export type WhoAsks = (request: FastifyRequest) => Promise<Member>

/** Merging moves threads, and so is the inbox's to do. */
export interface MergeRoutesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly mergePeople: (member: Member, contactIds: readonly [string, string]) => Promise<MergeOutcome>
  readonly undoMerge: (member: Member, mergeId: string) => Promise<MergeOutcome>
}

/** Contacts that may be one person: suggested, merged, told apart, and a merge taken back. */
export function mergeRoutes(app: FastifyInstance, deps: MergeRoutesDeps, who: WhoAsks): void {
  const { database, clock } = deps

  app.get('/api/v1/contacts/suggestions', async (request): Promise<SuggestionsAnswer> => {
    const { workspaceId } = await who(request)
    const { contactId = null } = readInput(suggestionsQuery, request.query)
    const found = await readWorkspace(database, workspaceId, (sql) => readLikenesses(sql, workspaceId, contactId))
    return {
      suggestions: suggestMerges(found, SUGGESTIONS_MAX).map(({ first, second, reason }) => ({
        contacts: [contactView(first), contactView(second)],
        reason,
      })),
    }
  })

  app.post('/api/v1/contacts/:id/merges', async (request, reply) => {
    const member = await who(request)
    const { otherId } = readInput(mergeContactBody, request.body)
    const outcome = await deps.mergePeople(member, [idOr404(request.params), otherId])
    if (!outcome.ok) return sendFault(reply, outcome.code)
    const answer: MergeContactAnswer = { mergeId: outcome.mergeId, contactId: outcome.contactId }
    return reply.code(201).send(answer)
  })

  app.post('/api/v1/contacts/merges/:id/undo', async (request, reply) => {
    const member = await who(request)
    const outcome = await deps.undoMerge(member, idOr404(request.params))
    if (!outcome.ok) return sendFault(reply, outcome.code)
    const answer: UndoMergeAnswer = { contactId: outcome.contactId }
    return reply.send(answer)
  })

  app.post('/api/v1/contacts/apart', async (request, reply) => {
    const { workspaceId, memberId } = await who(request)
    const { ids, apart } = readInput(apartBody, request.body)
    const by = { memberId, now: new Date(clock.nowMs()), apart }
    await inWorkspace(database, workspaceId, (sql) => writeApart(sql, workspaceId, ids, by))
    return reply.code(204).send()
  })
}

const idParams = z.object({ id: z.uuid() })

/** What is no id at all names nothing here either. */
export function idOr404(params: unknown): string {
  const read = idParams.safeParse(params)
  if (!read.success) throw new ApiFault('not_found')
  return read.data.id
}
