import type { Device, DeviceAct } from '../control-api.ts'
import { controlOf, type NumberControl } from './control-client.ts'
import { ask, fillIn, trying } from './dialogs.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'
import type { LiveNumber } from './live-number.ts'
import { settingRow } from './phone-screen.ts'
import { instantOf } from './times.ts'

/** What can be done with the phone itself: register anew, change the number, switch off and on. */
export function deviceRows(live: LiveNumber, device: Device, again: () => Promise<void>): HTMLElement[] {
  const off = device.offSinceMs !== null
  return [
    settingRow({ icon: icon('phone'), title: t('reregister'), press: () => trying(registerAnew(live.of, again)) }),
    settingRow({ icon: icon('edit'), title: t('changeNumber'), press: () => trying(changeNumber(live)) }),
    settingRow({
      icon: icon('block'),
      title: t(off ? 'switchOn' : 'switchOff'),
      detail: device.offSinceMs === null ? undefined : t('offSince', { when: instantOf(device.offSinceMs) }),
      press: () => trying(actAndDraw(live.of, { do: off ? 'switch_on' : 'switch_off' }, again)),
    }),
  ]
}

export async function actAndDraw(of: NumberControl, act: DeviceAct, draw: () => Promise<void>): Promise<void> {
  await of.actOnDevice(act)
  await draw()
}

async function registerAnew(of: NumberControl, again: () => Promise<void>): Promise<void> {
  const reconnect = await ask<boolean | null>(t('reregister'), t('reregisterBody'), [
    { label: t('reconnectItself'), value: true, look: 'main' },
    { label: t('stayOff'), value: false, look: 'dangerous' },
    { label: t('cancel'), value: null },
  ])
  if (reconnect !== null) await actAndDraw(of, { do: 'reregister', reconnect }, again)
}

/** To Meta the phone is another number from then on, so that the page goes to its address. */
async function changeNumber(live: LiveNumber): Promise<void> {
  const fields = [{ name: 'phone', label: t('newNumber'), required: true, ltr: true }]
  const answer = await fillIn(t('changeNumber'), fields, t('save'), t('changeNumberHint'))
  if (!answer?.phone) return
  const phone = answer.phone.replace(/\D/g, '')
  const { phoneNumberId } = await controlOf(live.number.phoneNumberId).actOnDevice({ do: 'change_number', phone })
  const url = new URL(location.href)
  url.searchParams.set('number', phoneNumberId)
  location.assign(url)
  location.reload()
}
