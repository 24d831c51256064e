import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Template } from '../../../contract/api/templates.ts'
import { goesTogether } from '../../../contract/template-together.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { languageName } from './languages.ts'
import { TEMPLATES } from './templates-query.ts'

/** The other languages that go to WhatsApp when this one does; nothing where there is none. */
export function Together({ template }: { readonly template: Template }): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const reader = usePreferences((preferences) => preferences.language)
  const list = useQuery(TEMPLATES).data
  const all = list?.ok === true ? list.value.templates : []
  const others = all.filter((other) => goesTogether(template, other, nowMs))
  if (others.length === 0) return null
  const names = others.map(({ language }) => languageName(language, reader))
  return (
    <p className="text-ink-2" data-testid="goes-together">
      {t('template.together', { languages: new Intl.ListFormat(reader).format(names) })}
    </p>
  )
}
