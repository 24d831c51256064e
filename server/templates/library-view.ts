import type { LibraryTemplate } from '../../contract/api/templates.ts'
import { type TemplateComponent, templateButton, variablesOf } from '../../contract/template.ts'
import type { LibraryRow } from '../whatsapp/graph-template.ts'

/** A text of Meta's library as components; where Meta gives no sample of a variable, its number stands for it. */
export function libraryView(row: LibraryRow): LibraryTemplate {
  const { name, language, category, topic = null, header, body, body_params: samples, footer, buttons } = row
  const names = variablesOf(body)
  const shown = names.map((variable, index) => samples?.[index] ?? variable)
  const components: (TemplateComponent | null)[] = [
    header ? { type: 'HEADER', format: 'TEXT', text: header } : null,
    { type: 'BODY', text: body, ...(names.length === 0 ? {} : { example: { body_text: [shown] } }) },
    footer ? { type: 'FOOTER', text: footer } : null,
    buttons && buttons.length > 0
      ? { type: 'BUTTONS', buttons: buttons.map((button) => templateButton.parse(button)) }
      : null,
  ]
  return { name, language, category, topic, components: components.filter((one) => one !== null) }
}
