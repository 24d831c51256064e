import clsx from 'clsx'
import { Laptop, Pencil, Smartphone, Tablet, Trash2, Watch } from 'lucide-react'
import type { ReactNode } from 'react'
import type { DeviceKind, DeviceState, LinkedDevice } from '../../../contract/api/devices.ts'
import { isolated, isolatedNumber, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { deviceSentence, KIND_WORDS, STATE_WORDS } from './device-words.ts'
import type { Devices } from './use-devices.ts'

const ICONS: Partial<Record<DeviceKind, typeof Laptop>> = {
  android_tablet: Tablet,
  ipad: Tablet,
  second_phone: Smartphone,
  wearos: Watch,
}

const LOOKS: Record<DeviceState, string> = {
  linked: 'bg-agent-soft text-agent',
  fading: 'bg-phone-soft text-phone',
  dropped: 'bg-danger-soft text-danger',
  to_relink: 'bg-danger-soft text-danger',
  unlinked: 'bg-hover text-ink-2',
  unsupported: 'bg-hover text-ink-2',
}

/** One device: how it stands, what that means, and what somebody can say about it. */
export function DeviceRow({
  device,
  devices,
  onEdit,
}: {
  readonly device: LinkedDevice
  readonly devices: Devices
  readonly onEdit: () => void
}): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const Icon = ICONS[device.kind] ?? Laptop
  const day = (ms: number) => formats.day(ms, nowMs)
  const name = isolated(device.name)
  return (
    <li
      data-testid="device"
      data-state={device.state}
      className="flex flex-wrap gap-x-3 gap-y-2 border-t border-line py-3"
    >
      <Icon aria-hidden="true" className="mt-0.5 size-5 flex-none text-ink-3" />
      <div className="min-w-56 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium">{device.name}</bdi>
          <span className={clsx('rounded-full px-2.5 text-xs leading-5', LOOKS[device.state])}>
            {t(STATE_WORDS[device.state])}
          </span>
        </p>
        <p className="text-ink-3">
          {t(KIND_WORDS[device.kind])} · {t('devices.since', { date: isolatedNumber(day(device.linkedAtMs)) })}
          {device.lastActiveAtMs !== null && (
            <> · {t('devices.active', { date: isolatedNumber(day(device.lastActiveAtMs)) })}</>
          )}
        </p>
        <p className="max-w-prose text-ink-2">{deviceSentence(t, device, day)}</p>
      </div>
      <div className="flex flex-wrap items-start gap-1.5">
        <Says device={device} devices={devices} />
        <IconButton label={t('devices.edit', { name })} onClick={onEdit}>
          <Pencil aria-hidden="true" className="size-4" />
        </IconButton>
        <IconButton label={t('devices.remove', { name })} onClick={() => void devices.remove(device)}>
          <Trash2 aria-hidden="true" className="size-4" />
        </IconButton>
      </div>
    </li>
  )
}

function Says({ device, devices }: { readonly device: LinkedDevice; readonly devices: Devices }): ReactNode {
  const t = useT()
  const { state } = device
  if (state === 'unsupported') return null
  const isHere = state === 'linked' || state === 'fading'
  if (isHere) {
    return (
      <>
        <Button onClick={() => void devices.change(device, { lastActiveAtMs: 'now' })}>{t('devices.usedNow')}</Button>
        <Button look="ghost" onClick={() => void devices.change(device, { unlinkedAtMs: 'now' })}>
          {t('devices.wasUnlinked')}
        </Button>
      </>
    )
  }
  return <RelinkButton device={device} devices={devices} />
}

/** Says that a device was linked again now. */
export function RelinkButton({
  device,
  devices,
}: {
  readonly device: LinkedDevice
  readonly devices: Devices
}): ReactNode {
  const t = useT()
  return (
    <Button
      onClick={() => void devices.change(device, { linkedAtMs: 'now', lastActiveAtMs: null, unlinkedAtMs: null })}
    >
      {t('devices.relinked')}
    </Button>
  )
}
