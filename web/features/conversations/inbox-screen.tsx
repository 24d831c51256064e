import { Outlet, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import { MessagesSquare } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { Empty } from '../../ui/states.tsx'
import { BudgetBanner } from '../costs/budget-banner.tsx'
import { NumberAlarm } from '../numbers/number-alarm.tsx'
import { PhoneDueBanner } from '../numbers/phone-due-banner.tsx'
import { ConversationList } from './conversation-list.tsx'

/** The list, and beside it the open conversation. On a narrow screen one of them at a time. */
export function InboxScreen(): ReactNode {
  const t = useT()
  const view = useParams({ from: '/inbox/$view', select: (params) => params.view })
  const openId = useParams({ strict: false, select: (params) => params.conversationId }) ?? null
  const numberId = useSearch({ from: '/inbox/$view', select: (search) => search.number }) ?? null
  return (
    <main className="flex h-full flex-col">
      <NumberAlarm />
      <PhoneDueBanner />
      <BudgetBanner />
      <div className="flex min-h-0 flex-1">
        <section
          aria-label={t('list.label')}
          className={clsx(
            'flex w-80 flex-none flex-col border-x border-line bg-surface narrow:w-full narrow:border-0 roomy:w-86',
            openId !== null && 'narrow:hidden',
          )}
        >
          <ConversationList view={view} numberId={numberId} openId={openId} />
        </section>
        <div className={clsx('min-w-0 flex-1', openId === null && 'narrow:hidden')}>
          {openId === null ? (
            <div className="grid h-full">
              <Empty icon={<MessagesSquare aria-hidden="true" />} title={t('thread.none')}>
                {t('thread.noneLead')}
              </Empty>
            </div>
          ) : (
            <Outlet />
          )}
        </div>
      </div>
    </main>
  )
}
