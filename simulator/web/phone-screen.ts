import { iconButton } from './dialogs.ts'
import { type Child, fill, h } from './dom.ts'
import { t } from './language.ts'

/** The places of the phone's app; they stand in the address after `#`, so that the browser's Back works. */
export type Place =
  | { readonly at: 'chats' | 'contacts' | 'settings' | 'devices' | 'platform' }
  | { readonly at: 'chat'; readonly customerKey: string }

/** Where the address says we are. */
export function placeNow(): Place {
  const [at = 'chats', key] = location.hash.replace(/^#\/?/, '').split('/')
  if (at === 'chat' && key !== undefined) return { at, customerKey: decodeURIComponent(key) }
  return at === 'contacts' || at === 'settings' || at === 'devices' || at === 'platform' ? { at } : { at: 'chats' }
}

export function goTo(place: Place): void {
  location.hash = place.at === 'chat' ? `/chat/${encodeURIComponent(place.customerKey)}` : `/${place.at}`
}

/** The green bar at the top of a screen. */
export interface Bar {
  readonly title: Child
  readonly back?: Place
  readonly actions?: readonly HTMLElement[]
}

/** Whether the address still says so: what a screen waited for may come when another one is shown. */
export function isAt(place: Place): boolean {
  const now = placeNow()
  if (place.at === 'chat') return now.at === 'chat' && now.customerKey === place.customerKey
  return now.at === place.at
}

/** A whole screen of the app: its bar and what is below; nothing when the address has moved on meanwhile. */
export function drawScreen(screen: HTMLElement, place: Place, bar: Bar, ...content: readonly Child[]): void {
  if (!isAt(place)) return
  fill(
    screen,
    h(
      'header',
      { class: 'bar' },
      bar.back !== undefined && backButton(bar.back),
      h('h1', {}, bar.title),
      ...(bar.actions ?? []),
    ),
    ...content,
  )
}

/** A line in settings that leads somewhere or does something. */
export function settingRow(row: {
  readonly icon: Child
  readonly title: Child
  readonly detail?: Child
  readonly press?: () => void
  readonly dangerous?: boolean
}): HTMLElement {
  const lines = h(
    'span',
    { class: 'card-lines' },
    h('span', { class: 'card-title' }, row.title),
    row.detail !== undefined && h('small', {}, row.detail),
  )
  const look = row.dangerous ? 'setting dangerous' : 'setting'
  if (!row.press) return h('div', { class: look }, row.icon, lines)
  return h('button', { type: 'button', class: look, on: { click: row.press } }, row.icon, lines)
}

function backButton(place: Place): HTMLElement {
  return iconButton('back', t('back'), () => goTo(place), 'back')
}
