import type { ReactNode } from 'react'
import { isolated, type MessageKey, useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { Section } from '../../ui/page.tsx'
import { Fact, Facts } from './facts.tsx'

const RIGHTS: readonly { readonly what: MessageKey; readonly ownersOnly: boolean }[] = [
  { what: 'account.may.answer', ownersOnly: false },
  { what: 'account.may.look', ownersOnly: false },
  { what: 'account.may.devices', ownersOnly: false },
  { what: 'account.may.import', ownersOnly: true },
  { what: 'account.may.profile', ownersOnly: true },
]

/** Who may do what about a number, as the server checks it. */
export function WhoMay(): ReactNode {
  const t = useT()
  const members = useSync((state) => state.session?.members) ?? []
  const owners = members.filter((member) => member.role === 'owner').map((member) => isolated(member.name))
  return (
    <Section title={t('account.people')} lead={t('account.peopleLead')}>
      <Facts>
        {RIGHTS.map(({ what, ownersOnly }) => (
          <Fact key={what} name={t(what)}>
            {ownersOnly ? t('account.owners', { names: owners.join(' · ') }) : t('account.everybody')}
          </Fact>
        ))}
      </Facts>
    </Section>
  )
}
