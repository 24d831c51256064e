import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ContactConversation, ContactDetail } from '../../../contract/api/contacts.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Section } from '../../ui/page.tsx'

/** How the customer came to us, and the conversation on each number. */
export function ContactConversations({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  return (
    <Section
      title={t('contact.conversations')}
      lead={t('contact.since', { day: formats.day(detail.createdAtMs, nowMs) })}
    >
      {detail.conversations.length === 0 && <p className="text-ink-3">{t('contact.noConversation')}</p>}
      <ul className="-mx-2">
        {detail.conversations.map((one) => (
          <Line key={one.conversation.id} one={one} />
        ))}
      </ul>
    </Section>
  )
}

function Line({ one: { conversation, firstAtMs, firstSource } }: { readonly one: ContactConversation }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const phone = useSync((state) => state.inbox?.numbers[conversation.numberId]?.displayPhone)
  return (
    <li>
      <Link
        to="/inbox/$view/$conversationId"
        params={{ view: 'all', conversationId: conversation.id }}
        className="flex min-h-11 flex-wrap items-center gap-x-4 rounded-sm px-2 py-1.5 text-ink no-underline hover:bg-hover"
      >
        <span className="flex-1">
          {t('thread.onNumber')} <span className="num">{phone}</span>
          {firstAtMs !== null && (
            <span className="block text-sm text-ink-3">
              {t(firstSource === 'history' ? 'contact.firstImported' : 'contact.firstLive', {
                day: formats.day(firstAtMs, nowMs),
              })}
            </span>
          )}
        </span>
        <time dateTime={new Date(conversation.lastAtMs).toISOString()} className="text-sm text-ink-3">
          {formats.rowTime(conversation.lastAtMs, nowMs)}
        </time>
      </Link>
    </li>
  )
}
