import type { Account } from '../accounts/account.ts'
import { graphId } from '../accounts/ids.ts'
import { parts } from '../send/check.ts'
import { changeArchive, stayActive } from '../templates/archive.ts'
import { checkComponents, checkNewTemplate } from '../templates/check-template.ts'
import { LIBRARY } from '../templates/library.ts'
import { review, tellStatus } from '../templates/review.ts'
import type { Template, TemplateCategory, TemplateComponent } from '../templates/template.ts'
import type { World } from '../world.ts'
import { type GraphAnswer, type GraphCall, type GraphFailure, noSuchObject, success } from './call.ts'

/** Templates of an account; each language counts. */
const TEMPLATES_MAX = 250
const PAGE_DEFAULT = 25
const DAY_MS = 86_400_000
/** Edits of an approved template. */
const EDITS_PER_DAY = 1
const EDITS_PER_MONTH = 10

/** `GET|POST|DELETE /{waba}/message_templates`, and `POST` of `/archive` and `/unarchive` below it. */
export function accountTemplates(world: World, account: Account, call: GraphCall): GraphAnswer {
  const deed = call.path[2]
  if (deed !== undefined) {
    const isKnown = call.method === 'POST' && (deed === 'archive' || deed === 'unarchive')
    return isKnown ? changeArchive(world, account, call, deed === 'archive') : noSuchObject(call, account.id)
  }
  if (call.method === 'POST') return create(world, account, call)
  if (call.method === 'DELETE') return remove(world, account, call)
  return list(account, call)
}

/** `GET|POST|DELETE /{template}`: reading and editing one. */
export function oneTemplate(world: World, account: Account, template: Template, call: GraphCall): GraphAnswer {
  if (call.method === 'GET') return { json: shown(template) }
  if (call.method !== 'POST') return noSuchObject(call, template.id)
  if (call.path[1] === 'unpause') return unpause(world, account, template)
  const refused = editRefused(world, template)
  if (refused) return refused
  const components = parts(call.input.components)
  const failure = components.length > 0 ? checkComponents(components, template.category) : null
  if (failure) return failure
  if (call.input.category !== undefined && template.status === 'APPROVED')
    return { code: 100, details: 'The category of an approved template cannot be changed.' }
  if (components.length > 0)
    template.components = components as readonly Record<string, unknown>[] as readonly TemplateComponent[]
  template.editsMs.push(world.clock.nowMs())
  stayActive(world, account, template)
  review(world, account, template)
  return { json: { success: true, id: template.id, category: template.category } }
}

/** `POST /{waba}/upsert_message_templates`: one-time passwords, made or changed in each of several languages. */
export function upsertTemplates(world: World, account: Account, call: GraphCall): GraphAnswer {
  const { languages, category, name } = call.input
  if (String(category).toUpperCase() !== 'AUTHENTICATION')
    return { code: 100, details: 'Only authentication templates can be upserted.' }
  if (!Array.isArray(languages) || languages.length === 0)
    return { code: 100, details: 'languages must be a list of language codes.' }
  const worded = parts(call.input.components).some(
    (component) => component.text !== undefined || parts(component.buttons).some(({ text }) => text !== undefined),
  )
  if (worded) return { code: 100, details: 'The property text is not supported.' }
  const data: { id: string; status: string; language: string }[] = []
  for (const language of languages.map(String)) {
    const there = [...account.templates.values()].find((row) => row.name === name && row.language === language)
    const input = { ...call.input, language }
    const answer = there
      ? oneTemplate(world, account, there, { ...call, path: [there.id], input: { components: call.input.components } })
      : create(world, account, { ...call, input })
    if ('code' in answer) return answer
    const made = [...account.templates.values()].find((row) => row.name === name && row.language === language)
    if (made) data.push({ id: made.id, status: made.status, language })
  }
  return { json: { data } }
}

/** `GET /message_template_library?search&topic&usecase&industry&language` */
export function templateLibrary(call: GraphCall): GraphAnswer {
  const { search, language } = call.query
  const rows = LIBRARY.filter(
    (row) =>
      (language === undefined || row.language === language) &&
      (search === undefined || row.name.includes(search) || row.body.includes(search)),
  )
  return {
    json: { data: rows.map((row, index) => ({ ...row, id: String(9_000_000_000_000_00 + index) })), paging: {} },
  }
}

