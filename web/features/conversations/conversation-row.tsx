import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Camera, FileText, type LucideIcon, MapPin, Mic, Package, Phone, UserRound, Video } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { type Conversation, contactName, type LastMessage } from '../../../contract/conversation.ts'
import type { ConversationId, NumberId } from '../../../contract/ids.ts'
import { unreadCount } from '../../../contract/inbox-state.ts'
import type { MessageType } from '../../../contract/message-content.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { PersonName } from '../../ui/person-name.tsx'
import { DeliveryMark } from '../thread/delivery-mark.tsx'
import { typeWords } from '../thread/message-words.ts'
import { originOf } from '../thread/origin.tsx'
import { listChip } from './reply-window.ts'
import type { View } from './views.ts'

const TYPE_ICONS: Partial<Record<MessageType, LucideIcon>> = {
  image: Camera,
  video: Video,
  audio: Mic,
  document: FileText,
  location: MapPin,
  contacts: UserRound,
  order: Package,
  call: Phone,
}

/** Nobody's writing: no author to mark. */
const LINES: ReadonlySet<MessageType> = new Set(['system', 'call'])

interface Props {
  readonly id: ConversationId
  readonly view: View
  readonly numberId: NumberId | null
  readonly open: boolean
  readonly nowMs: number
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow({ id, view, numberId, open, nowMs }: Props): ReactNode {
  const t = useT()
  const formats = useFormats()
  const conversation = useSync((state) => state.inbox?.conversations[id])
  const unread = useSync((state) =>
    state.inbox === null || conversation === undefined ? 0 : unreadCount(state.inbox, conversation),
  )
  if (conversation === undefined) return null
  const name = contactName(conversation.contact)
  return (
    <Link
      to="/inbox/$view/$conversationId"
      params={{ view, conversationId: id }}
      search={numberId === null ? {} : { number: numberId }}
      preload={false}
      data-testid="conversation"
      aria-current={open ? 'true' : undefined}
      className={clsx(
        'grid h-full grid-cols-[2.25rem_minmax(0,1fr)] content-center gap-x-3 border-b border-line px-4 text-ink no-underline outline-offset-[-2px]',
        open
          ? 'bg-selected inset-shadow-[3px_0_0_var(--accent)] rtl:inset-shadow-[-3px_0_0_var(--accent)]'
          : 'hover:bg-hover',
      )}
    >
      <Avatar name={name} seed={conversation.contact.id} />
      <span className="min-w-0 self-center">
        <span className="flex items-baseline gap-2">
          <PersonName name={name} className={clsx('flex-1', unread > 0 ? 'font-semibold' : 'font-medium')} />
          {conversation.last !== null && (
            <time className="num flex-none text-sm text-ink-3" dateTime={new Date(conversation.lastAtMs).toISOString()}>
              {formats.rowTime(conversation.lastAtMs, nowMs)}
            </time>
          )}
        </span>
        <span className="flex min-h-5 items-center gap-2">
          <span
            className={clsx('flex min-w-0 flex-1 items-center gap-1.5 text-sm', unread > 0 ? 'text-ink' : 'text-ink-2')}
          >
            {conversation.last !== null && <LastLine last={conversation.last} />}
          </span>
          <WindowChip conversation={conversation} nowMs={nowMs} />
          {unread > 0 && (
            <span className="num min-w-4.5 flex-none rounded-full bg-accent px-1.5 text-center text-xs leading-4.5 font-semibold text-accent-ink">
              <span aria-hidden="true">{formats.number(unread)}</span>
              <span className="sr-only">{t('list.unread', { count: unread })}</span>
            </span>
          )}
        </span>
      </span>
    </Link>
  )
})

/** The last message with its author's mark. */
function LastLine({ last }: { readonly last: LastMessage }): ReactNode {
  const t = useT()
  const me = useSync((state) => state.inbox?.me)
  const TypeIcon = last.deleted ? undefined : TYPE_ICONS[last.type]
  const words = last.deleted ? t('message.deleted') : last.text !== '' ? last.text : typeWords(t, last.type, last.voice)
  return (
    <>
      {!LINES.has(last.type) && <AuthorMark last={last} />}
      {TypeIcon !== undefined && <TypeIcon aria-hidden="true" className="size-3.5 flex-none text-ink-3" />}
      {last.author === 'agent' && last.memberId === me && <span className="flex-none">{t('list.you')}</span>}
      <span dir="auto" className={clsx('min-w-0 truncate', last.deleted && 'italic text-ink-3')}>
        {words}
      </span>
    </>
  )
}

function AuthorMark({ last }: { readonly last: LastMessage }): ReactNode {
  const t = useT()
  const origin = originOf(last.author)
  if (origin === null) return null
  if (last.author === 'agent' && last.delivery !== null)
    return <DeliveryMark state={last.delivery} className={last.delivery === 'failed' ? '' : 'text-agent'} />
  const Icon = origin.icon
  return (
    <span title={t(origin.words)} className={clsx('flex flex-none', origin.ink)}>
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{t(origin.words)}</span>
    </span>
  )
}

/** Only when it matters: closing soon, or closed since the customer last wrote here. */
function WindowChip({
  conversation,
  nowMs,
}: {
  readonly conversation: Conversation
  readonly nowMs: number
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const chip = listChip(conversation, nowMs)
  if (chip === null) return null
  if (chip.kind === 'closed')
    return (
      <span className="flex-none rounded bg-hover px-1.5 text-xs leading-4.5 text-ink-3">
        {t('window.closedShort')}
      </span>
    )
  const left = formats.hoursMinutes(chip.leftMs)
  return (
    <span
      className="num flex-none rounded bg-phone-soft px-1.5 text-xs leading-4.5 text-phone"
      title={t('window.left', { time: left })}
    >
      <span aria-hidden="true">{left}</span>
      <span className="sr-only">{t('window.left', { time: left })}</span>
    </span>
  )
}
