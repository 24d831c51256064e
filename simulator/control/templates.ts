import type { FastifyInstance } from 'fastify'
import type { Account } from '../accounts/account.ts'
import type { TemplateJudgement } from '../control-api.ts'
import { archive } from '../templates/archive.ts'
import { tellStatus } from '../templates/review.ts'
import type { Template } from '../templates/template.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { answer, jsonBody } from './answer.ts'

const SCORES = ['GREEN', 'YELLOW', 'RED', 'UNKNOWN']
/** What Meta says of a pause, by whether it is the first. */
const PAUSES = {
  PAUSED: { title: 'FIRST_PAUSE', description: 'Your WhatsApp message template has been paused for 3 hours.' },
  DISABLED: { title: 'DISABLED', description: 'Your WhatsApp message template has been disabled.' },
} as const

/** `POST /control/templates/{id}`: what customers think of a template, and what Meta does about it. */
export function templateRoutes(app: FastifyInstance, world: World): void {
  app.post('/control/templates/:id', (request, reply) => {
    const { id } = request.params as { id: string }
    const account = [...world.accounts.values()].find((each) => each.templates.has(id))
    const template = account?.templates.get(id)
    if (!account || !template) return answer(reply, { error: 'There is no such template.' }, 404)
    const body = jsonBody(request.body)
    return answer(reply, 'error' in body ? body : judge(world, account, template, body as TemplateJudgement))
  })
}

function judge(world: World, account: Account, template: Template, wish: TemplateJudgement): unknown {
  const { status, qualityScore } = wish
  if (status === undefined && qualityScore === undefined) return { error: 'Give status or qualityScore.' }
  if (status !== undefined && status !== 'ARCHIVED' && !Object.hasOwn(PAUSES, status))
    return { error: 'status is PAUSED, DISABLED or ARCHIVED.' }
  if (qualityScore !== undefined && !SCORES.includes(qualityScore))
    return { error: `qualityScore is one of ${SCORES.join(', ')}.` }
  if (qualityScore !== undefined) {
    tellAccount(world, account.id, 'message_template_quality_update', {
      previous_quality_score: template.qualityScore,
      new_quality_score: qualityScore,
      message_template_id: Number(template.id),
      message_template_name: template.name,
      message_template_language: template.language,
    })
    template.qualityScore = qualityScore
  }
  if (status === 'ARCHIVED') archive(world, account, template)
  else if (status !== undefined) {
    template.status = status
    tellStatus(world, account, template, status, 'NONE', { other_info: PAUSES[status] })
  }
  return { id: template.id, status: template.status, qualityScore: template.qualityScore }
}
