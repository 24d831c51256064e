import { type LucideIcon, PhoneCall, PhoneIncoming, PhoneMissed, PhoneOutgoing } from 'lucide-react'
import type { ReactNode } from 'react'
import type { CallContent } from '../../../../contract/message-content.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { useFormats } from '../../../app/use-formats.ts'

/** By who called and how it went. */
const WORDS: Record<CallContent['by'], Record<CallContent['outcome'], readonly [LucideIcon, MessageKey]>> = {
  customer: {
    ringing: [PhoneIncoming, 'call.incoming'],
    answered: [PhoneIncoming, 'call.incomingAnswered'],
    missed: [PhoneMissed, 'call.incomingMissed'],
  },
  business: {
    ringing: [PhoneOutgoing, 'call.outgoing'],
    answered: [PhoneCall, 'call.outgoingAnswered'],
    missed: [PhoneMissed, 'call.outgoingMissed'],
  },
}

/** A call: who called, whether somebody took it, and how long it was. */
export function CallLine({ content }: { readonly content: CallContent }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const [Icon, words] = WORDS[content.by][content.outcome]
  const { seconds } = content
  return (
    <span className="inline-flex items-center gap-1.5" data-testid="call" data-outcome={content.outcome}>
      <Icon aria-hidden="true" className="size-4 flex-none" />
      {t(words)}
      {seconds !== undefined && <span className="num">{formats.seconds(seconds)}</span>}
    </span>
  )
}
