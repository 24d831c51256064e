import { Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { canSend, isAppOnly } from '../../../contract/number.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { Mark } from '../../ui/mark.tsx'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { AppOnlyCard } from './app-only-card.tsx'
import { CustomerSignals } from './customer-signals.tsx'
import { ImportProgress } from './import-progress.tsx'
import { MessagingLimit } from './messaging-limit.tsx'
import { PhoneCard } from './phone-card.tsx'
import { SendLimit } from './send-limit.tsx'
import { StateCard } from './state-card.tsx'
import { StateHistory } from './state-history.tsx'
import { useNumber } from './use-number.ts'

/** What a number is, and how its import went. */
export function OverviewTab(): ReactNode {
  const number = useNumber()
  if (number === undefined) return null
  return (
    <div className="grid gap-4 roomy:grid-cols-[1.55fr_1fr] roomy:items-start">
      <div className="flex flex-col gap-4">
        {isAppOnly(number) ? <AppOnlyCard number={number} /> : <StateCard number={number} />}
        {number.mode === 'coexistence' && canSend(number.state) && <TwoPlaces />}
        {number.syncs.length > 0 && <ImportProgress number={number} />}
        {number.phoneNumberId !== null && <StateHistory number={number} />}
      </div>
      <div className="flex flex-col gap-4">
        <PhoneCard number={number} />
        {!isAppOnly(number) && <CustomerSignals numberId={number.id} />}
        {!isAppOnly(number) && <SendLimit numberId={number.id} />}
        {!isAppOnly(number) && <MessagingLimit />}
        {!isAppOnly(number) && <NotSeen />}
      </div>
    </div>
  )
}

/** The picture of what coexistence is. */
function TwoPlaces(): ReactNode {
  const t = useT()
  return (
    <Section title={t('twoPlaces.title')} lead={t('twoPlaces.lead')}>
      <div className="grid grid-cols-[1fr_4.5rem_1fr] items-center text-center font-semibold">
        <span className="flex items-center justify-center gap-2 rounded-md bg-phone-soft p-3.5 text-phone">
          <Smartphone aria-hidden="true" className="size-4" />
          {t('twoPlaces.phone')}
        </span>
        <span aria-hidden="true" className="mx-1.5 flex flex-col gap-2.5">
          <i className="h-0.5 rounded-full bg-phone" />
          <i className="h-0.5 rounded-full bg-accent" />
        </span>
        <span className="flex items-center justify-center gap-2 rounded-md bg-agent-soft p-3.5 text-agent">
          <Mark className="size-4" />
          {t('title.plain')}
        </span>
      </div>
    </Section>
  )
}

const NOT_SEEN: readonly (readonly [MessageKey, MessageKey])[] = [
  ['notSeen.photos', 'notSeen.photosLead'],
  ['notSeen.groups', 'notSeen.groupsLead'],
  ['notSeen.viewOnce', 'notSeen.viewOnceLead'],
]

/** What WhatsApp does not pass on to anybody, so that nobody looks for it here. */
function NotSeen(): ReactNode {
  const t = useT()
  return (
    <Section title={t('notSeen.title')} lead={t('notSeen.lead')}>
      <dl className="text-sm">
        {NOT_SEEN.map(([what, where]) => (
          <div key={what} className="border-t border-line py-2 first:border-t-0">
            <dt className="font-medium">{t(what)}</dt>
            <dd className="text-ink-2">{t(where)}</dd>
          </div>
        ))}
      </dl>
      <PlaybookLink page="team" section="phone-only">
        {t('playbook.team')}
      </PlaybookLink>
    </Section>
  )
}
