import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { CAUTIOUS_PER_SECOND, PER_SECOND_MAX, type SendLimitAnswer } from '../../../contract/api/sending.ts'
import { failureWords } from '../../app/failure-words.ts'
import { type Translate, useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Section } from '../../ui/page.tsx'

/** Meta's first limit of a number of the API alone; it raises that by itself, up to the highest. */
const RAISED_FROM = 80
const RAISED = [250, 500, PER_SECOND_MAX]

/** How many messages a second the number may send and receive together. */
export function SendLimit({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const path = `/numbers/${encodeURIComponent(numberId)}/send-limit`
  const queryKey = ['send-limit', numberId]
  const stored = useQuery({ queryKey, queryFn: () => get<SendLimitAnswer>(path) }).data
  const saving = useMutation({
    mutationFn: (choice: string) => post<undefined>(path, { perSecond: choice === PRESET ? null : Number(choice) }),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  if (stored === undefined) return null
  const failure = stored.ok ? (saving.data?.ok === false ? saving.data.failure : null) : stored.failure
  const limit = stored.ok ? stored.value : { perSecond: null, preset: 0 }
  return (
    <Section title={t('sendLimit.title')} lead={t('sendLimit.lead')}>
      {stored.ok && (
        <ChoiceGroup
          label={t('sendLimit.label')}
          choices={choicesOf(t, limit)}
          value={saving.isPending ? saving.variables : choiceOf(limit)}
          onChoose={(choice) => saving.mutate(choice)}
        />
      )}
      {limit.preset >= RAISED_FROM && <p className="text-sm text-ink-2">{t('sendLimit.raised')}</p>}
      {failure !== null && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, failure)}
        </p>
      )}
    </Section>
  )
}

const PRESET = 'preset'

function choiceOf({ perSecond }: SendLimitAnswer): string {
  return perSecond === null ? PRESET : String(perSecond)
}

/** What may be chosen; a figure that was set through the API is among it. */
function choicesOf(t: Translate, { perSecond, preset }: SendLimitAnswer): { value: string; label: string }[] {
  const figures = new Set([...(preset >= RAISED_FROM ? RAISED : []), ...(perSecond === null ? [] : [perSecond])])
  figures.delete(CAUTIOUS_PER_SECOND)
  return [
    { value: PRESET, label: t('sendLimit.preset', { count: preset }) },
    { value: String(CAUTIOUS_PER_SECOND), label: t('sendLimit.cautious', { count: CAUTIOUS_PER_SECOND }) },
    ...[...figures]
      .sort((a, b) => a - b)
      .map((count) => ({ value: String(count), label: t('sendLimit.figure', { count }) })),
  ]
}
