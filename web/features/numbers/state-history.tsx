import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { NumberStatesAnswer } from '../../../contract/api/number-states.ts'
import type { BusinessNumber, NumberStateChange } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { Section } from '../../ui/page.tsx'
import { evidenceSentences } from './evidence-words.ts'
import { STATE_WORDS } from './number-state.tsx'
import { REASON_WORDS } from './state-words.ts'

/** What a number went through, newest first, each with its reason and what showed it. */
export function StateHistory({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const { id, stateSinceMs, stateReason } = number
  // Asked anew whenever the number is in another state, or in the same for another reason.
  const answer = useQuery({
    queryKey: ['number-states', id, stateSinceMs, stateReason],
    queryFn: () => get<NumberStatesAnswer>(`/numbers/${encodeURIComponent(id)}/states`),
  }).data
  if (answer === undefined) return null
  return (
    <Section title={t('stateHistory.title')} lead={t('stateHistory.lead')}>
      {!answer.ok && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer.ok && answer.value.changes.length === 0 && <p className="text-sm text-ink-3">{t('stateHistory.none')}</p>}
      {answer.ok && (
        <ol className="text-sm" data-testid="state-history">
          {answer.value.changes.map((change) => (
            <Change key={`${change.atMs} ${change.state} ${change.reason}`} change={change} />
          ))}
        </ol>
      )}
    </Section>
  )
}

function Change({ change }: { readonly change: NumberStateChange }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const at = (ms: number) => `${formats.day(ms, nowMs)} ${formats.time(ms)}`
  return (
    <li className="border-t border-line py-2 first:border-t-0">
      <p className="flex flex-wrap gap-x-3">
        <span className="font-medium">{t(STATE_WORDS[change.state])}</span>
        <time className="ms-auto text-ink-3" title={formats.moment(change.atMs)}>
          {at(change.atMs)}
        </time>
      </p>
      {change.reason !== null && <p className="text-ink-2">{t(REASON_WORDS[change.reason])}</p>}
      <p className="text-ink-3">{evidenceSentences(t, at, change).join(' ')}</p>
    </li>
  )
}
