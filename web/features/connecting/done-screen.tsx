import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { ImportProgress } from '../numbers/import-progress.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'

/** The number is connected: how its import goes, and where to go from here. */
export function DoneScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const numbers = useSync((state) => state.inbox?.numbers)
  const kept = onboarding.numbers.flatMap((one) => {
    const number = one.chosen && one.numberId !== null ? numbers?.[one.numberId] : undefined
    return number === undefined ? [] : [number]
  })
  return (
    <>
      <Section title={t('connectDone.title', { count: kept.length })} lead={t('connectDone.lead')}>
        <p className="flex flex-wrap gap-2">
          <Link to="/inbox/$view" params={{ view: 'all' }} className={buttonClass('primary')}>
            {t('welcome.openInbox')}
          </Link>
          {kept.map((number) => (
            <Link key={number.id} to="/numbers/$numberId" params={{ numberId: number.id }} className={buttonClass()}>
              <bdi dir="ltr">{number.displayPhone}</bdi>
            </Link>
          ))}
        </p>
        <p className="mt-3">
          <PlaybookLink page="keep-alive">{t('playbook.keepAlive')}</PlaybookLink>
        </p>
      </Section>
      {kept.map((number) => number.syncs.length > 0 && <ImportProgress key={number.id} number={number} />)}
    </>
  )
}
