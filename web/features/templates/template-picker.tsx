import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { Template } from '../../../contract/api/templates.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { componentOf } from '../../../contract/template.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useSync } from '../../sync/browser.ts'
import { buttonClass } from '../../ui/button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { CategoryComes } from './category-comes.tsx'
import { languageName } from './languages.ts'
import { type OfferedTemplates, offerTemplates } from './offer-templates.ts'
import { PlaceWait } from './place-wait.tsx'
import { recentTemplates } from './remembered.ts'
import { StandingChip } from './standing-chip.tsx'
import { TemplateForm } from './template-form.tsx'
import { TEMPLATES } from './templates-query.ts'
import { STANDING_WORDS } from './words.ts'

/** Chooses a template that may be sent now, fills it in, and sends it. */
export function TemplatePicker({
  id,
  onSent,
}: {
  readonly id: ConversationId
  readonly onSent?: () => void
}): ReactNode {
  const t = useT()
  const answer = useQuery(TEMPLATES).data
  const numberId = useSync((state) => state.inbox?.conversations[id]?.numberId)
  const [chosenId, setChosenId] = useState<string | null>(null)
  if (answer === undefined) return <Skeleton className="h-24" />
  if (!answer.ok) {
    return (
      <p role="alert" className="text-danger">
        {failureWords(t, answer.failure)}
      </p>
    )
  }
  const account = answer.value.accounts.find(({ numbers }) => numbers.some((number) => number.id === numberId))
  const chosen = answer.value.templates.find((template) => template.id === chosenId)
  if (chosen !== undefined && numberId !== undefined) {
    const back = () => setChosenId(null)
    return (
      <TemplateForm
        key={chosen.id}
        template={chosen}
        conversation={{ id, numberId }}
        onBack={back}
        onSent={() => {
          back()
          onSent?.()
        }}
      />
    )
  }
  return (
    <>
      <PlaceWait id={id} />
      <Choice
        templates={answer.value.templates}
        wabaId={account?.wabaId ?? ''}
        onChoose={({ id: one }) => setChosenId(one)}
      />
    </>
  )
}

function Choice({
  templates,
  wabaId,
  onChoose,
}: {
  readonly templates: readonly Template[]
  readonly wabaId: string
  readonly onChoose: (template: Template) => void
}): ReactNode {
  const t = useT()
  const me = useSync((state) => state.inbox?.me ?? '')
  const [search, setSearch] = useState('')
  const recent = recentTemplates(localStorage, me)
  const { sendable, others } = offerTemplates(templates, { wabaId, search, recent })
  return (
    <div className="flex flex-col gap-2" data-testid="template-picker">
      <SearchField label={t('templates.search')} value={search} onChange={setSearch} />
      {sendable.length === 0 && (
        <p className="flex flex-wrap items-center gap-3 text-sm text-ink-3">
          {t(search === '' ? 'picker.none' : 'templates.noneFound')}
          <Link to="/templates/new" className={buttonClass('plain')}>
            {t('templates.new')}
          </Link>
        </p>
      )}
      <ul>
        {sendable.map((template) => (
          <li key={template.id}>
            <button
              type="button"
              onClick={() => onChoose(template)}
              className="flex min-h-11 w-full flex-col rounded-sm px-2 py-1.5 text-start hover:bg-hover"
            >
              <Line template={template} />
            </button>
          </li>
        ))}
      </ul>
      {others.length > 0 && <Others others={others} />}
    </div>
  )
}

/** What may not be sent now, why, and the way to where it can be put right. */
function Others({ others }: Pick<OfferedTemplates, 'others'>): ReactNode {
  const t = useT()
  return (
    <details className="text-sm">
      <summary className="min-h-8 text-ink-2 phone:py-3">{t('picker.others', { count: others.length })}</summary>
      <ul>
        {others.map(({ template, standing }) => (
          <li key={template.id} className="flex flex-wrap items-start gap-x-3 gap-y-1 border-t border-line py-2">
            <span className="min-w-0 flex-1">
              <Line template={template} />
            </span>
            <StandingChip standing={standing} />
            <Link to="/templates/$templateId" params={{ templateId: template.id }} className={buttonClass('plain')}>
              {t('picker.look')}
            </Link>
            <span className="w-full text-ink-2">{t(STANDING_WORDS[standing].long)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

function Line({ template }: { readonly template: Template }): ReactNode {
  const reader = usePreferences((preferences) => preferences.language)
  const { components } = template.meta?.wording ?? template.wording
  const next = template.meta?.nextCategory ?? null
  return (
    <>
      <span className="flex gap-2">
        <span className="font-medium" dir="ltr">
          {template.name}
        </span>
        <span className="text-ink-3">{languageName(template.language, reader)}</span>
      </span>
      <span className="block w-full truncate text-sm text-ink-2" dir="auto">
        {componentOf(components, 'BODY')?.text}
      </span>
      {next !== null && (
        <span className="block text-sm text-phone">
          <CategoryComes next={next} />
        </span>
      )}
    </>
  )
}
