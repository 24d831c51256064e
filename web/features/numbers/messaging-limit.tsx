import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { MessagingLimitAnswer } from '../../../contract/api/sending.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { Section } from '../../ui/page.tsx'

/** How often the count is read anew. Milliseconds. */
const LOOKED_AT_EVERY_MS = 30_000

/** How many customers may be written to first within a day, by all numbers together, and how many were. */
export function MessagingLimit(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const answer = useQuery({
    queryKey: ['messaging-limit'],
    queryFn: () => get<MessagingLimitAnswer>('/messaging-limit'),
    refetchInterval: LOOKED_AT_EVERY_MS,
  }).data
  if (answer === undefined) return null
  if (!answer.ok) {
    return (
      <Section title={t('messagingLimit.title')} lead={t('messagingLimit.lead')}>
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, answer.failure)}
        </p>
      </Section>
    )
  }
  const { limit, used, freeAtMs } = answer.value
  return (
    <Section title={t('messagingLimit.title')} lead={t('messagingLimit.lead')}>
      <p className="text-sm" data-testid="messaging-limit">
        {limit === null ? t('messagingLimit.none', { used }) : t('messagingLimit.used', { used, limit })}
      </p>
      {limit !== null && (
        <progress
          aria-label={t('messagingLimit.title')}
          className="h-1.5 w-full accent-accent"
          max={limit}
          value={Math.min(used, limit)}
        />
      )}
      {limit !== null && used >= limit && freeAtMs !== null && (
        <p role="status" className="text-sm text-phone">
          {t('messagingLimit.full', { time: formats.moment(freeAtMs) })}
        </p>
      )}
    </Section>
  )
}
