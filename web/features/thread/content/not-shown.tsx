import { EyeOff, FileQuestion, ImageDown, ImageOff, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../../../contract/message.ts'
import type {
  UnrecognisedContent as Unrecognised,
  UnsupportedContent as Unsupported,
} from '../../../../contract/message-content.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { useNowMs } from '../../../app/use-formats.ts'
import { useSync } from '../../../sync/browser.ts'
import { RawJson } from '../../../ui/raw-json.tsx'
import { PlaybookLink } from '../../playbooks/playbook-link.tsx'
import { placeholderShown } from './media-shown.ts'

/** Only that something was sent is known: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes */
const UNAVAILABLE = 131060

/** Kinds WhatsApp names although it does not pass them on. */
const KINDS: Readonly<Record<string, MessageKey>> = {
  poll_creation: 'unsupported.poll',
  poll_update: 'unsupported.poll',
  view_once: 'unsupported.viewOnce',
  pin: 'unsupported.pin',
  event: 'unsupported.event',
  edit: 'unsupported.edit',
}

/** A photo or file of before the connection: on its way, too old to be passed on, or not come. */
export function PlaceholderContent({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const number = useSync((state) => state.inbox?.numbers[message.numberId])
  const history = number?.syncs.find((sync) => sync.kind === 'history')
  const shown = placeholderShown(message.sentAtMs, history, useNowMs())
  if (shown === 'coming') return <NotShown icon={ImageDown} what={t('media.comingTitle')} why={t('media.coming')} />
  const why = t(shown === 'too_old' ? 'placeholder.lead' : 'media.notCome')
  return (
    <NotShown icon={ImageOff} what={t('placeholder.title')} why={why}>
      <PlaybookLink page="troubleshooting" section="media" />
    </NotShown>
  )
}

export function UnsupportedContent({ content }: { readonly content: Unsupported }): ReactNode {
  const t = useT()
  const kind = content.what === null ? undefined : KINDS[content.what]
  if (content.code === UNAVAILABLE) {
    return (
      <NotShown icon={EyeOff} what={t('unsupported.unavailable')} why={t('unsupported.unavailableLead')}>
        <PlaybookLink page="team" section="not-received" />
      </NotShown>
    )
  }
  return (
    <NotShown icon={EyeOff} what={kind === undefined ? t('unsupported.any') : t(kind)} why={t('unsupported.lead')} />
  )
}

export function UnrecognisedContent({ content }: { readonly content: Unrecognised }): ReactNode {
  const t = useT()
  return (
    <div>
      <NotShown
        icon={FileQuestion}
        what={t('unrecognisedContent.title', { type: content.wireType })}
        why={t('unrecognisedContent.lead')}
      />
      <RawJson value={content.wire} label={t('unrecognisedContent.raw')} />
    </div>
  )
}

function NotShown({
  icon: Icon,
  what,
  why,
  children,
}: {
  readonly icon: LucideIcon
  readonly what: string
  readonly why: string
  readonly children?: ReactNode
}): ReactNode {
  return (
    <div className="flex gap-2.5">
      <Icon aria-hidden="true" className="mt-0.5 size-5 flex-none text-ink-3" />
      <div>
        <p className="font-medium">{what}</p>
        <p className="text-sm text-ink-2">{why}</p>
        {children}
      </div>
    </div>
  )
}
