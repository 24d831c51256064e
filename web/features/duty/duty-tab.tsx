import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { CalendarClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { Empty } from '../../ui/states.tsx'
import { AddDuty } from './add-duty.tsx'
import { DutyLine } from './duty-line.tsx'
import { dutiesQuery, useLikelyNames } from './duty-queries.ts'

/** Who holds the phone when, so that what is written on it has a likely author. */
export function DutyTab(): ReactNode {
  const t = useT()
  const { numberId } = useParams({ from: '/numbers/$numberId/duty' })
  const answer = useQuery(dutiesQuery(numberId)).data
  if (answer === undefined) return null
  if (!answer.ok) {
    return (
      <p role="alert" className="text-danger">
        {failureWords(t, answer.failure)}
      </p>
    )
  }
  const { duties } = answer.value
  return (
    <>
      <Section title={t('duty.title')} lead={t('duty.lead')}>
        {duties.length === 0 ? (
          <Empty icon={<CalendarClock aria-hidden="true" />} title={t('duty.empty')}>
            {t('duty.emptyLead')}
          </Empty>
        ) : (
          <>
            <Now numberId={numberId} />
            <ul className="flex flex-col" data-testid="duties">
              {duties.map((duty) => (
                <DutyLine key={duty.id} duty={duty} />
              ))}
            </ul>
          </>
        )}
      </Section>
      <AddDuty numberId={numberId} />
    </>
  )
}

function Now({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const names = useLikelyNames(numberId, useNowMs())
  return (
    <p className="mb-2" role="status">
      {names.length === 0
        ? t('duty.nobodyNow')
        : t('duty.now', { names: formats.anyOf(names.map((name) => `\u2068${name}\u2069`)) })}
    </p>
  )
}
