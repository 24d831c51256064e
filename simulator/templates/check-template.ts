import type { GraphFailure } from '../graph/call.ts'
import { checkText, firstFailure, isPart, type Part, parts } from '../send/check.ts'
import { variables } from './template.ts'

/** Characters and counts (https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates/components). */
const NAME_MAX = 512
const HEADER_MAX = 60
const BODY_MAX = 1_024
const FOOTER_MAX = 60
const LABEL_MAX = 25
const BUTTONS_MAX = 10
const URL_BUTTONS_MAX = 2
/** Words of the text that each variable needs around it. */
const WORDS_PER_VARIABLE = 3

const CATEGORIES = ['AUTHENTICATION', 'MARKETING', 'UTILITY']

/** Whether a new template may be sent to review. */
export function checkNewTemplate(input: Part): GraphFailure | null {
  const { name, language, category } = input
  return firstFailure(
    checkText(name, 'name', NAME_MAX),
    !/^[a-z0-9_]+$/.test(String(name)) && {
      code: 100,
      details: 'The template name may only have lowercase letters, digits and underscores.',
    },
    checkText(language, 'language', 20),
    !CATEGORIES.includes(String(category).toUpperCase()) && {
      code: 100,
      details: `Param category must be one of {${CATEGORIES.join(', ')}}.`,
    },
    input.library_template_name === undefined &&
      checkComponents(parts(input.components), String(category).toUpperCase()),
  )
}

/** The components of a template that is made or edited. */
export function checkComponents(components: readonly Part[], category: string): GraphFailure | null {
  if (!components.some((component) => kindOf(component) === 'BODY'))
    return { code: 100, details: 'A template needs a BODY component.' }
  for (const component of components) {
    const failure = checkComponent(component, category)
    if (failure) return failure
  }
  return null
}

function checkComponent(component: Part, category: string): GraphFailure | null {
  switch (kindOf(component)) {
    case 'HEADER':
      return checkHeader(component)
    case 'BODY':
      return category === 'AUTHENTICATION' ? null : checkBody(String(component.text ?? ''))
    case 'FOOTER':
      return component.text === undefined ? null : checkLength(component.text, 'FOOTER', FOOTER_MAX)
    case 'BUTTONS':
      return checkButtons(parts(component.buttons))
    default:
      return null
  }
}

function checkHeader(component: Part): GraphFailure | null {
  const format = String(component.format ?? 'TEXT').toUpperCase()
  if (format !== 'TEXT') return null
  if (variables(String(component.text ?? '')).length > 1)
    return { code: 100, details: 'A header has at most one variable.' }
  return checkLength(component.text, 'HEADER', HEADER_MAX)
}

function checkBody(text: string): GraphFailure | null {
  const names = variables(text)
  if (names.length > 0 && (/^\s*\{\{/.test(text) || /\}\}\s*$/.test(text))) return { code: 2388299 }
  const words = text.split(/\s+/).filter((word) => !word.includes('{{')).length
  if (words < names.length * WORDS_PER_VARIABLE - 1 && names.length > 1) return { code: 2388293 }
  return checkLength(text, 'BODY', BODY_MAX)
}

function checkButtons(buttons: readonly Part[]): GraphFailure | null {
  if (buttons.length === 0 || buttons.length > BUTTONS_MAX)
    return { code: 100, details: `A template has 1 to ${BUTTONS_MAX} buttons.` }
  const kinds = buttons.map((button) => String(button.type).toUpperCase())
  if (kinds.filter((kind) => kind === 'URL').length > URL_BUTTONS_MAX)
    return { code: 100, details: `At most ${URL_BUTTONS_MAX} URL buttons.` }
  const replies = kinds.map((kind) => kind === 'QUICK_REPLY')
  const changes = replies.filter((reply, index) => index > 0 && reply !== replies[index - 1]).length
  if (changes > 1) return { code: 100, details: 'Quick replies must stand together.' }
  for (const button of buttons) {
    const failure = button.text === undefined ? null : checkLength(button.text, 'BUTTON', LABEL_MAX)
    if (failure) return failure
  }
  return null
}

function checkLength(text: unknown, name: string, max: number): GraphFailure | null {
  if (typeof text !== 'string' || text === '') return { code: 100, details: `${name} needs a text.` }
  return [...text].length > max ? { code: 2388040, details: `${name} must be at most ${max} characters long.` } : null
}

function kindOf(component: unknown): string {
  return isPart(component) ? String(component.type).toUpperCase() : ''
}
