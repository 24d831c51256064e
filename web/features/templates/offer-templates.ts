import type { Template } from '../../../contract/api/templates.ts'
import { componentOf } from '../../../contract/template.ts'
import { isSendable, type TemplateStanding } from '../../../contract/template-standing.ts'

/** Whether a template has all the words that somebody looks for, in its name or its text. */
export function matchesSearch(template: Template, search: string): boolean {
  const { components } = template.meta?.wording ?? template.wording
  const where = fold(`${template.name} ${template.language} ${componentOf(components, 'BODY')?.text ?? ''}`)
  return fold(search)
    .split(/\s+/)
    .every((word) => where.includes(word))
}

/** Upper and lower case are one, and so are the forms of Arabic letters that people write for each other. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replaceAll('ى', 'ي')
    .replaceAll('ة', 'ه')
    .replaceAll('_', ' ')
    .trim()
}

/** What the picker offers for an account: what may be sent, the last used first; and what may not, with its reason. */
export interface OfferedTemplates {
  readonly sendable: readonly Template[]
  readonly others: readonly { readonly template: Template; readonly standing: TemplateStanding }[]
}

/** What has no place in the picker, not even among what may not be sent now. */
const NEVER_OFFERED: readonly TemplateStanding[] = ['put_away', 'archived', 'deleted']

export function offerTemplates(
  templates: readonly Template[],
  { wabaId, search, recent }: { readonly wabaId: string; readonly search: string; readonly recent: readonly string[] },
): OfferedTemplates {
  const found = templates.filter(
    (template) =>
      template.wabaId === wabaId && !NEVER_OFFERED.includes(template.standing) && matchesSearch(template, search),
  )
  const place = ({ id }: Template) => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  return {
    sendable: found.filter(({ standing }) => isSendable(standing)).toSorted((a, b) => place(a) - place(b)),
    others: found
      .filter(({ standing }) => !isSendable(standing))
      .map((template) => ({ template, standing: template.standing })),
  }
}
