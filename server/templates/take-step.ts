import type { TemplateStepBody } from '../../contract/api/templates.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { mayReview } from '../../contract/template-standing.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import { countMembers } from './account-store.ts'
import { moveToArchive } from './move-to-archive.ts'
import { deleteTemplate, type SubmitTemplateDeps, submitTemplate, unpauseTemplate } from './push-template.ts'
import { isSameWording } from './same-wording.ts'
import type { TemplateRow } from './template-rows.ts'
import {
  lockTemplate,
  putEvent,
  putMeta,
  putVersion,
  setPutAway,
  setReview,
  setReviewedAt,
  setSubmitted,
} from './template-store.ts'
import { type Actor, brokenRules, type DraftOutcome } from './write-draft.ts'

/** One step of a template's way: draft → reviewed by another person → Meta → reviewed again in time. */
export function takeStep(
  deps: SubmitTemplateDeps,
  actor: Actor,
  id: string,
  body: TemplateStepBody,
): Promise<DraftOutcome> {
  if (body.step === 'submit') return submitTemplate(deps, actor, id, body.version)
  if (body.step === 'unpause') return unpauseTemplate(deps, actor, id)
  if (body.step === 'remove') return deleteTemplate(deps, actor, id)
  if (body.step === 'archive' || body.step === 'unarchive')
    return moveToArchive(deps, actor, id, { version: body.version, away: body.step === 'archive' })
  const now = new Date(deps.clock.nowMs())
  return inWorkspace(deps.database, actor.workspaceId, async (sql): Promise<DraftOutcome> => {
    const row = await lockTemplate(sql, actor.workspaceId, id)
    if (row === null) return refused('not_found')
    if (row.version !== body.version) return refused('changed_meanwhile')
    const refusal = await STEPS[body.step as OwnStep](sql, { actor, row, note: body.note ?? null, now })
    return refusal ?? { ok: true, id }
  })
}

interface Taking {
  readonly actor: Actor
  readonly row: TemplateRow
  readonly note: string | null
  readonly now: Date
}
type OwnStep = 'ask' | 'approve' | 'return' | 'adopt' | 'confirm' | 'put_away' | 'take_out'
type Refusal = Extract<DraftOutcome, { ok: false }>

const STEPS: Readonly<Record<OwnStep, (sql: Sql, taking: Taking) => Promise<Refusal | null>>> = {
  ask,
  approve,
  return: giveBack,
  adopt,
  confirm,
  put_away: (sql, taking) => putAway(sql, taking, true),
  take_out: (sql, taking) => putAway(sql, taking, false),
}

async function ask(sql: Sql, taking: Taking): Promise<Refusal | null> {
  const { row, actor } = taking
  if (row.review !== 'draft' && row.review !== 'returned') return refused('template_step')
  const broken = brokenRules(row)
  if (broken !== null) return { ok: false, code: 'template_invalid', details: broken }
  await setReview(sql, actor.workspaceId, row.id, { review: 'in_review', approvedAt: null })
  return told(sql, taking, 'asked')
}

async function approve(sql: Sql, taking: Taking): Promise<Refusal | null> {
  const { row, actor, now } = taking
  if (row.review !== 'in_review') return refused('template_step')
  if (!(await isOther(sql, taking))) return refused('own_review')
  await setReview(sql, actor.workspaceId, row.id, { review: 'reviewed', approvedAt: now })
  await told(sql, taking, 'approved')
  // What Meta has already needs no submitting: this is how a difference is accepted.
  if (row.meta === null || !isSameWording(row.wording, row.meta.wording)) return null
  await setSubmitted(sql, actor.workspaceId, row.id, {
    version: row.version,
    reviewedAt: now,
    edits: row.editsMs.map((ms) => new Date(ms)),
  })
  await putMeta(sql, actor.workspaceId, row.id, { meta: row.meta, drifted: false })
  return row.drifted ? told(sql, taking, 'in_step') : null
}

async function giveBack(sql: Sql, taking: Taking): Promise<Refusal | null> {
  const { row, actor } = taking
  if (row.review !== 'in_review' && row.review !== 'reviewed') return refused('template_step')
  await setReview(sql, actor.workspaceId, row.id, { review: 'returned', approvedAt: null })
  return told(sql, taking, 'returned')
}

/** What Meta has becomes the newest writing, for another person to approve. */
async function adopt(sql: Sql, taking: Taking): Promise<Refusal | null> {
  const { row, actor, now } = taking
  if (row.meta === null || !row.drifted) return refused('template_step')
  const { memberId, workspaceId } = actor
  const version = row.version + 1
  const wording = { ...row.wording, ...row.meta.wording }
  await putVersion(sql, workspaceId, { templateId: row.id, version, wording, libraryName: null, memberId }, now)
  await setReview(sql, workspaceId, row.id, { review: 'in_review', approvedAt: null })
  await putEvent(sql, workspaceId, row.id, { kind: 'adopted', version, memberId, note: taking.note }, now)
  return null
}

/** The review of what is being sent, once more. */
async function confirm(sql: Sql, taking: Taking): Promise<Refusal | null> {
  const { row, actor, now } = taking
  if (row.meta === null || row.submittedVersion === null || row.drifted) return refused('template_step')
  if (row.submittedVersion === row.version && !(await isOther(sql, taking))) return refused('own_review')
  await setReviewedAt(sql, actor.workspaceId, row.id, now)
  return told(sql, taking, 'confirmed')
}

async function putAway(sql: Sql, taking: Taking, away: boolean): Promise<Refusal | null> {
  const { row, actor, now } = taking
  if (row.putAway === away) return null
  await setPutAway(sql, actor.workspaceId, row.id, away ? now : null)
  return told(sql, taking, away ? 'put_away' : 'taken_out')
}

async function isOther(sql: Sql, { row, actor }: Taking): Promise<boolean> {
  return mayReview(row.authorId, actor.memberId, await countMembers(sql, actor.workspaceId))
}

async function told(
  sql: Sql,
  { row, actor, note, now }: Taking,
  kind: Parameters<typeof putEvent>[3]['kind'],
): Promise<null> {
  await putEvent(sql, actor.workspaceId, row.id, { kind, version: row.version, memberId: actor.memberId, note }, now)
  return null
}

function refused(code: ErrorCode): Refusal {
  return { ok: false, code }
}
