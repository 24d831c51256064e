import { ContactRound, ListChecks, MapPin, Plus } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { sync } from '../../sync/browser.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { SignMenu } from '../../ui/menu.tsx'
import { Sheet } from '../../ui/overlay.tsx'
import { Skeleton } from '../../ui/states.tsx'
import { readPlace } from './read-place.ts'

/** Comes when it is needed, with the limits that it checks. */
const InteractiveBuilder = lazy(async () => ({
  default: (await import('./interactive/builder.tsx')).InteractiveBuilder,
}))

/** What else can be sent: choices, a place, and somebody's contact card. */
export function MoreButton({ id }: { readonly id: ConversationId }): ReactNode {
  const t = useT()
  const [open, setOpen] = useState<string | null>(null)
  const close = () => setOpen(null)
  return (
    <>
      <SignMenu
        trigger={
          <IconButton label={t('more.open')}>
            <Plus aria-hidden="true" className="size-4" />
          </IconButton>
        }
        label={t('more.open')}
        signs={[
          { key: 'choices', label: t('build.open'), sign: <ListChecks aria-hidden="true" className="size-5" /> },
          { key: 'place', label: t('more.place'), sign: <MapPin aria-hidden="true" className="size-5" /> },
          { key: 'card', label: t('more.card'), sign: <ContactRound aria-hidden="true" className="size-5" /> },
        ]}
        onChoose={setOpen}
      />
      {open === 'choices' && (
        <Sheet title={t('build.title')} closeLabel={t('ui.close')} className="max-w-4xl" onClose={close}>
          <Suspense fallback={<Skeleton className="m-5 h-40" />}>
            <InteractiveBuilder id={id} onSent={close} />
          </Suspense>
        </Sheet>
      )}
      {open === 'place' && <PlaceDialog id={id} onClose={close} />}
      {open === 'card' && <CardDialog id={id} onClose={close} />}
    </>
  )
}

interface DialogProps {
  readonly id: ConversationId
  readonly onClose: () => void
}

function PlaceDialog({ id, onClose }: DialogProps): ReactNode {
  const t = useT()
  const [where, setWhere] = useState('')
  const [name, setName] = useState('')
  const [address, setAddress] = useState('')
  const place = readPlace(where)
  const send = () => {
    if (place === null) return
    const content = { type: 'location', ...place, ...given({ name, address }) } as const
    sync.sendOutgoing(id, { content, shown: content, file: null }, null)
    onClose()
  }
  return (
    <Sheet title={t('more.place')} closeLabel={t('ui.close')} onClose={onClose}>
      <Form ready={place !== null} onSend={send}>
        <TextField
          label={t('place.where')}
          hint={t('place.whereHint')}
          fault={where.trim() === '' || place !== null ? null : t('place.whereFault')}
          dir="ltr"
          value={where}
          onChange={setWhere}
        />
        <TextField label={t('place.name')} dir="auto" maxLength={1_000} value={name} onChange={setName} />
        <TextField label={t('place.address')} dir="auto" maxLength={1_000} value={address} onChange={setAddress} />
      </Form>
    </Sheet>
  )
}

function CardDialog({ id, onClose }: DialogProps): ReactNode {
  const t = useT()
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [organisation, setOrganisation] = useState('')
  const digits = phone.replaceAll(/[^\d]/g, '')
  const ready = name.trim() !== '' && /^\d{7,15}$/.test(digits)
  const send = () => {
    if (!ready) return
    const phones = [{ phone: `+${digits}`, waId: digits }]
    const content = {
      type: 'contacts' as const,
      cards: [{ name: name.trim(), phones, emails: [], ...given({ organisation }) }],
    }
    sync.sendOutgoing(id, { content, shown: content, file: null }, null)
    onClose()
  }
  return (
    <Sheet title={t('more.card')} closeLabel={t('ui.close')} onClose={onClose}>
      <Form ready={ready} onSend={send}>
        <TextField label={t('card.name')} dir="auto" maxLength={1_024} value={name} onChange={setName} />
        <TextField
          label={t('card.phone')}
          hint={t('card.phoneHint')}
          type="tel"
          dir="ltr"
          value={phone}
          onChange={setPhone}
        />
        <TextField
          label={t('card.organisation')}
          dir="auto"
          maxLength={1_024}
          value={organisation}
          onChange={setOrganisation}
        />
      </Form>
    </Sheet>
  )
}

function Form(props: {
  readonly ready: boolean
  readonly onSend: () => void
  readonly children: ReactNode
}): ReactNode {
  const t = useT()
  return (
    <form
      className="flex flex-col gap-3 p-5"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSend()
      }}
    >
      {props.children}
      <Button look="primary" type="submit" className="self-end" disabled={!props.ready}>
        {t('composer.send')}
      </Button>
    </form>
  )
}

/** Only what was filled in. */
function given<T extends Readonly<Record<string, string>>>(fields: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  ) as Partial<T>
}
