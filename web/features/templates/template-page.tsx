import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ChevronLeft } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Template, TemplateAnswer } from '../../../contract/api/templates.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { post, type Result } from '../../sync/api.ts'
import { Page, Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { BasicFields } from './basic-fields.tsx'
import { Builder } from './builder.tsx'
import type { Draft } from './builder-state.ts'
import { History } from './history.tsx'
import { languageName } from './languages.ts'
import { MetaFacts } from './meta-facts.tsx'
import { StandingChip } from './standing-chip.tsx'
import { Steps } from './steps.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { TEMPLATES, templateQuery } from './templates-query.ts'
import { useCodePreview } from './use-code-preview.ts'
import { categoryWords } from './words.ts'

/** One template: where it stands, what can be done, what it says here and at Meta, and how it came to that. */
export function TemplatePage(): ReactNode {
  const t = useT()
  const { templateId } = useParams({ strict: false })
  const answer = useQuery(templateQuery(templateId ?? '')).data
  const title = answer?.ok === true ? answer.value.template.name : t('templates.one')
  return (
    <Page title={title} menu={<MenuButton />}>
      <p>
        <Link to="/templates" className="inline-flex min-h-8 items-center gap-1 text-sm text-ink-2 phone:min-h-11">
          <ChevronLeft aria-hidden="true" className="turns size-4" />
          {t('templates.back')}
        </Link>
      </p>
      {answer === undefined && <Skeleton className="h-40" />}
      {answer?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer?.ok === true && <Shown answer={answer.value} />}
    </Page>
  )
}

function Shown({ answer }: { readonly answer: TemplateAnswer }): ReactNode {
  const t = useT()
  const reader = usePreferences((preferences) => preferences.language)
  const [editing, setEditing] = useState(false)
  const { template } = answer
  const { wording, meta } = template
  const fixed = useCodePreview(draftOf(template))
  if (editing) return <Rewriting template={template} onDone={() => setEditing(false)} />
  const category = categoryWords(t, meta?.category ?? wording.category)
  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_22rem]">
      <div className="flex min-w-0 flex-col gap-4">
        <p className="flex flex-wrap items-center gap-3 text-ink-2">
          <StandingChip standing={template.standing} />
          {languageName(template.language, reader)} · {category}
        </p>
        <Steps template={template} events={answer.events} onEdit={() => setEditing(true)} />
        <MetaFacts template={template} />
        <History answer={answer} />
      </div>
      <div className="flex flex-col gap-4">
        <div>
          <p className="mb-1.5 text-sm text-ink-2">{t('template.newest', { version: template.version })}</p>
          <TemplatePreview wording={wording} language={template.language} fixed={fixed} />
        </div>
        {meta !== null && (template.drifted || template.submittedVersion !== template.version) && (
          <Section title={t('template.atMeta')}>
            <TemplatePreview wording={{ ...wording, ...meta.wording }} language={template.language} />
          </Section>
        )}
      </div>
    </div>
  )
}

function Rewriting({ template, onDone }: { readonly template: Template; readonly onDone: () => void }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const accounts = useQuery(TEMPLATES).data
  const [draft, setDraft] = useState<Draft>(() => draftOf(template))
  const saving = useMutation({
    mutationFn: (ask: boolean) => save(template, draft, ask),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['templates'] })
      if (answer.ok) onDone()
    },
  })
  if (accounts === undefined) return null
  return (
    <Builder
      draft={draft}
      onChange={setDraft}
      basics={(faults) => (
        <BasicFields
          draft={draft}
          accounts={null}
          faults={faults}
          categoryFixed={template.meta?.status === 'APPROVED'}
          onChange={setDraft}
        />
      )}
      busy={saving.isPending}
      problem={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
      onSave={(ask) => saving.mutate(ask)}
      onCancel={onDone}
    />
  )
}

function draftOf({ wabaId, name, language, wording }: Template): Draft {
  return { wabaId, name, language, libraryName: null, ...wording }
}

async function save({ id, version }: Template, draft: Draft, ask: boolean): Promise<Result<TemplateAnswer>> {
  const { category, parameterFormat, components } = draft
  const made = await post<TemplateAnswer>(`/templates/${id}`, { category, parameterFormat, components, version })
  if (!made.ok || !ask) return made
  const next = made.value.template.version
  const asked = await post<TemplateAnswer>(`/templates/${id}/steps`, { step: 'ask', version: next })
  return asked.ok ? asked : made
}
