import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { LibraryAnswer, LibraryTemplate } from '../../../contract/api/templates.ts'
import { componentOf } from '../../../contract/template.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { get } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import type { Draft } from './builder-state.ts'
import { languageName, TEMPLATE_LANGUAGES } from './languages.ts'

/** Meta's ready-made texts: approved by Meta at once, and therefore not to be changed. */
export function Library({
  draft,
  onChoose,
  onLeave,
}: {
  readonly draft: Draft
  readonly onChoose: (template: LibraryTemplate) => void
  readonly onLeave: () => void
}): ReactNode {
  const t = useT()
  const [open, setOpen] = useState(false)
  if (draft.libraryName !== null) {
    return (
      <p className="flex flex-wrap items-center gap-3 text-sm text-ink-2">
        {t('template.fromLibrary', { name: draft.libraryName })}
        <Button onClick={onLeave}>{t('template.leaveLibrary')}</Button>
      </p>
    )
  }
  return (
    <div>
      <Button aria-expanded={open} onClick={() => setOpen(!open)}>
        {t('template.library')}
      </Button>
      {open && <Texts wabaId={draft.wabaId} onChoose={onChoose} />}
    </div>
  )
}

function Texts({
  wabaId,
  onChoose,
}: {
  readonly wabaId: string
  readonly onChoose: (template: LibraryTemplate) => void
}): ReactNode {
  const t = useT()
  const reader = usePreferences((preferences) => preferences.language)
  const [search, setSearch] = useState('')
  const [language, setLanguage] = useState('')
  const query = new URLSearchParams({
    wabaId,
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    ...(language === '' ? {} : { language }),
  })
  const answer = useQuery({
    queryKey: ['template-library', query.toString()],
    queryFn: () => get<LibraryAnswer>(`/templates/library?${query}`),
    placeholderData: (before) => before,
  }).data
  return (
    <div className="mt-3 flex flex-col gap-3 rounded-md border border-line bg-surface px-5 py-4">
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label={t('template.searchLibrary')} type="search" value={search} onChange={setSearch} />
        <SelectField
          label={t('template.libraryLanguage')}
          value={language}
          choices={[
            { value: '', label: t('template.libraryEvery') },
            ...TEMPLATE_LANGUAGES.map((code) => ({ value: code, label: languageName(code, reader) })),
          ]}
          onChoose={setLanguage}
        />
      </div>
      {answer?.ok === false && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer?.ok === true && answer.value.templates.length === 0 && (
        <p className="text-sm text-ink-3">{t('template.libraryNone')}</p>
      )}
      <ul className="flex max-h-80 flex-col overflow-y-auto">
        {answer?.ok === true &&
          answer.value.templates.map((template) => (
            <li key={`${template.name} ${template.language}`} className="border-t border-line py-2 first:border-t-0">
              <button type="button" className="w-full text-start" onClick={() => onChoose(template)}>
                <span className="block font-medium" dir="ltr">
                  {`${template.name} (${template.language})`}
                </span>
                <span className="block text-sm text-ink-2" dir="auto">
                  {componentOf(template.components, 'BODY')?.text}
                </span>
              </button>
            </li>
          ))}
      </ul>
    </div>
  )
}
