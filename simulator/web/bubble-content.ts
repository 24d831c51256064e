import type { ChatMessage } from '../control-api.ts'
import { mediaAddress } from './control-client.ts'
import { type Child, h, ltr, words } from './dom.ts'
import { icon } from './icons.ts'
import { t } from './language.ts'
import { choiceOf, contentOf, fields, previewOf, textOf } from './message-body.ts'
import { voicePlayer } from './voice-player.ts'

type Content = Readonly<Record<string, unknown>>

/** What stands in a bubble, by the message's type. */
export function bubbleContent(body: ChatMessage['body']): Child[] {
  const content = contentOf(body)
  switch (body.type) {
    case 'text':
      return [words(textOf(content, 'body'), 'bubble-text')].map(linked)
    case 'image':
      return [picture(content), caption(content)]
    case 'sticker':
      return [
        h('img', {
          class: 'sticker-image',
          src: mediaAddress(textOf(content, 'id')),
          alt: t('sticker'),
          width: 120,
          height: 120,
        }),
      ]
    case 'video':
      return [
        h('video', {
          class: 'media',
          src: mediaAddress(textOf(content, 'id')),
          controls: true,
          preload: 'metadata',
          'aria-label': t('video'),
        }),
        caption(content),
      ]
    case 'audio':
      return [voicePlayer(textOf(content, 'id'))]
    case 'document':
      return [document(content), caption(content)]
    case 'location':
      return [place(content)]
    case 'contacts':
      return cards(body)
    case 'order':
      return [order(content)]
    case 'interactive':
    case 'template':
    case 'button':
      return offered(body, content)
    case 'call':
      return [h('span', { class: 'bubble-odd' }, icon('phone', 16), t('voiceCall'))]
    case 'unsupported':
    case 'system':
      return [
        h(
          'span',
          { class: 'bubble-odd' },
          icon(previewOf(body) === t('poll') ? 'poll' : 'warning', 16),
          words(previewOf(body)),
        ),
      ]
    default:
      return [h('span', { class: 'bubble-odd' }, icon('warning', 16), `${t('unsupported')} `, ltr(body.type))]
  }
}

function picture(content: Content): HTMLElement {
  const address = mediaAddress(textOf(content, 'id'))
  const image = h('img', {
    class: 'media',
    src: address,
    alt: textOf(content, 'caption') || t('photo'),
    loading: 'lazy',
  })
  image.addEventListener('error', () =>
    image.replaceWith(h('span', { class: 'bubble-odd' }, icon('image', 16), t('fileMissing'))),
  )
  return h('a', { href: address, target: '_blank', rel: 'noopener', class: 'media-link' }, image)
}

function caption(content: Content): Child {
  const text = textOf(content, 'caption')
  return text !== '' && linked(words(text, 'bubble-text'))
}

function document(content: Content): HTMLElement {
  return h(
    'a',
    {
      class: 'card',
      href: mediaAddress(textOf(content, 'id')),
      target: '_blank',
      rel: 'noopener',
      'aria-label': `${t('openFile')}: ${textOf(content, 'filename')}`,
    },
    icon('document', 28),
    h(
      'span',
      { class: 'card-lines' },
      words(textOf(content, 'filename') || t('document'), 'card-title'),
      h('small', {}, ltr(textOf(content, 'mime_type'))),
    ),
  )
}

function place(content: Content): HTMLElement {
  const [latitude, longitude] = [Number(content.latitude), Number(content.longitude)]
  const name = textOf(content, 'name')
  const address = textOf(content, 'address')
  return h(
    'div',
    { class: 'place' },
    h('div', { class: 'map', role: 'img', 'aria-label': t('location') }, icon('place', 34)),
    h(
      'span',
      { class: 'card-lines' },
      name !== '' && words(name, 'card-title'),
      address !== '' && words(address),
      h('small', {}, ltr(`${latitude.toFixed(5)}, ${longitude.toFixed(5)}`)),
    ),
  )
}

function cards(body: ChatMessage['body']): HTMLElement[] {
  const list = Array.isArray(body.contacts) ? body.contacts : []
  return list.map((entry: unknown) => {
    const phones: unknown = fields(entry).phones
    const phone = textOf(fields(Array.isArray(phones) ? phones[0] : null), 'phone')
    return h(
      'div',
      { class: 'card' },
      h('span', { class: 'avatar small' }, icon('person', 18)),
      h(
        'span',
        { class: 'card-lines' },
        words(textOf(fields(fields(entry).name), 'formatted_name'), 'card-title'),
        phone !== '' && h('small', {}, ltr(phone)),
      ),
    )
  })
}

function order(content: Content): HTMLElement {
  const items = (Array.isArray(content.product_items) ? content.product_items : []).map(fields)
  const total = items.reduce((sum, item) => sum + Number(item.item_price) * Number(item.quantity), 0)
  const currency = textOf(items[0] ?? {}, 'currency')
  const note = textOf(content, 'text')
  return h(
    'div',
    { class: 'order' },
    h(
      'div',
      { class: 'card' },
      icon('cart', 26),
      h(
        'span',
        { class: 'card-lines' },
        h('span', { class: 'card-title' }, t('items', { count: items.length })),
        h('small', {}, `${t('total')}: `, ltr(`${total} ${currency}`)),
      ),
    ),
    h(
      'ul',
      {},
      ...items.map((item) =>
        h(
          'li',
          {},
          ltr(`${Number(item.quantity)} × ${textOf(item, 'product_retailer_id')}`),
          ltr(`${Number(item.item_price)} ${textOf(item, 'currency')}`),
        ),
      ),
    ),
    note !== '' && words(note, 'bubble-text'),
  )
}

/** Messages with buttons or lists, templates, and what customers chose of them. */
function offered(body: ChatMessage['body'], content: Content): Child[] {
  const choice = choiceOf(content)
  const action = fields(content.action)
  const buttons = (Array.isArray(action.buttons) ? action.buttons : []).map((button) =>
    textOf(fields(fields(button).reply), 'title'),
  )
  const header = textOf(fields(content.header), 'text')
  const footer = textOf(fields(content.footer), 'text')
  return [
    header !== '' && words(header, 'card-title'),
    words(previewOf(body), 'bubble-text'),
    choice.description !== '' && words(choice.description, 'faint'),
    footer !== '' && words(footer, 'faint'),
    ...[...buttons, textOf(action, 'button')]
      .filter((title) => title !== '')
      .map((title) => h('span', { class: 'offer' }, words(title))),
  ]
}

/** Turns the web addresses of a text into links; nothing but http and https becomes one. */
function linked(element: HTMLElement): HTMLElement {
  const parts = (element.textContent ?? '').split(/(https?:\/\/[^\s<>"']+)/)
  if (parts.length === 1) return element
  element.replaceChildren(
    ...parts.map((part, index) =>
      index % 2 === 0 ? part : h('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, ltr(part)),
    ),
  )
  return element
}
