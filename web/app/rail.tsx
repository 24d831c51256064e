import { Link, useParams, useSearch } from '@tanstack/react-router'
import clsx from 'clsx'
import {
  BookOpen,
  CircleHelp,
  Coins,
  ContactRound,
  Inbox,
  LayoutTemplate,
  type LucideIcon,
  MailOpen,
  Phone,
  Settings,
  ShieldQuestion,
  Smartphone,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useUnreadConversations } from '../features/conversations/unread.ts'
import { MemberSwitcher } from '../features/members/member-switcher.tsx'
import { NumberDot } from '../features/numbers/number-state.tsx'
import { phonePage } from '../features/numbers/phone-page.ts'
import { useSync } from '../sync/browser.ts'
import { Mark } from '../ui/mark.tsx'
import { useT } from './language.ts'
import { showOverlay } from './overlays.ts'
import { useFormats } from './use-formats.ts'

/** Labels show where the rail is wide enough (on a large screen, and in the drawer of a small one). */
const LABEL = 'sr-only @min-[9rem]:not-sr-only @min-[9rem]:flex-1'
const ITEM =
  'flex min-h-8.5 w-full items-center gap-2.5 rounded-sm px-2 text-start text-ink-2 no-underline transition-colors hover:bg-hover hover:text-ink phone:min-h-11 @max-[9rem]:justify-center'

/** Views, numbers and everything beside the inbox. */
export function Rail(): ReactNode {
  const t = useT()
  const unread = useUnreadConversations()
  const unrecognised = useSync((state) => state.inbox?.unrecognisedTotal ?? 0)
  const simulatorUrl = useSync((state) => state.session?.simulatorUrl ?? null)
  return (
    <nav aria-label={t('rail.label')} className="@container flex h-full min-h-fit flex-col gap-0.5 p-3">
      <div className="flex items-center gap-2.5 px-2 pt-1.5 pb-3.5 @max-[9rem]:justify-center @max-[9rem]:px-0">
        <Mark className="size-6.5 flex-none" />
        <span className={clsx(LABEL, 'text-lg font-semibold tracking-tight')}>{t('title.plain')}</span>
      </div>
      <ViewLink view="all" icon={Inbox} label={t('view.all')} />
      <ViewLink view="unread" icon={MailOpen} label={t('view.unread')} count={unread} />
      <Numbers />
      <div className="mt-auto flex flex-col gap-0.5 pt-4">
        <PageLink to="/contacts" icon={ContactRound} label={t('rail.contacts')} />
        <PageLink to="/numbers" icon={Phone} label={t('rail.numbers')} />
        <PageLink to="/templates" icon={LayoutTemplate} label={t('rail.templates')} />
        <PageLink to="/costs" icon={Coins} label={t('rail.costs')} />
        <PageLink to="/playbooks" icon={BookOpen} label={t('rail.playbooks')} />
        <PageLink to="/unrecognised" icon={ShieldQuestion} label={t('rail.unrecognised')} count={unrecognised} />
        {simulatorUrl !== null && (
          <a href={phonePage(simulatorUrl)} target="_blank" rel="noopener" className={ITEM} title={t('rail.simulator')}>
            <Smartphone aria-hidden="true" className="size-4 flex-none text-phone" />
            <span className={LABEL}>{t('rail.simulator')}</span>
          </a>
        )}
        <PageLink to="/settings" icon={Settings} label={t('rail.settings')} />
        <button type="button" className={ITEM} title={t('rail.keys')} onClick={() => showOverlay('help')}>
          <CircleHelp aria-hidden="true" className="size-4 flex-none" />
          <span className={LABEL}>{t('rail.keys')}</span>
          <kbd className="@max-[9rem]:hidden">?</kbd>
        </button>
        <div className="mt-2 border-t border-line pt-2">
          <MemberSwitcher labelClass={LABEL} />
        </div>
      </div>
    </nav>
  )
}

function ViewLink({
  view,
  icon,
  label,
  count,
}: {
  readonly view: 'all' | 'unread'
  readonly icon: LucideIcon
  readonly label: string
  readonly count?: number
}): ReactNode {
  const chosen = useParams({ strict: false, select: (params) => params.view === view })
  const ofNumber = useSearch({ strict: false, select: (search) => search.number !== undefined })
  const on = chosen && !ofNumber
  return (
    <Link
      to="/inbox/$view"
      params={{ view }}
      title={label}
      className={clsx(ITEM, on && 'bg-selected font-medium text-ink')}
      aria-current={on ? 'page' : undefined}
    >
      <Label icon={icon} label={label} count={count} on={on} />
    </Link>
  )
}

function PageLink({
  to,
  icon,
  label,
  count,
}: {
  readonly to: '/contacts' | '/numbers' | '/templates' | '/costs' | '/playbooks' | '/unrecognised' | '/settings'
  readonly icon: LucideIcon
  readonly label: string
  readonly count?: number
}): ReactNode {
  return (
    <Link to={to} title={label} className={ITEM} activeProps={{ className: 'bg-selected font-medium text-ink' }}>
      <Label icon={icon} label={label} count={count} />
    </Link>
  )
}

function Label({
  icon: Icon,
  label,
  count = 0,
  on = false,
}: {
  readonly icon: LucideIcon
  readonly label: string
  readonly count?: number | undefined
  readonly on?: boolean
}): ReactNode {
  const formats = useFormats()
  return (
    <>
      <Icon aria-hidden="true" className="size-4 flex-none" />
      <span className={LABEL}>{label}</span>
      {count > 0 && (
        <span className={clsx('num text-sm font-medium @max-[9rem]:sr-only', on ? 'text-accent' : 'text-ink-3')}>
          {formats.number(count)}
        </span>
      )}
    </>
  )
}

function Numbers(): ReactNode {
  const t = useT()
  const numbers = useSync((state) => state.inbox?.numbers)
  const shown = useSearch({ strict: false, select: (search) => search.number })
  // One that was never connected has no conversations to be shown.
  const all = Object.values(numbers ?? {}).filter(({ phoneNumberId }) => phoneNumberId !== null)
  if (all.length === 0) return null
  return (
    <section aria-label={t('rail.numbersHere')} className="mt-4 flex flex-col gap-0.5">
      <h2 className="mx-2 mb-1 text-xs tracking-wide text-ink-3 @max-[9rem]:sr-only">{t('rail.numbersHere')}</h2>
      {all.map((number) => (
        <Link
          key={number.id}
          to="/inbox/$view"
          params={{ view: 'all' }}
          search={{ number: number.id }}
          className={clsx(ITEM, shown === number.id && 'bg-selected font-medium text-ink')}
          aria-current={shown === number.id ? 'page' : undefined}
        >
          <NumberDot number={number} />
          <span className={LABEL}>
            <span className="num">{number.displayPhone}</span>
          </span>
        </Link>
      ))}
    </section>
  )
}
