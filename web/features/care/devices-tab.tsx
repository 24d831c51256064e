import { Plus, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { DEVICES_MAX, type DevicesAnswer } from '../../../contract/api/devices.ts'
import { failureWords } from '../../app/failure-words.ts'
import { isolated, type Translate, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import type { Failure } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { Empty, Skeleton } from '../../ui/states.tsx'
import { useNumber } from '../numbers/use-number.ts'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { DeviceForm } from './device-form.tsx'
import { DeviceRow } from './device-row.tsx'
import { RelinkChecklist } from './relink-checklist.tsx'
import { type Devices, useDevices } from './use-devices.ts'

/** What is linked to the phone, as the team says. */
export function DevicesTab(): ReactNode {
  const number = useNumber()
  if (number === undefined) return null
  return number.mode === 'api_only' ? <NoPhone /> : <Register numberId={number.id} />
}

function NoPhone(): ReactNode {
  const t = useT()
  return <Section title={t('devices.title')} lead={t('devices.apiOnly')} />
}

function Register({ numberId }: { readonly numberId: string }): ReactNode {
  const t = useT()
  const devices = useDevices(numberId)
  const { answer } = devices
  if (answer === undefined) return <Skeleton className="h-72 w-full" />
  if (!answer.ok) {
    return (
      <p role="alert" className="text-danger">
        {failureWords(t, answer.failure)}
      </p>
    )
  }
  return (
    <>
      <RelinkChecklist answer={answer.value} devices={devices} />
      <List answer={answer.value} devices={devices} />
    </>
  )
}

function List({ answer, devices }: { readonly answer: DevicesAnswer; readonly devices: Devices }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const [form, setForm] = useState<'none' | 'new' | string>('none')
  const edited = answer.devices.find((device) => device.id === form)
  const used = answer.devices.filter(({ state }) => state === 'linked' || state === 'fading').length
  return (
    <Section title={t('devices.title')} lead={t('devices.lead')}>
      <p className="flex flex-wrap items-center gap-3 text-sm text-ink-3">
        {t('devices.places', { used: formats.number(used), max: formats.number(DEVICES_MAX) })}
        <PlaybookLink page="keep-alive" section="linked-devices" />
      </p>
      {answer.devices.length === 0 && form === 'none' && (
        <Empty title={t('devices.none')}>
          <p>{t('devices.noneLead')}</p>
        </Empty>
      )}
      <ul className="mt-2">
        {answer.devices.map((device) => (
          <DeviceRow key={device.id} device={device} devices={devices} onEdit={() => setForm(device.id)} />
        ))}
      </ul>
      <LastAct devices={devices} />
      {form === 'none' ? (
        <Button className="mt-3" onClick={() => setForm('new')}>
          <Plus aria-hidden="true" className="size-4" />
          {t('devices.add')}
        </Button>
      ) : (
        <DeviceForm key={form} device={edited} devices={devices} onDone={() => setForm('none')} />
      )}
    </Section>
  )
}

/** What was done last, and the way back from it. */
function LastAct({ devices: { done, failure } }: { readonly devices: Devices }): ReactNode {
  const t = useT()
  const undo = done?.undo
  return (
    <div className="mt-2 flex flex-wrap items-center gap-3 text-sm">
      <p role="status" className="text-ink-2">
        {done?.what === 'saved' && t('devices.saved', { name: isolated(done.name) })}
        {done?.what === 'removed' && t('devices.removed', { name: isolated(done.name) })}
        {done?.what === 'undone' && t('devices.undone')}
      </p>
      {undo != null && (
        <Button onClick={() => void undo()}>
          <Undo2 aria-hidden="true" className="size-4" />
          {t('devices.undo')}
        </Button>
      )}
      {failure !== null && (
        <p role="alert" className="text-danger">
          {deviceFailure(t, failure)}
        </p>
      )}
    </div>
  )
}

function deviceFailure(t: Translate, failure: Failure): string {
  return failure.kind === 'refused' && failure.code === 'too_many' ? t('devices.full') : failureWords(t, failure)
}
