import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { CustomerSignals as Signals } from '../../../contract/api/signals.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { ChoiceGroup } from '../../ui/choice-group.tsx'
import { Section } from '../../ui/page.tsx'

type Choice = 'none' | 'read' | 'typing'

/** Whether customers see that we have read, and that somebody writes. Meta has no typing without reading. */
export function CustomerSignals({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const path = `/numbers/${encodeURIComponent(numberId)}/signals`
  const queryKey = ['signals', numberId]
  const stored = useQuery({ queryKey, queryFn: () => get<Signals>(path) }).data
  const saving = useMutation({
    mutationFn: (choice: Choice) => post<undefined>(path, signalsOf(choice)),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
  if (stored === undefined) return null
  const failure = stored.ok ? (saving.data?.ok === false ? saving.data.failure : null) : stored.failure
  const chosen = saving.isPending ? saving.variables : stored.ok ? choiceOf(stored.value) : 'none'
  return (
    <Section title={t('signals.title')} lead={t('signals.lead')}>
      <ChoiceGroup
        label={t('signals.label')}
        choices={[
          { value: 'none', label: t('signals.none') },
          { value: 'read', label: t('signals.read') },
          { value: 'typing', label: t('signals.typing') },
        ]}
        value={chosen}
        onChoose={(choice) => saving.mutate(choice)}
      />
      {failure !== null && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, failure)}
        </p>
      )}
    </Section>
  )
}

function choiceOf({ readReceipts, typing }: Signals): Choice {
  return typing ? 'typing' : readReceipts ? 'read' : 'none'
}

function signalsOf(choice: Choice): Signals {
  return { readReceipts: choice !== 'none', typing: choice === 'typing' }
}