function create(world: World, account: Account, call: GraphCall): GraphAnswer {
  const { input } = call
  const failure = checkNewTemplate(input) ?? clash(account, input)
  if (failure) return failure
  const library =
    input.library_template_name === undefined ? null : LIBRARY.find((row) => row.name === input.library_template_name)
  if (library === undefined) return { code: 100, details: 'There is no such library template.' }
  const template: Template = {
    id: graphId(world.chance),
    name: String(input.name),
    language: String(input.language),
    category: String(input.category).toUpperCase() as TemplateCategory,
    status: 'PENDING',
    parameterFormat: String(input.parameter_format ?? 'positional').toUpperCase() === 'NAMED' ? 'NAMED' : 'POSITIONAL',
    components: library
      ? [{ type: 'BODY', text: library.body }]
      : (parts(input.components) as readonly Record<string, unknown>[] as readonly TemplateComponent[]),
    rejectedReason: 'NONE',
    qualityScore: 'UNKNOWN',
    editsMs: [],
  }
  account.templates.set(template.id, template)
  stayActive(world, account, template)
  if (library) template.status = 'APPROVED'
  else review(world, account, template)
  return { json: { id: template.id, status: template.status, category: template.category } }
}

function clash(account: Account, input: GraphCall['input']): GraphFailure | null {
  if (account.templates.size >= TEMPLATES_MAX) return { code: 2388019 }
  const same = [...account.templates.values()].find(
    (template) => template.name === input.name && template.language === input.language,
  )
  if (!same) return null
  return same.status === 'PENDING_DELETION' ? { code: 2388023 } : { code: 2388024 }
}

function list(account: Account, call: GraphCall): GraphAnswer {
  const { name, status, language, category, limit, after } = call.query
  const matches = (wanted: string | undefined, value: string): boolean =>
    wanted === undefined || wanted.toUpperCase() === value.toUpperCase()
  const rows = [...account.templates.values()].filter(
    (row) =>
      matches(name, row.name) &&
      matches(status, row.status) &&
      matches(language, row.language) &&
      matches(category, row.category),
  )
  const from = after === undefined ? 0 : Number(Buffer.from(after, 'base64url').toString())
  if (!Number.isInteger(from)) return { code: 131059 }
  const size = Math.max(1, Number(limit ?? PAGE_DEFAULT) || PAGE_DEFAULT)
  const page = rows.slice(from, from + size)
  const cursor = (at: number): string => Buffer.from(String(at)).toString('base64url')
  const next = from + size < rows.length ? { next: `?after=${cursor(from + size)}` } : {}
  return {
    json: {
      data: page.map(shown),
      paging: { cursors: { before: cursor(from), after: cursor(from + page.length) }, ...next },
    },
  }
}

function remove(world: World, account: Account, call: GraphCall): GraphAnswer {
  const { name, hsm_id: id, hsm_ids: ids } = call.input
  const listed = Array.isArray(ids)
    ? ids.map(String)
    : typeof ids === 'string'
      ? ids.replace(/[[\]\s"]/g, '').split(',')
      : null
  const rows = [...account.templates.values()].filter((row) => {
    if (listed) return listed.includes(row.id)
    return id === undefined ? row.name === name : row.id === String(id) && (name === undefined || row.name === name)
  })
  if (rows.length === 0) return { code: 100, details: 'There is no such template.' }
  for (const template of rows) {
    const approved = template.status === 'APPROVED'
    tellStatus(world, account, template, approved ? 'PENDING_DELETION' : 'DELETED', 'NONE')
    if (!approved) account.templates.delete(template.id)
    else {
      template.status = 'PENDING_DELETION'
      world.clock.at(world.clock.nowMs() + 30 * DAY_MS, () => account.templates.delete(template.id))
    }
  }
  return success()
}

function editRefused(world: World, template: Template): GraphFailure | null {
  if (!['APPROVED', 'REJECTED', 'PAUSED'].includes(template.status))
    return { code: 100, details: 'Only approved, rejected and paused templates can be edited.' }
  const since = (ms: number): number => template.editsMs.filter((atMs) => atMs > world.clock.nowMs() - ms).length
  if (template.status === 'APPROVED' && (since(DAY_MS) >= EDITS_PER_DAY || since(30 * DAY_MS) >= EDITS_PER_MONTH)) {
    return { code: 100, details: 'An approved template can be edited once in 24 hours and 10 times in 30 days.' }
  }
  return null
}

function unpause(world: World, account: Account, template: Template): GraphAnswer {
  if (template.status !== 'PAUSED') return { code: 100, details: 'The template is not paused.' }
  template.status = 'APPROVED'
  tellStatus(world, account, template, 'APPROVED', 'NONE', {
    other_info: { title: 'UNPAUSE', description: 'Your WhatsApp message template has been unpaused.' },
  })
  return success()
}

function shown(template: Template): Record<string, unknown> {
  const { id, name, language, category, status, components, parameterFormat, rejectedReason, qualityScore } = template
  const quality_score = { score: qualityScore }
  return {
    name,
    parameter_format: parameterFormat,
    components,
    language,
    status,
    category,
    id,
    rejected_reason: rejectedReason,
    quality_score,
  }
}
