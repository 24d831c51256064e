import type { Account } from '../accounts/account.ts'
import type { GraphFailure } from '../graph/call.ts'
import { type Template, type TemplateComponent, variables } from '../templates/template.ts'
import { isPart, type Part, parts } from './check.ts'

/** Characters of the code of an authentication template. */
const CODE_MAX = 15

/** The approved template that a message names, or why it cannot be sent. */
export function findTemplate(account: Account, part: Part): Template | GraphFailure {
  const code = isPart(part.language) ? String(part.language.code) : ''
  const named = [...account.templates.values()].filter((template) => template.name === part.name)
  const template = named.find((candidate) => candidate.language === code)
  if (!template) return { code: 132001, details: `template name (${String(part.name)}) does not exist in ${code}` }
  if (template.status === 'PAUSED') return { code: 132015 }
  if (template.status === 'DISABLED') return { code: 132016 }
  if (template.status !== 'APPROVED')
    return { code: 132001, details: `template name (${template.name}) does not exist in ${code}` }
  return template
}

/** Whether the parameters of a message fit the template's variables, header and buttons. */
export function checkParameters(template: Template, part: Part): GraphFailure | null {
  const given = parts(part.components)
  for (const component of template.components) {
    const failure = checkComponent(template, component, given)
    if (failure) return failure
  }
  const kinds = template.components.map((component) => component.type.toUpperCase())
  for (const component of given) {
    const kind = component.type === 'button' ? 'BUTTONS' : String(component.type).toUpperCase()
    if (!kinds.includes(kind))
      return { code: 132018, details: `The template has no component ${String(component.type)}.` }
  }
  return null
}

function checkComponent(template: Template, component: TemplateComponent, given: readonly Part[]): GraphFailure | null {
  switch (component.type.toUpperCase()) {
    case 'HEADER':
      return checkHeader(template, component, find(given, 'header'))
    case 'BODY':
      if (template.category === 'AUTHENTICATION') return checkCount('body', find(given, 'body'), ['1'], template)
      return checkCount('body', find(given, 'body'), variables(component.text), template)
    case 'BUTTONS':
      return checkButtons(template, component, given)
    case 'LIMITED_TIME_OFFER':
      return find(given, 'limited_time_offer')
        ? null
        : { code: 132012, details: 'limited_time_offer: expiration_time_ms is missing' }
    default:
      return null
  }
}

function find(given: readonly Part[], type: string): Part | undefined {
  return given.find((component) => component.type === type)
}

function checkHeader(template: Template, component: TemplateComponent, given: Part | undefined): GraphFailure | null {
  const format = (component.format ?? 'TEXT').toUpperCase()
  if (format === 'TEXT') return checkCount('header', given, variables(component.text), template)
  const [parameter] = parts(given?.parameters)
  const kind = format.toLowerCase()
  if (!parameter) return { code: 132012, details: `header: Format mismatch, expected ${format}, received UNKNOWN` }
  if (parameter.type !== kind)
    return {
      code: 132012,
      details: `header: Format mismatch, expected ${format}, received ${String(parameter.type).toUpperCase()}`,
    }
  const media = parameter[kind]
  const filled =
    isPart(media) && (kind === 'location' || typeof media.id === 'string' || typeof media.link === 'string')
  return filled ? null : { code: 131008, details: `Parameter '${kind}' is mandatory for type 'header'` }
}

function checkCount(
  where: string,
  given: Part | undefined,
  wanted: readonly string[],
  template: Template,
): GraphFailure | null {
  const parameters = parts(given?.parameters)
  if (parameters.length !== wanted.length) {
    return {
      code: 132000,
      details: `${where}: number of localizable_params (${parameters.length}) does not match the expected number of params (${wanted.length})`,
    }
  }
  for (const parameter of parameters) {
    const wrong = checkParameter(where, parameter)
    if (wrong) return wrong
  }
  if (template.parameterFormat !== 'NAMED') return null
  const names = parameters.map((parameter) => parameter.parameter_name)
  const lost = wanted.find((name) => !names.includes(name))
  return lost === undefined ? null : { code: 132012, details: `${where}: parameter name (${lost}) is missing or empty` }
}

function checkParameter(where: string, parameter: Part): GraphFailure | null {
  if (parameter.type === 'currency' || parameter.type === 'date_time') return null
  if (parameter.type !== 'text') return { code: 132012, details: `${where}: parameters must be of type text` }
  if (typeof parameter.text !== 'string' || parameter.text === '')
    return { code: 131008, details: "Parameter 'text' is mandatory for type 'text'" }
  if (/[\n\t]| {5,}/.test(parameter.text))
    return { code: 132018, details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces' }
  return parameter.text.length > 32_768 ? { code: 132005 } : null
}

function checkButtons(template: Template, component: TemplateComponent, given: readonly Part[]): GraphFailure | null {
  const buttons = component.buttons ?? []
  for (const [index, button] of buttons.entries()) {
    const own = given.find((candidate) => candidate.type === 'button' && Number(candidate.index) === index)
    const kind = button.type.toUpperCase()
    const needs = kind === 'OTP' || kind === 'COPY_CODE' || (kind === 'URL' && variables(button.url).length > 0)
    if (needs && !own)
      return { code: 131008, details: `buttons: Button at index ${index} of type ${kind} requires a parameter` }
    const [parameter] = parts(own?.parameters)
    const value = parameter?.text ?? parameter?.coupon_code ?? parameter?.payload
    if (needs && (typeof value !== 'string' || value === ''))
      return { code: 131008, details: `buttons: Button at index ${index} of type ${kind} requires a parameter` }
    if (kind === 'OTP' && String(value).length > CODE_MAX)
      return { code: 132005, details: `The code must be at most ${CODE_MAX} characters long.` }
  }
  const stray = given.find((candidate) => candidate.type === 'button' && !buttons[Number(candidate.index)])
  return stray && template.category !== 'AUTHENTICATION'
    ? { code: 132018, details: `The template has no button at index ${String(stray.index)}.` }
    : null
}

/** The words that the customer sees. */
export function renderTemplate(template: Template, part: Part): string {
  const body = template.components.find((component) => component.type.toUpperCase() === 'BODY')
  const given = parts(find(parts(part.components), 'body')?.parameters)
  if (template.category === 'AUTHENTICATION' && !body?.text)
    return `${String(given[0]?.text ?? '')} is your verification code.`
  return (body?.text ?? '').replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => {
    const value = given.find((parameter) => parameter.parameter_name === name) ?? given[Number(name) - 1]
    return typeof value?.text === 'string' ? value.text : whole
  })
}
