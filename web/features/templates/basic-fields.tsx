import type { ReactNode } from 'react'
import type { TemplateAccount } from '../../../contract/api/templates.ts'
import { TEMPLATE_CATEGORIES } from '../../../contract/template.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { type Draft, withCategory } from './builder-state.ts'
import { Faults } from './faults.tsx'
import { languageName, TEMPLATE_LANGUAGES } from './languages.ts'
import { CATEGORY_WORDS } from './words.ts'

/** What is settled once: whose template it is, its name and language; and its category, as long as Meta lets it change. */
export function BasicFields({
  draft,
  accounts,
  faults,
  categoryFixed = false,
  onChange,
}: {
  readonly draft: Draft
  /** `null`: the template exists, and keeps account, name and language. */
  readonly accounts: readonly TemplateAccount[] | null
  readonly faults: readonly TemplateFault[]
  readonly categoryFixed?: boolean
  readonly onChange: (draft: Draft) => void
}): ReactNode {
  const t = useT()
  const fixed = categoryFixed || draft.libraryName !== null
  return (
    <div className="flex flex-col gap-4 rounded-md border border-line bg-surface px-5 py-4">
      {accounts !== null && <NewFields {...{ draft, accounts, faults, onChange }} />}
      {fixed ? (
        <p className="text-sm text-ink-2">{t('template.categoryFixed')}</p>
      ) : (
        <SelectField
          label={t('template.category')}
          value={draft.category}
          choices={TEMPLATE_CATEGORIES.map((value) => ({ value, label: t(CATEGORY_WORDS[value].short) }))}
          onChoose={(category) => onChange(withCategory(draft, category))}
        />
      )}
      <p className="-mt-2 text-sm text-ink-2">{t(CATEGORY_WORDS[draft.category].long)}</p>
      {draft.category !== 'AUTHENTICATION' && draft.libraryName === null && (
        <ChoiceGroup
          label={t('template.variables')}
          value={draft.parameterFormat}
          choices={[
            { value: 'POSITIONAL', label: t('template.byNumber') },
            { value: 'NAMED', label: t('template.byName') },
          ]}
          onChoose={(parameterFormat) => onChange({ ...draft, parameterFormat })}
        />
      )}
    </div>
  )
}

function NewFields({
  draft,
  accounts,
  faults,
  onChange,
}: {
  readonly draft: Draft
  readonly accounts: readonly TemplateAccount[]
  readonly faults: readonly TemplateFault[]
  readonly onChange: (draft: Draft) => void
}): ReactNode {
  const t = useT()
  const reader = usePreferences((preferences) => preferences.language)
  return (
    <>
      {accounts.length > 1 && (
        <SelectField
          label={t('template.account')}
          value={draft.wabaId}
          choices={accounts.map(({ wabaId, numbers }) => ({
            value: wabaId,
            label: numbers.map(({ verifiedName, displayPhone }) => `${verifiedName} ${displayPhone}`).join(', '),
          }))}
          onChoose={(wabaId) => onChange({ ...draft, wabaId })}
        />
      )}
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('template.name')}
          dir="ltr"
          autoComplete="off"
          spellCheck={false}
          value={draft.name}
          onChange={(name) => onChange({ ...draft, name: name.toLowerCase().replace(/[\s-]/g, '_') })}
        >
          <p className="mt-1 text-sm text-ink-3">{t('template.nameLead')}</p>
          <Faults faults={faults} place="name" />
        </TextField>
        <SelectField
          label={t('template.language')}
          value={draft.language}
          choices={languages(draft.language).map((code) => ({ value: code, label: languageName(code, reader) }))}
          onChoose={(language) => onChange({ ...draft, language })}
        />
      </div>
    </>
  )
}

/** The list, with the draft's own language where that is another one. */
function languages(own: string): readonly string[] {
  return TEMPLATE_LANGUAGES.some((code) => code === own) ? TEMPLATE_LANGUAGES : [own, ...TEMPLATE_LANGUAGES]
}
