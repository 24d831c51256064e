import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { ArrowLeft, MessageCircle } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ContactDetail } from '../../../contract/api/contacts.ts'
import { contactName } from '../../../contract/conversation.ts'
import { NotFound } from '../../app/broken.tsx'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { buttonClass, iconButtonClass } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { ContactConversations } from './contact-conversations.tsx'
import { ContactHistory } from './contact-history.tsx'
import { ContactMerges } from './contact-merges.tsx'
import { ContactNames } from './contact-names.tsx'
import { contactQuery } from './contact-queries.ts'

/** One customer: every name and identifier, where they came from, their conversations, and what changed. */
export function ContactPage(): ReactNode {
  const t = useT()
  const { contactId } = useParams({ from: '/contacts/$contactId' })
  const answer = useQuery(contactQuery(contactId)).data
  if (answer?.ok === false && answer.failure.kind === 'refused' && answer.failure.code === 'not_found')
    return <NotFound />
  return (
    <main className="h-full overflow-y-auto" tabIndex={-1}>
      <div className="mx-auto flex max-w-3xl flex-col gap-4 px-6 pt-7 pb-16 narrow:px-4 narrow:pt-4">
        {answer === undefined && (
          <>
            <h1 className="sr-only">{t('contacts.loading')}</h1>
            <Skeleton className="h-40 rounded-md" />
          </>
        )}
        {answer?.ok === false && (
          <p role="alert" className="text-danger">
            {failureWords(t, answer.failure)}
          </p>
        )}
        {answer?.ok === true && <Known detail={answer.value} />}
      </div>
    </main>
  )
}

function Known({ detail }: { readonly detail: ContactDetail }): ReactNode {
  const t = useT()
  return (
    <>
      <Heading detail={detail} />
      <ContactNames detail={detail} />
      <ContactConversations detail={detail} />
      <ContactMerges key={`${detail.contact.id} ${detail.merges.length}`} detail={detail} />
      <Section title={t('contact.history')} lead={t('contact.historyLead')}>
        <ContactHistory entries={detail.history} />
      </Section>
    </>
  )
}

function Heading({ detail: { contact, conversations } }: { readonly detail: ContactDetail }): ReactNode {
  const t = useT()
  const name = contactName(contact)
  const latest = conversations[0]?.conversation
  return (
    <header className="flex flex-wrap items-center gap-3">
      <Link
        to="/contacts"
        aria-label={t('contact.back')}
        title={t('contact.back')}
        className={iconButtonClass('-ms-2')}
      >
        <ArrowLeft aria-hidden="true" className="turns size-5" />
      </Link>
      <Avatar name={name} seed={contact.id} />
      <h1 className="min-w-0 flex-1 text-xl font-semibold narrow:basis-1/2">
        <PersonName name={name} />
      </h1>
      {latest !== undefined && (
        <Link
          to="/inbox/$view/$conversationId"
          params={{ view: 'all', conversationId: latest.id }}
          className={buttonClass('primary')}
        >
          <MessageCircle aria-hidden="true" className="size-4" />
          {t('contact.open')}
        </Link>
      )}
    </header>
  )
}
