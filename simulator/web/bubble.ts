import type { ChatMessage, PaymentOutcome } from '../control-api.ts'
import { bubbleContent } from './bubble-content.ts'
import { iconButton } from './dialogs.ts'
import { type Child, h, words } from './dom.ts'
import { type IconName, icon } from './icons.ts'
import { t } from './language.ts'
import { previewOf } from './message-body.ts'
import { payPart } from './pay-part.ts'
import { timeOf } from './times.ts'
import type { WordKey } from './words-en.ts'

/** Whose screen it is: the shop's phone, or a customer's. */
export type Side = 'phone' | 'customer'

export interface BubbleActs {
  readonly openMenu: (message: ChatMessage) => void
  readonly quote: (message: ChatMessage) => void
  readonly jumpTo: (wamid: string) => void
  readonly pay: (message: ChatMessage, outcome: PaymentOutcome) => void
}

/** Pixels a finger has to drag a bubble before it is quoted. */
const SWIPE_PX = 56

/** One message as a list item: bubble, time, ticks, quote, reactions. `quoted` is the message it answers, when loaded. */
export function bubble(
  message: ChatMessage,
  side: Side,
  name: string,
  quoted: ChatMessage | undefined,
  acts: BubbleActs,
): HTMLLIElement {
  const mine = isMine(message, side)
  const sticker = message.body.type === 'sticker' && !message.deleted
  const box = h(
    'div',
    {
      class: `bubble${sticker ? ' bare' : ''}`,
      tabindex: '0',
      'data-type': message.body.type,
      on: {
        contextmenu: (event) => {
          event.preventDefault()
          acts.openMenu(message)
        },
      },
    },
    !message.deleted && message.quoteWamid !== null && quoteBox(message.quoteWamid, quoted, side, name, acts),
    ...(message.deleted ? [deletedLine(mine)] : bubbleContent(message.body)),
    !message.deleted && payPart(message, side === 'customer', (outcome) => acts.pay(message, outcome)),
    foot(message, side),
    !message.deleted && iconButton('more', t('messageMenu'), () => acts.openMenu(message), 'bubble-menu'),
  )
  const item = h(
    'li',
    { class: `row ${mine ? 'mine' : 'theirs'}`, 'data-wamid': message.wamid, 'data-by': message.by },
    box,
    reactions(message),
  )
  if (!message.deleted) swipeToQuote(box, () => acts.quote(message))
  box.addEventListener('keydown', (event) => {
    if (event.target === box && event.key === 'Enter' && !message.deleted) acts.openMenu(message)
  })
  return item
}

/** Whether it stands on the side of whoever holds the screen. */
export function isMine(message: ChatMessage, side: Side): boolean {
  return (message.by === 'customer') === (side === 'customer')
}

/** How far a message of the business came, as an icon with its name. */
export function ticks(state: NonNullable<ChatMessage['ticks']>): HTMLElement {
  const label: WordKey = TICK_WORDS[state]
  const shape: IconName = state === 'pending' ? 'clock' : state === 'failed' ? 'warning' : 'check'
  const twice = state === 'delivered' || state === 'read'
  return h(
    'span',
    { class: `ticks ${state}`, role: 'img', 'aria-label': t(label), title: t(label) },
    icon(shape, 14),
    twice ? icon('check', 14) : null,
  )
}

const TICK_WORDS = {
  pending: 'tickPending',
  sent: 'tickSent',
  delivered: 'tickDelivered',
  read: 'tickRead',
  failed: 'tickFailed',
} as const

function foot(message: ChatMessage, side: Side): HTMLElement {
  return h(
    'span',
    { class: 'foot' },
    message.by === 'api' && side === 'phone' && h('span', { class: 'via' }, icon('link', 12), t('viaApi')),
    message.edited && !message.deleted && h('span', {}, t('edited')),
    h('time', { datetime: new Date(message.atMs).toISOString() }, timeOf(message.atMs)),
    isMine(message, side) && side === 'phone' && message.ticks !== null && !message.deleted && ticks(message.ticks),
  )
}

function deletedLine(mine: boolean): Child {
  return h('span', { class: 'bubble-odd' }, icon('block', 15), mine ? t('deletedByYou') : t('deleted'))
}

function quoteBox(
  wamid: string,
  quoted: ChatMessage | undefined,
  side: Side,
  name: string,
  acts: BubbleActs,
): HTMLElement {
  const author = quoted === undefined ? '' : isMine(quoted, side) ? t('you') : name
  const text = quoted === undefined ? '…' : quoted.deleted ? t('deleted') : previewOf(quoted.body)
  return h(
    'button',
    { type: 'button', class: 'quote', on: { click: () => acts.jumpTo(wamid) } },
    author !== '' && words(author, 'quote-author'),
    words(text, 'quote-text'),
  )
}

function reactions(message: ChatMessage): Child {
  if (message.reactions.length === 0 || message.deleted) return null
  const emojis = message.reactions.map((reaction) => h('span', { title: reaction.by }, reaction.emoji))
  return h(
    'span',
    {
      class: 'reactions',
      role: 'img',
      'aria-label': `${t('react')}: ${message.reactions.map((reaction) => reaction.emoji).join(' ')}`,
    },
    ...emojis,
  )
}

/** Dragging a bubble sideways quotes it, on touch screens. */
function swipeToQuote(element: HTMLElement, quote: () => void): void {
  let startX: number | null = null
  let moved = 0
  const end = () => {
    if (Math.abs(moved) > SWIPE_PX) quote()
    startX = null
    moved = 0
    element.style.transform = ''
  }
  element.addEventListener('pointerdown', (event) => {
    if (event.pointerType === 'touch') startX = event.clientX
  })
  element.addEventListener('pointermove', (event) => {
    if (startX === null) return
    moved = Math.max(-90, Math.min(90, event.clientX - startX))
    if (Math.abs(moved) > 12) element.style.transform = `translateX(${moved}px)`
  })
  element.addEventListener('pointerup', end)
  element.addEventListener('pointercancel', end)
}
