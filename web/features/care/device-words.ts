import type { DeviceInstant, DeviceKind, DeviceState, LinkedDevice } from '../../../contract/api/devices.ts'
import { isolatedNumber, type MessageKey, type Translate } from '../../app/language.ts'

export const KIND_WORDS: Record<DeviceKind, MessageKey> = {
  web: 'devices.kind.web',
  mac: 'devices.kind.mac',
  android_tablet: 'devices.kind.android_tablet',
  ipad: 'devices.kind.ipad',
  second_phone: 'devices.kind.second_phone',
  windows: 'devices.kind.windows',
  wearos: 'devices.kind.wearos',
  other: 'devices.kind.other',
}

export const STATE_WORDS: Record<DeviceState, MessageKey> = {
  linked: 'devices.state.linked',
  fading: 'devices.state.fading',
  dropped: 'devices.state.dropped',
  to_relink: 'devices.state.to_relink',
  unlinked: 'devices.state.unlinked',
  unsupported: 'devices.state.unsupported',
}

const SENTENCES: Record<Exclude<DeviceState, 'unsupported'>, MessageKey> = {
  linked: 'devices.words.linked',
  fading: 'devices.words.fading',
  dropped: 'devices.words.dropped',
  to_relink: 'devices.words.to_relink',
  unlinked: 'devices.words.unlinked',
}

/** What a device's state means for whoever uses it. `day` writes a date. */
export function deviceSentence(t: Translate, device: LinkedDevice, day: (ms: number) => string): string {
  const { state, kind, dropsAtMs } = device
  if (state === 'unsupported') return t(kind === 'wearos' ? 'devices.words.wearos' : 'devices.words.windows')
  return t(SENTENCES[state], { date: dropsAtMs === null ? '' : isolatedNumber(day(dropsAtMs)) })
}

/** Of a date field: the end of that day, or now when that has not come yet. `null` when nothing is filled in. */
export function instantOf(date: string, nowMs: number): DeviceInstant | null {
  if (date === '') return null
  const endMs = new Date(`${date}T23:59:59`).getTime()
  return endMs < nowMs ? endMs : 'now'
}

/** The other way: what a date field shows. */
export function dateOf(ms: number | null): string {
  if (ms === null) return ''
  const date = new Date(ms)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
