import type { ReactNode } from 'react'
import type { BusinessNumber } from '../../../contract/number.ts'
import { phoneDue } from '../../../contract/phone-due.ts'
import type { SignKind } from '../../../contract/state-reason.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { OpenedButton } from './opened-button.tsx'
import { PhoneDueLine } from './phone-due-line.tsx'

const SIGN_WORDS: Record<SignKind, MessageKey> = {
  connected: 'sign.connected',
  echo: 'sign.echo',
  contact: 'sign.contact',
  history: 'sign.history',
  opened: 'sign.opened',
}

/** When the phone was last seen, by when it has to be opened, and the one tap that says it was. */
export function PhoneCard({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const due = phoneDue(number, nowMs)
  if (due === null || number.lastSignKind === null) return null
  return (
    <Section title={t('phoneDue.title')} lead={t('phoneDue.lead')}>
      <p data-testid="last-sign">
        {t(SIGN_WORDS[number.lastSignKind], {
          day: formats.day(due.lastSignMs, nowMs),
          time: formats.time(due.lastSignMs),
        })}
      </p>
      <PhoneDueLine number={number} />
      <p className="mt-3 flex flex-wrap items-center gap-3">
        <OpenedButton numberId={number.id} />
        <PlaybookLink page="keep-alive" section="open-the-phone">
          {t('playbook.keepAlive')}
        </PlaybookLink>
      </p>
    </Section>
  )
}
