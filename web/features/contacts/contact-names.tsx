import type { ReactNode } from 'react'
import type { BookEntry, ContactDetail, ContactIdentity } from '../../../contract/api/contacts.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/page.tsx'
import { AgentNameEditor } from './agent-name-editor.tsx'

/** The names side by side, in the order in which they are shown elsewhere, and every identifier. */
export function ContactNames({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const t = useT()
  const { contact, books, identities } = detail
  return (
    <>
      <Section title={t('contact.names')} lead={t('contact.namesLead')}>
        <dl className="grid grid-cols-[11rem_minmax(0,1fr)] gap-x-4 gap-y-2.5 narrow:grid-cols-1 narrow:gap-y-1 [&_dt]:text-ink-3">
          <dt className="pt-1">{t('contact.agentName')}</dt>
          <dd>
            <AgentNameEditor contact={contact} />
          </dd>
          <dt>{t('contact.bookName')}</dt>
          <dd>
            <Written text={contact.addressBookName} />
            {books.map((entry) => (
              <BookLine key={entry.numberId} entry={entry} />
            ))}
          </dd>
          <dt>{t('contact.profileName')}</dt>
          <dd>
            <Written text={contact.profileName} />
          </dd>
          <dt>{t('contact.username')}</dt>
          <dd>
            <Written text={contact.username === null ? null : `@${contact.username}`} />
          </dd>
        </dl>
      </Section>
      <Section
        title={t('contact.identities')}
        lead={contact.phone === null ? t('contact.noPhoneLead') : t('contact.identitiesLead')}
      >
        <ul className="flex flex-col gap-1.5">
          {identities.map((identity) => (
            <IdentityLine key={`${identity.kind} ${identity.value}`} identity={identity} />
          ))}
        </ul>
      </Section>
    </>
  )
}

function Written({ text }: { readonly text: string | null }): ReactNode {
  const t = useT()
  return text === null ? (
    <span className="text-ink-3">{t('contact.none')}</span>
  ) : (
    <bdi className="[overflow-wrap:anywhere]">{text}</bdi>
  )
}

function BookLine({ entry }: { readonly entry: BookEntry }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const phone = useSync((state) => state.inbox?.numbers[entry.numberId]?.displayPhone) ?? ''
  const removed = entry.removedAtMs !== null
  const atMs = entry.removedAtMs ?? entry.namedAtMs
  return (
    <p className="text-sm text-ink-3">
      {t(removed ? 'contact.bookRemoved' : 'contact.bookHeld', {
        phone: `\u2066${phone}\u2069`,
        day: atMs === null ? '' : formats.day(atMs, nowMs),
      })}
    </p>
  )
}

const KINDS: Record<ContactIdentity['kind'], MessageKey> = {
  phone: 'contact.phone',
  user_id: 'contact.userId',
  parent_user_id: 'contact.parentUserId',
}

function IdentityLine({ identity: { kind, value, givenUp } }: { readonly identity: ContactIdentity }): ReactNode {
  const t = useT()
  const shown = kind === 'phone' ? `+${value}` : value
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-0.5">
      <span className="w-44 flex-none text-ink-3 narrow:w-full">{t(KINDS[kind])}</span>
      <span className="num min-w-0 [overflow-wrap:anywhere]">{shown}</span>
      <CopyButton text={shown} label={t('contact.copy')} done={t('contact.copied')} />
      {givenUp && <span className="rounded-full bg-hover px-2 py-0.5 text-xs text-ink-2">{t('contact.former')}</span>}
    </li>
  )
}
