import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type CodePreviewsAnswer,
  codePreviewsQuery,
  createTemplateBody,
  type LibraryAnswer,
  libraryQuery,
  rewriteTemplateBody,
  syncTemplatesBody,
  type TemplateAnswer,
  type TemplateStep,
  type TemplatesAnswer,
  templateSettingsBody,
  templateStepBody,
} from '../../contract/api/templates.ts'
import { ApiFault, readInput, sendFault } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import { countMembers, readAccountAccess, readAccounts, readHistory } from './account-store.ts'
import { libraryView } from './library-view.ts'
import type { SubmitTemplateDeps } from './push-template.ts'
import { type SampleRoutesDeps, sampleRoutes } from './sample-routes.ts'
import { type SyncTemplatesDeps, syncTemplates } from './sync-templates.ts'
import { takeStep } from './take-step.ts'
import { putTerms, readTemplate, readTemplates, readTerms } from './template-store.ts'
import { templateView } from './template-view.ts'
import { type DraftOutcome, rewriteDraft, writeDraft } from './write-draft.ts'

export interface TemplateRoutesDeps extends SubmitTemplateDeps, SyncTemplatesDeps, SampleRoutesDeps {
  readonly graph: SubmitTemplateDeps['graph'] &
    SyncTemplatesDeps['graph'] &
    SampleRoutesDeps['graph'] &
    Pick<Graph, 'listLibrary' | 'previewCodes'>
  readonly identify: (
    cookieHeader: string | undefined,
  ) => Promise<{ readonly workspaceId: string; readonly member: { readonly id: string; readonly role: string } } | null>
}

/** What is in Meta's archive is deleted there after a while, for everybody. */
const OWNER_STEPS: readonly TemplateStep[] = ['archive', 'unarchive']
const idParams = z.object({ id: z.uuid() })

/** `/api/v1/templates`: the list, one with its history, drafts, steps, and what goes with them. */
export function templateRoutes(app: FastifyInstance, deps: TemplateRoutesDeps): void {
  readingRoutes(app, deps)
  metaTextRoutes(app, deps)
  writingRoutes(app, deps)
  sampleRoutes(app, deps)
}

function readingRoutes(app: FastifyInstance, deps: TemplateRoutesDeps): void {
  const { database, clock } = deps

  app.get('/api/v1/templates', async (request): Promise<TemplatesAnswer> => {
    const { workspaceId } = await actorOf(deps, request)
    const nowMs = clock.nowMs()
    return readWorkspace(database, workspaceId, async (sql) => {
      const terms = await readTerms(sql, workspaceId)
      const rows = await readTemplates(sql, workspaceId)
      return {
        templates: rows.map((row) => templateView(row, terms, nowMs)),
        accounts: await readAccounts(sql, workspaceId),
        terms,
        members: await countMembers(sql, workspaceId),
        nowMs,
      }
    })
  })

  app.get('/api/v1/templates/:id', async (request): Promise<TemplateAnswer> => {
    const { workspaceId } = await actorOf(deps, request)
    const id = idOf(request)
    return readWorkspace(database, workspaceId, async (sql) => {
      const row = await readTemplate(sql, workspaceId, id)
      if (row === null) throw new ApiFault('not_found')
      const template = templateView(row, await readTerms(sql, workspaceId), clock.nowMs())
      return { template, ...(await readHistory(sql, workspaceId, id)) }
    })
  })
}

