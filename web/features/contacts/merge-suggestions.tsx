import { useQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import type { ReactNode } from 'react'
import type { SuggestionsAnswer } from '../../../contract/api/contacts.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get } from '../../sync/api.ts'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { CONTACTS } from './contact-queries.ts'
import { MergePair } from './merge-pair.tsx'

/** Pairs of contacts that may be one person. */
export function MergeSuggestions(): ReactNode {
  const t = useT()
  const answer = useQuery({
    queryKey: [...CONTACTS, 'suggestions'],
    queryFn: () => get<SuggestionsAnswer>('/contacts/suggestions'),
  }).data
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto max-w-5xl px-6 pb-16 narrow:px-4">
        <p className="mb-3 text-sm text-ink-2">{t('merge.lead')}</p>
        {answer === undefined && <Skeleton className="h-24 rounded-md" />}
        {answer?.ok === false && (
          <p role="alert" className="text-danger">
            {failureWords(t, answer.failure)}
          </p>
        )}
        {answer?.ok === true && answer.value.suggestions.length === 0 && (
          <Empty icon={<Users aria-hidden="true" />} title={t('merge.none')}>
            {t('merge.noneLead')}
          </Empty>
        )}
        {answer?.ok === true && (
          <ul className="flex flex-col gap-2" data-testid="merge-suggestions">
            {answer.value.suggestions.map((suggestion) => (
              <MergePair key={suggestion.contacts.map(({ id }) => id).join()} suggestion={suggestion} />
            ))}
          </ul>
        )}
      </div>
    </div>
  )
}
