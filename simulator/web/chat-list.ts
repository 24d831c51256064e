import type { Chat } from '../control-api.ts'
import type { ScenarioCustomer } from '../scenario.ts'
import { fill, h, words } from './dom.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'
import { avatar, matches, nameElement } from './people.ts'
import { shortTimeOf } from './times.ts'

/** Rows shown at once; the rest is found by searching. */
const ROWS = 150

/** One row: a person, and the chat with that person when there is one. */
export interface ChatRow {
  readonly customer: ScenarioCustomer
  readonly chat: Chat | null
}

export interface ChatList {
  readonly element: HTMLElement
  readonly show: (rows: readonly ChatRow[], nowMs: number, current: string | null) => void
}

/** A list of chats with a search field; `open` is called with the customer's key. */
export function chatList(side: 'phone' | 'customer', open: (customerKey: string) => void): ChatList {
  const search = h('input', {
    type: 'search',
    class: 'search',
    placeholder: t('searchChats'),
    'aria-label': t('searchChats'),
    dir: 'auto',
  })
  const list = h('ul', { class: 'chat-list' })
  let last: Parameters<ChatList['show']> = [[], 0, null]
  const show = (...[rows, nowMs, current]: Parameters<ChatList['show']>) => {
    last = [rows, nowMs, current]
    const found = search.value.trim() === '' ? rows : rows.filter((row) => matches(row.customer, search.value))
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.key : undefined
    fill(
      list,
      ...found.slice(0, ROWS).map((row) => h('li', {}, rowButton(row, side, nowMs, current, open))),
      found.length === 0 && h('li', { class: 'empty' }, t(rows.length === 0 ? 'noChats' : 'noMatches')),
      found.length > ROWS && h('li', { class: 'empty' }, t('moreChats', { count: found.length - ROWS })),
    )
    if (focused !== undefined) list.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus()
  }
  search.addEventListener('input', () => show(...last))
  list.addEventListener('keydown', (event) => moveFocus(event, list))
  return { element: h('div', { class: 'chat-list-box' }, search, list), show }
}

function rowButton(
  row: ChatRow,
  side: 'phone' | 'customer',
  nowMs: number,
  current: string | null,
  open: (key: string) => void,
): HTMLElement {
  const { customer, chat } = row
  const unread = side === 'phone' ? (chat?.unread ?? 0) : 0
  const ours = chat !== null && (chat.lastBy === 'business') === (side === 'phone')
  return h(
    'button',
    {
      type: 'button',
      class: 'chat-row',
      'data-key': customer.key,
      'aria-current': current === customer.key ? 'true' : undefined,
      on: { click: () => open(customer.key) },
    },
    avatar(customer),
    h(
      'span',
      { class: 'chat-row-lines' },
      h(
        'span',
        { class: 'chat-row-top' },
        h('strong', {}, nameElement(customer, side)),
        chat && h('time', { class: unread > 0 ? 'fresh' : undefined }, shortTimeOf(chat.lastAtMs, nowMs)),
      ),
      h(
        'span',
        { class: 'chat-row-top' },
        chat && h('span', { class: 'chat-row-text' }, ours && icon('check', 14), words(lastWords(chat.lastText))),
        unread > 0 && h('span', { class: 'unread', 'aria-label': t('unread', { count: unread }) }, String(unread)),
      ),
    ),
  )
}

/** The simulator names messages without words by their type in brackets. */
function lastWords(text: string): string {
  if (text === '') return t('deleted')
  const type = /^\[(\w+)\]$/.exec(text)?.[1]
  if (type === undefined) return text
  const names = {
    image: 'photo',
    video: 'video',
    audio: 'voiceNote',
    document: 'document',
    sticker: 'sticker',
    location: 'location',
    contacts: 'contactCard',
    order: 'order',
    unsupported: 'unsupported',
    interactive: 'interactiveChoice',
    system: 'systemLine',
  } as const
  return Object.hasOwn(names, type) ? t(names[type as keyof typeof names]) : text
}

function moveFocus(event: KeyboardEvent, list: HTMLElement): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  event.preventDefault()
  const rows = [...list.querySelectorAll<HTMLElement>('.chat-row')]
  rows
    .at(Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row === document.activeElement) + step)))
    ?.focus()
}
