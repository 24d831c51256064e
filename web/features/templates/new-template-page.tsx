import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { TemplateAccount, TemplateAnswer } from '../../../contract/api/templates.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { post, type Result } from '../../sync/api.ts'
import { Page } from '../../ui/page.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { BasicFields } from './basic-fields.tsx'
import { Builder } from './builder.tsx'
import { type Draft, emptyDraft } from './builder-state.ts'
import { Library } from './library.tsx'
import { TEMPLATES } from './templates-query.ts'

/** Writes a new template, or begins with a text of Meta's library. */
export function NewTemplatePage(): ReactNode {
  const t = useT()
  const answer = useQuery(TEMPLATES).data
  return (
    <Page title={t('templates.new')} lead={t('template.newLead')} menu={<MenuButton />}>
      {answer === undefined && <Skeleton className="h-40" />}
      {answer?.ok === false && (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer?.ok === true && <Writing accounts={answer.value.accounts} />}
    </Page>
  )
}

function Writing({ accounts }: { readonly accounts: readonly TemplateAccount[] }): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const language = usePreferences((preferences) => preferences.language)
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(accounts[0]?.wabaId ?? '', language))
  const saving = useMutation({
    mutationFn: (ask: boolean) => save(draft, ask),
    onSuccess: async (answer) => {
      await queries.invalidateQueries({ queryKey: ['templates'] })
      if (answer.ok) void navigate({ to: '/templates/$templateId', params: { templateId: answer.value.template.id } })
    },
  })
  if (accounts.length === 0) return <Empty title={t('templates.noNumber')}>{t('templates.noNumberLead')}</Empty>
  return (
    <>
      <Library
        draft={draft}
        onChoose={(chosen) =>
          setDraft({
            ...draft,
            ...{ parameterFormat: 'POSITIONAL', libraryName: chosen.name, name: draft.name || chosen.name },
            ...{ language: chosen.language, components: [...chosen.components] },
            category: chosen.category === 'AUTHENTICATION' ? 'AUTHENTICATION' : 'UTILITY',
          })
        }
        onLeave={() => setDraft(emptyDraft(draft.wabaId, language))}
      />
      <Builder
        draft={draft}
        onChange={setDraft}
        basics={(faults) => <BasicFields draft={draft} accounts={accounts} faults={faults} onChange={setDraft} />}
        busy={saving.isPending}
        problem={saving.data?.ok === false ? failureWords(t, saving.data.failure) : null}
        onSave={(ask) => saving.mutate(ask)}
        onCancel={() => void navigate({ to: '/templates' })}
      />
    </>
  )
}

/** What could be saved stays saved when only the asking for a review was refused. */
async function save(draft: Draft, ask: boolean): Promise<Result<TemplateAnswer>> {
  const made = await post<TemplateAnswer>('/templates', draft)
  if (!made.ok || !ask) return made
  const { id, version } = made.value.template
  const asked = await post<TemplateAnswer>(`/templates/${id}/steps`, { step: 'ask', version })
  return asked.ok ? asked : made
}
