import clsx from 'clsx'
import { ArrowRightLeft, Forward, History, Reply, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Wamid } from '../../../contract/ids.ts'
import type { Message } from '../../../contract/message.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { IconButton } from '../../ui/button.tsx'
import { askToQuote } from '../composer/quoting.ts'
import { MessageCost } from '../costs/message-cost.tsx'
import { LikelyHolder } from '../duty/likely-holder.tsx'
import { Bill } from './content/bill.tsx'
import { Content } from './content/content.tsx'
import { Deleted } from './deleted.tsx'
import { DeliveryMark } from './delivery-mark.tsx'
import { DeliveryProblem } from './delivery-problem.tsx'
import { Edited } from './edited.tsx'
import { originOf } from './origin.tsx'
import { QuoteBlock } from './quote-block.tsx'
import { ReactButton } from './react-button.tsx'
import { ReferralCard } from './referral-card.tsx'

/** What can be done with a message is shown beside it when one is there. */
const SHOWN_WHEN_NEAR =
  'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-60'

interface Props {
  readonly message: Message
  readonly continued: boolean
  readonly onJump: (wamid: Wamid) => void
}

/** One message: where it came from, what it holds, how far it has come. */
export function Bubble({ message, continued, onJump }: Props): ReactNode {
  const origin = originOf(message.author)
  const bare = message.content.type === 'sticker' && message.deletedAtMs === null
  return (
    <article
      data-testid="message"
      data-author={message.author}
      data-source={message.source}
      className={clsx('group flex items-center gap-1', origin !== null && 'flex-row-reverse')}
    >
      <div
        className={clsx(
          'flex max-w-[min(35rem,78%)] min-w-0 flex-col narrow:max-w-[88%]',
          origin === null ? 'items-start' : 'items-end',
        )}
      >
        <div
          className={clsx(
            'max-w-full rounded-lg border px-3 py-2',
            origin === null ? 'border-line bg-surface' : clsx('border-transparent', origin.soft),
            !continued && (origin === null ? 'rounded-ss-[4px]' : 'rounded-se-[4px]'),
            bare && 'border-transparent bg-transparent',
          )}
        >
          {origin !== null && !continued && <OriginLine message={message} />}
          {message.againOf !== undefined && <IsAgain />}
          {message.forwarded !== 'no' && <Forwarded often={message.forwarded === 'often'} />}
          {message.referral !== null && <ReferralCard referral={message.referral} />}
          {message.quote !== null && <QuoteBlock quote={message.quote} onJump={onJump} />}
          {message.deletedAtMs === null ? <Content message={message} /> : <Deleted message={message} />}
          {message.deletedAtMs === null && <Bill message={message} onJump={onJump} />}
          <Meta message={message} />
        </div>
        {message.reactions.length > 0 && <Reactions message={message} />}
        <DeliveryProblem message={message} />
      </div>
      {message.wamid !== null && message.deletedAtMs === null && message.source !== 'standby' && (
        <>
          <QuoteButton message={message} />
          <ReactButton message={message} className={SHOWN_WHEN_NEAR} />
          <MessageCost message={message} className={SHOWN_WHEN_NEAR} />
        </>
      )}
    </article>
  )
}

function OriginLine({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const origin = originOf(message.author)
  const member = useSync((state) => state.session?.members.find((other) => other.id === message.memberId))
  if (origin === null) return null
  const Icon = origin.icon
  return (
    <p className={clsx('mb-0.5 flex items-center gap-1.5 text-sm font-medium', origin.ink)}>
      <Icon aria-hidden="true" className="size-4 flex-none" />
      {message.author === 'agent' && member !== undefined ? <bdi>{member.name}</bdi> : t(origin.words)}
      {message.author === 'phone' && <LikelyHolder numberId={message.numberId} atMs={message.sentAtMs} />}
    </p>
  )
}

/** Imported or not, edited or not, when, and the ticks. */
function Meta({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const formats = useFormats()
  return (
    <p className="mt-0.5 flex items-center justify-end gap-1.5 text-xs text-ink-3">
      {message.source === 'history' && (
        <span title={t('origin.history')} className="inline-flex items-center gap-1">
          <History aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t('origin.history')}</span>
        </span>
      )}
      {message.source === 'standby' && (
        <span
          data-testid="standby"
          title={t('origin.standbyLead')}
          className="inline-flex items-center gap-1 text-note"
        >
          <ArrowRightLeft aria-hidden="true" className="size-3.5" />
          {t('origin.standby')}
        </span>
      )}
      {message.versions.length > 0 && message.deletedAtMs === null && <Edited message={message} />}
      <time
        className="num"
        dateTime={new Date(message.sentAtMs).toISOString()}
        title={formats.moment(message.sentAtMs)}
      >
        {formats.time(message.sentAtMs)}
      </time>
      {message.delivery !== null && <DeliveryMark state={message.delivery} />}
    </p>
  )
}

function IsAgain(): ReactNode {
  const t = useT()
  return (
    <p className="mb-0.5 flex items-center gap-1 text-xs text-ink-3 italic">
      <RotateCw aria-hidden="true" className="size-3.5" />
      {t('problem.isAgain')}
    </p>
  )
}

function Forwarded({ often }: { readonly often: boolean }): ReactNode {
  const t = useT()
  return (
    <p className="mb-0.5 flex items-center gap-1 text-xs text-ink-3 italic">
      <Forward aria-hidden="true" className="turns size-3.5" />
      {t(often ? 'message.forwardedOften' : 'message.forwarded')}
    </p>
  )
}

function Reactions({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const by: Record<'customer' | 'business', MessageKey> = {
    customer: 'reaction.customer',
    business: 'reaction.business',
  }
  return (
    <ul aria-label={t('reaction.label')} className="relative z-1 ms-2.5 -mt-2 flex gap-1">
      {message.reactions.map((reaction) => (
        <li
          key={`${reaction.by} ${reaction.emoji}`}
          title={t(by[reaction.by], { emoji: reaction.emoji })}
          className="rounded-full border border-line bg-surface px-2 text-sm"
        >
          <span aria-hidden="true">{reaction.emoji}</span>
          <span className="sr-only">{t(by[reaction.by], { emoji: reaction.emoji })}</span>
        </li>
      ))}
    </ul>
  )
}

function QuoteButton({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  return (
    <IconButton label={t('message.quote')} onClick={() => askToQuote(message)} className={SHOWN_WHEN_NEAR}>
      <Reply aria-hidden="true" className="turns size-4" />
    </IconButton>
  )
}
