import clsx from 'clsx'
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, Clock, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeliveryState } from '../../../contract/message.ts'
import { type MessageKey, useT } from '../../app/language.ts'

const LOOKS: Record<DeliveryState, { readonly icon: LucideIcon; readonly words: MessageKey; readonly tone?: string }> =
  {
    queued: { icon: Clock, words: 'delivery.queued' },
    sending: { icon: Clock, words: 'delivery.sending' },
    unconfirmed: { icon: CircleHelp, words: 'delivery.unconfirmed', tone: 'text-phone' },
    cancelled: { icon: Ban, words: 'delivery.cancelled' },
    expired: { icon: Ban, words: 'delivery.expired', tone: 'text-danger' },
    accepted: { icon: Check, words: 'delivery.accepted' },
    failed: { icon: CircleAlert, words: 'delivery.failed', tone: 'text-danger' },
    sent: { icon: Check, words: 'delivery.sent' },
    delivered: { icon: CheckCheck, words: 'delivery.delivered' },
    read: { icon: CheckCheck, words: 'delivery.read', tone: 'text-read' },
    played: { icon: CheckCheck, words: 'delivery.played', tone: 'text-read' },
  }

/** WhatsApp's ticks: clock, one, two, blue, red; with their meaning in words. */
export function DeliveryMark({
  state,
  className,
}: {
  readonly state: DeliveryState
  readonly className?: string
}): ReactNode {
  const t = useT()
  const { icon: Icon, words, tone } = LOOKS[state]
  return (
    <span title={t(words)} data-delivery={state} className={clsx('inline-flex flex-none', tone, className)}>
      <Icon aria-hidden="true" className="size-4" />
      <span className="sr-only">{t(words)}</span>
    </span>
  )
}