/** Texts that Meta has ready. */
function metaTextRoutes(app: FastifyInstance, deps: TemplateRoutesDeps): void {
  const { database } = deps
  const tokenOf = (workspaceId: string, wabaId: string) =>
    readWorkspace(database, workspaceId, async (sql) => {
      const access = await readAccountAccess(sql, workspaceId, wabaId)
      return access === null ? null : deps.openToken(workspaceId, access.numberId, access.sealedToken)
    })

  app.get('/api/v1/templates/library', async (request, reply) => {
    const { workspaceId } = await actorOf(deps, request)
    const { wabaId, ...search } = readInput(libraryQuery, request.query)
    const token = await tokenOf(workspaceId, wabaId)
    if (token === null) return sendFault(reply, 'not_found')
    const answer = await deps.graph.listLibrary(token, search)
    if (answer.kind === 'error') return sendFault(reply, 'template_refused', { code: answer.error.code })
    if (answer.kind !== 'ok') return sendFault(reply, 'graph_unreachable')
    const body: LibraryAnswer = { templates: answer.value.map(libraryView) }
    return reply.send(body)
  })

  app.get('/api/v1/templates/code-previews', async (request, reply) => {
    const { workspaceId } = await actorOf(deps, request)
    const { wabaId, languages, security, minutes } = readInput(codePreviewsQuery, request.query)
    const token = await tokenOf(workspaceId, wabaId)
    if (token === null) return sendFault(reply, 'not_found')
    const wording = { languages: languages.split(','), security: security === 'true', minutes }
    const answer = await deps.graph.previewCodes(token, wabaId, wording)
    if (answer.kind === 'error') return sendFault(reply, 'template_refused', { code: answer.error.code })
    if (answer.kind !== 'ok') return sendFault(reply, 'graph_unreachable')
    const body: CodePreviewsAnswer = { previews: answer.value }
    return reply.send(body)
  })
}

function writingRoutes(app: FastifyInstance, deps: TemplateRoutesDeps): void {
  const { database, clock } = deps

  app.post('/api/v1/templates', async (request, reply) => {
    const actor = await actorOf(deps, request)
    return answer(
      deps,
      reply,
      actor.workspaceId,
      201,
      await writeDraft(deps, actor, readInput(createTemplateBody, request.body)),
    )
  })

  app.post('/api/v1/templates/:id', async (request, reply) => {
    const actor = await actorOf(deps, request)
    const writing = readInput(rewriteTemplateBody, request.body)
    return answer(deps, reply, actor.workspaceId, 200, await rewriteDraft(deps, actor, idOf(request), writing))
  })

  app.post('/api/v1/templates/:id/steps', async (request, reply) => {
    const actor = await actorOf(deps, request)
    const step = readInput(templateStepBody, request.body)
    if (OWNER_STEPS.includes(step.step) && actor.role !== 'owner') throw new ApiFault('owner_only')
    const outcome = await takeStep(deps, actor, idOf(request), step)
    if (outcome.ok && step.step === 'remove') return reply.code(204).send()
    return answer(deps, reply, actor.workspaceId, 200, outcome)
  })

  app.post('/api/v1/templates/sync', async (request, reply) => {
    const { workspaceId } = await actorOf(deps, request)
    const { wabaId } = readInput(syncTemplatesBody, request.body)
    const told = await syncTemplates(deps, workspaceId, wabaId)
    return told ? reply.code(204).send() : sendFault(reply, 'graph_unreachable')
  })

  app.post('/api/v1/templates/settings', async (request, reply) => {
    const { workspaceId, memberId, role } = await actorOf(deps, request)
    if (role !== 'owner') throw new ApiFault('owner_only')
    const terms = readInput(templateSettingsBody, request.body)
    const by = { memberId, now: new Date(clock.nowMs()) }
    await inWorkspace(database, workspaceId, (sql) => putTerms(sql, workspaceId, terms, by))
    return reply.code(204).send()
  })
}

async function actorOf(deps: TemplateRoutesDeps, request: FastifyRequest) {
  const identity = await deps.identify(request.headers.cookie)
  if (identity === null) throw new ApiFault('no_member')
  return { workspaceId: identity.workspaceId, memberId: identity.member.id, role: identity.member.role }
}

function idOf(request: FastifyRequest): string {
  const params = idParams.safeParse(request.params)
  if (!params.success) throw new ApiFault('not_found')
  return params.data.id
}

async function answer(
  { database, clock }: TemplateRoutesDeps,
  reply: FastifyReply,
  workspaceId: string,
  status: number,
  outcome: DraftOutcome,
): Promise<FastifyReply> {
  if (!outcome.ok) return sendFault(reply, outcome.code, outcome.details)
  const body = await readWorkspace(database, workspaceId, async (sql): Promise<TemplateAnswer | null> => {
    const row = await readTemplate(sql, workspaceId, outcome.id)
    if (row === null) return null
    const template = templateView(row, await readTerms(sql, workspaceId), clock.nowMs())
    return { template, ...(await readHistory(sql, workspaceId, outcome.id)) }
  })
  return body === null ? sendFault(reply, 'not_found') : reply.code(status).send(body)
}
