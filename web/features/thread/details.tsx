import { Link } from '@tanstack/react-router'
import { ArrowLeft, Download } from 'lucide-react'
import type { ReactNode } from 'react'
import { contactName } from '../../../contract/conversation.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { type WindowFacts, windowLeftMs } from '../../../contract/reply-window.ts'
import { useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { buttonClass, iconButtonClass } from '../../ui/button.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import { AgentNameEditor } from '../contacts/agent-name-editor.tsx'

/** Who the customer is, and what is known of the conversation. */
export function Details({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const language = usePreferences((preferences) => preferences.language)
  const conversation = useSync((state) => state.inbox?.conversations[id])
  if (conversation === undefined) return null
  const { contact } = conversation
  const name = contactName(contact)
  const phone = contact.phone === null ? null : `+${contact.phone}`
  return (
    <div className="p-4.5 text-sm">
      <div className="flex items-center gap-3">
        <Link
          to="."
          search={({ number }) => (number === undefined ? {} : { number })}
          aria-label={t('details.hide')}
          className={iconButtonClass('wide:hidden')}
        >
          <ArrowLeft aria-hidden="true" className="turns size-5" />
        </Link>
        <Avatar name={name} seed={contact.id} />
        <div className="min-w-0">
          <h1 className="text-base font-semibold">
            <PersonName name={name} />
          </h1>
          {phone !== null && phone !== name && <p className="num text-ink-3">{phone}</p>}
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-2">
        <Figure label={t('details.window')}>
          <WindowLeft facts={conversation} />
        </Figure>
        <Figure label={t('details.written')}>
          <span className="num">{formats.number(conversation.inboundCount)}</span>
        </Figure>
      </dl>
      <h2 className="mt-5 mb-1.5 font-semibold text-ink-2">{t('details.customer')}</h2>
      <dl className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2.5 gap-y-1.5 [&_dt]:text-ink-3">
        <dt className="pt-1">{t('contact.agentName')}</dt>
        <dd>
          {/* Another customer is another editor: nothing typed for the one before stays in it. */}
          <AgentNameEditor key={contact.id} contact={contact} />
        </dd>
        <Fact label={t('details.phoneName')} value={contact.addressBookName} missing={t('details.notSaved')} />
        <Fact label={t('details.profileName')} value={contact.profileName} missing={t('details.none')} />
        <Fact
          label={t('details.username')}
          value={contact.username === null ? null : `@${contact.username}`}
          missing={t('details.none')}
        />
        <Fact label={t('details.phone')} value={phone} missing={t('details.hidden')} />
        <Fact label={t('details.userId')} value={contact.userId} missing={t('details.none')} />
      </dl>
      <p className="mt-4 flex flex-wrap gap-2">
        <Link to="/contacts/$contactId" params={{ contactId: contact.id }} className={buttonClass('plain')}>
          {t('details.more')}
        </Link>
        <a href={exportUrl(id, language)} download className={buttonClass('plain')}>
          <Download aria-hidden="true" className="size-4" />
          {t('details.export')}
        </a>
      </p>
      <p className="mt-5 text-ink-3">{t('details.note')}</p>
    </div>
  )
}

/** Address of the file of the whole thread. */
function exportUrl(id: ConversationId, language: string): string {
  return `/api/v1/conversations/${encodeURIComponent(id)}/export.csv?${new URLSearchParams({ language })}`
}

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="rounded-md border border-line px-2.5 py-2">
      <dt className="text-xs text-ink-3">{label}</dt>
      <dd className="text-lg leading-snug font-semibold">{children}</dd>
    </div>
  )
}

function Fact({
  label,
  value,
  missing,
}: {
  readonly label: string
  readonly value: string | null
  readonly missing: string
}): ReactNode {
  return (
    <>
      <dt>{label}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        {value === null ? <span className="text-ink-3">{missing}</span> : <bdi>{value}</bdi>}
      </dd>
    </>
  )
}

function WindowLeft({ facts }: { readonly facts: WindowFacts }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const left = windowLeftMs(facts, useNowMs())
  if (left === null || left === 0) return t('window.closedWord')
  return <span className="num">{formats.hoursMinutes(left)}</span>
}
