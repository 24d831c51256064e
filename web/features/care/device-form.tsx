import { type ReactNode, useState } from 'react'
import {
  DEVICE_KINDS,
  DEVICE_NAME_LENGTH_MAX,
  type DeviceKind,
  type LinkedDevice,
} from '../../../contract/api/devices.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { dateOf, instantOf, KIND_WORDS } from './device-words.ts'
import type { Devices } from './use-devices.ts'

/** Writes a device down, or one that is there anew. Dates that nobody touches stay the instants they were. */
export function DeviceForm({
  device,
  devices,
  onDone,
}: {
  readonly device: LinkedDevice | undefined
  readonly devices: Devices
  readonly onDone: () => void
}): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const [name, setName] = useState(device?.name ?? '')
  const [kind, setKind] = useState<DeviceKind>(device?.kind ?? 'web')
  const [linked, setLinked] = useState(dateOf(device?.linkedAtMs ?? nowMs))
  const [active, setActive] = useState(dateOf(device?.lastActiveAtMs ?? null))
  const today = dateOf(nowMs)

  async function save(): Promise<void> {
    const kept = (date: string, before: number | null) => (date === dateOf(before) ? before : instantOf(date, nowMs))
    const linkedAtMs = kept(linked, device?.linkedAtMs ?? null) ?? 'now'
    const lastActiveAtMs = kept(active, device?.lastActiveAtMs ?? null)
    const writing = { name: name.trim(), kind, linkedAtMs, lastActiveAtMs }
    const saved =
      device === undefined
        ? await devices.add({ ...writing, unlinkedAtMs: null })
        : await devices.change(device, writing)
    if (saved) onDone()
  }

  return (
    <form
      className="mt-3 flex flex-col gap-3 rounded-sm border border-line p-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField
          label={t('devices.name')}
          hint={t('devices.nameHint')}
          dir="auto"
          required
          maxLength={DEVICE_NAME_LENGTH_MAX}
          value={name}
          onChange={setName}
        />
        <SelectField
          label={t('devices.kindLabel')}
          value={kind}
          choices={DEVICE_KINDS.map((one) => ({ value: one, label: t(KIND_WORDS[one]) }))}
          onChoose={setKind}
        />
        <TextField label={t('devices.linkedOn')} type="date" required max={today} value={linked} onChange={setLinked} />
        <TextField label={t('devices.activeOn')} type="date" max={today} value={active} onChange={setActive} />
      </div>
      <p className="flex gap-2">
        <Button look="primary" type="submit" disabled={name.trim() === ''}>
          {t('devices.save')}
        </Button>
        <Button onClick={onDone}>{t('devices.cancel')}</Button>
      </p>
    </form>
  )
}
