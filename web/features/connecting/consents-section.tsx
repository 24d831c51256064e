import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConsentSubject, ConsentsAnswer, ConsentView } from '../../../contract/api/connecting.ts'
import type { NumberId } from '../../../contract/ids.ts'
import { failureWords } from '../../app/failure-words.ts'
import { isolated, isolatedNumber, type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { Section } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/states.tsx'

const SUBJECTS: Record<ConsentSubject, MessageKey> = {
  phone_changes: 'consent.phoneChanges',
  import: 'consent.import',
}
const LANGUAGES: Record<ConsentView['language'], MessageKey> = { ar: 'consent.inArabic', en: 'consent.inEnglish' }

/** What owners read and agreed to, or did not, whenever this number was connected; never changed afterwards. */
export function ConsentsSection({ numberId }: { readonly numberId: NumberId }): ReactNode {
  const t = useT()
  const answer = useQuery({
    queryKey: ['consents', numberId],
    queryFn: () => get<ConsentsAnswer>(`/numbers/${numberId}/consents`),
  }).data
  if (answer === undefined) return <Skeleton className="h-24 w-full" />
  return (
    <Section title={t('consent.title')} lead={t('consent.lead')}>
      {answer.ok ? (
        <Records consents={answer.value.consents} />
      ) : (
        <p role="alert" className="text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
    </Section>
  )
}

function Records({ consents }: ConsentsAnswer): ReactNode {
  const t = useT()
  const formats = useFormats()
  if (consents.length === 0) return <p className="text-ink-3">{t('consent.none')}</p>
  return (
    <ul data-testid="consents">
      {consents.map(({ subject, granted, textVersion, language, memberName, givenAtMs }) => (
        <li
          key={`${subject} ${givenAtMs}`}
          className="flex items-start gap-2.5 border-t border-line py-2 first:border-t-0"
        >
          {granted ? (
            <Check aria-hidden="true" className="mt-1 size-4 flex-none text-agent" />
          ) : (
            <X aria-hidden="true" className="mt-1 size-4 flex-none text-ink-3" />
          )}
          <div>
            <p>
              <span className="font-medium">{t(SUBJECTS[subject])}</span>
              {': '}
              {t(granted ? 'consent.granted' : 'consent.refused')}
            </p>
            <p className="text-sm text-ink-2">
              {t('consent.by', {
                name: isolated(memberName),
                time: formats.moment(givenAtMs),
                version: isolatedNumber(textVersion),
                language: t(LANGUAGES[language]),
              })}
            </p>
          </div>
        </li>
      ))}
    </ul>
  )
}
