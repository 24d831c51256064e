import type { Device } from '../control-api.ts'
import { control } from './control-client.ts'
import { ask, openMenu, trying } from './dialogs.ts'
import { h, ltr } from './dom.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'
import type { LiveNumber } from './live-number.ts'
import { actAndDraw, deviceRows } from './phone-device.ts'
import { drawScreen, goTo, settingRow } from './phone-screen.ts'
import { instantOf } from './times.ts'

/** Kinds of linked device, as people call them. */
const KINDS = { web: 'Web', mac: 'macOS', windows: 'Windows', wearos: 'Wear OS' } as const
const STATES = {
  app_only: 'stateAppOnly',
  connected: 'stateConnected',
  offboarded: 'stateOffboarded',
  removed: 'stateRemoved',
} as const

/** Settings: the number, linked devices, the Business Platform, and the phone itself. */
export async function drawSettings(screen: HTMLElement, live: LiveNumber): Promise<void> {
  const device = await live.of.device()
  drawScreen(
    screen,
    { at: 'settings' },
    { title: t('settings'), back: { at: 'chats' } },
    h(
      'div',
      { class: 'scroll' },
      h(
        'div',
        { class: 'profile' },
        h('span', { class: 'avatar large hue-2', 'aria-hidden': 'true' }, '🌹'),
        h('strong', { dir: 'auto' }, live.number.verifiedName),
        ltr(live.number.displayPhone),
      ),
      settingRow({
        icon: icon('laptop'),
        title: t('linkedDevices'),
        detail: String(device.linkedDevices.length),
        press: () => goTo({ at: 'devices' }),
      }),
      settingRow({
        icon: icon('link'),
        title: t('businessPlatform'),
        detail: t(STATES[device.connection]),
        press: () => goTo({ at: 'platform' }),
      }),
      ...deviceRows(live, device, () => drawSettings(screen, live)),
    ),
  )
}

/** Linked devices: the list, linking one more, unlinking. */
export async function drawDevices(screen: HTMLElement, live: LiveNumber): Promise<void> {
  const device = await live.of.device()
  const again = () => drawDevices(screen, live)
  const link = () =>
    openMenu(
      t('linkDevice'),
      (Object.keys(KINDS) as (keyof typeof KINDS)[]).map((kind) => ({
        label: KINDS[kind],
        icon: 'laptop',
        choose: () => trying(actAndDraw(live.of, { do: 'link_device', kind }, again)),
      })),
    )
  drawScreen(
    screen,
    { at: 'devices' },
    { title: t('linkedDevices'), back: { at: 'settings' } },
    h(
      'div',
      { class: 'scroll' },
      h(
        'p',
        { class: 'pad' },
        h('button', { type: 'button', class: 'button main', on: { click: link } }, t('linkDevice')),
      ),
      device.connection === 'connected' &&
        h('p', { class: 'pad faint' }, `Windows, Wear OS: ${t('unsupportedDevice')}`),
      device.linkedDevices.length === 0 && h('p', { class: 'empty' }, t('noDevices')),
      ...device.linkedDevices.map((linked) =>
        h(
          'div',
          { class: 'setting' },
          icon('laptop'),
          h(
            'span',
            { class: 'card-lines' },
            h('span', { class: 'card-title' }, nameOfKind(linked.kind)),
            h('small', {}, t('linkedSince', { when: instantOf(linked.linkedAtMs) })),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'button dangerous',
              on: { click: () => trying(actAndDraw(live.of, { do: 'unlink_device', deviceId: linked.id }, again)) },
            },
            t('unlink'),
          ),
        ),
      ),
    ),
  )
}

/** The Business Platform: connecting with or without sharing chats, disconnecting. */
export async function drawPlatform(screen: HTMLElement, live: LiveNumber): Promise<void> {
  const device = await live.of.device()
  const again = () => drawPlatform(screen, live)
  const connected = device.connection === 'connected'
  const disconnect = async () => {
    if (await confirmed(t('disconnect'), t('disconnectBody'))) await actAndDraw(live.of, { do: 'disconnect' }, again)
  }
  drawScreen(
    screen,
    { at: 'platform' },
    { title: t('businessPlatform'), back: { at: 'settings' } },
    h(
      'div',
      { class: 'scroll' },
      settingRow({
        icon: icon('link'),
        title: t(STATES[device.connection]),
        detail: connected ? sharing(device) : undefined,
      }),
      connected || device.connection === 'offboarded'
        ? settingRow({
            icon: icon('block'),
            title: t('disconnect'),
            dangerous: true,
            press: () => trying(disconnect()),
          })
        : h(
            'p',
            { class: 'pad' },
            h(
              'button',
              { type: 'button', class: 'button main', on: { click: () => trying(connect(live, again)) } },
              t('connect'),
            ),
          ),
    ),
  )
}

async function connect(live: LiveNumber, again: () => Promise<void>): Promise<void> {
  const share = await ask(t('connectTitle'), t('connectBody'), [
    { label: t('shareChats'), value: 'share', look: 'main' },
    { label: t('dontShareChats'), value: 'keep' },
    { label: t('cancel'), value: 'cancel' },
  ])
  if (share === null || share === 'cancel') return
  const answer = await control.onboard(live.number.phoneNumberId, share === 'share')
  await ask(
    t('codeTitle'),
    t('codeBody'),
    [{ label: t('ok'), value: true, look: 'main' }],
    h('p', {}, ltr(answer.code, 'code')),
  )
  await again()
}

function sharing(device: Device): string | undefined {
  if (device.shareHistory === null) return undefined
  return device.shareHistory ? t('historyShared') : t('historyKept')
}

async function confirmed(title: string, text: string): Promise<boolean> {
  const answer = await ask(title, text, [
    { label: t('ok'), value: true, look: 'dangerous' },
    { label: t('cancel'), value: false },
  ])
  return answer === true
}

function nameOfKind(kind: string): string {
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS] : kind
}
