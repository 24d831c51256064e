import { Navigate, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { type ReactNode, useCallback } from 'react'
import { useCommand } from '../../app/commands.ts'
import { useT } from '../../app/language.ts'
import { useSync } from '../../sync/browser.ts'
import { Empty } from '../../ui/states.tsx'
import { Composer } from '../composer/composer.tsx'
import { Details } from './details.tsx'
import { Thread } from './thread.tsx'
import { ThreadHeader } from './thread-header.tsx'
import { useThreadLoading } from './use-thread.ts'

/** One conversation: header, thread, composer, and the customer's details beside it. */
export function ConversationScreen(): ReactNode {
  const t = useT()
  const { conversationId, view } = useParams({ from: '/inbox/$view/$conversationId' })
  const panel = useSearch({ from: '/inbox/$view', select: (search) => search.panel })
  const navigate = useNavigate()
  const known = useSync((state) => state.inbox?.conversations[conversationId] !== undefined)
  const { failure, ledTo } = useThreadLoading(conversationId)
  const leave = useCallback(
    () =>
      void navigate({
        to: '/inbox/$view',
        params: { view },
        search: ({ number }) => (number === undefined ? {} : { number }),
      }),
    [navigate, view],
  )
  useCommand('thread.leave', leave)
  if (ledTo !== null) {
    return <Navigate to="/inbox/$view/$conversationId" params={{ view, conversationId: ledTo }} search replace />
  }
  if (!known && failure?.kind === 'refused') {
    return (
      <div className="grid h-full">
        <Empty title={t('thread.unknown')}>{t('thread.unknownLead')}</Empty>
      </div>
    )
  }
  const details = panel === 'details'
  return (
    <div className="flex h-full">
      <section
        className={clsx('flex min-w-0 flex-1 flex-col', details && 'narrow:hidden')}
        aria-label={t('thread.label')}
      >
        <ThreadHeader id={conversationId} view={view} detailsShown={details} />
        {/* A new conversation is a new thread and a new composer: nothing of the one before stays in them. */}
        <Thread key={conversationId} id={conversationId} />
        {known && <Composer key={`composer ${conversationId}`} id={conversationId} />}
      </section>
      {known && (
        <section
          aria-label={t('details.label')}
          className={clsx(
            'w-75 flex-none overflow-y-auto border-s border-line bg-surface narrow:w-full narrow:border-0',
            details ? 'block' : 'hidden roomy:block',
          )}
        >
          <Details id={conversationId} />
        </section>
      )}
    </div>
  )
}
