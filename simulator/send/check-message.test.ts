import { describe, expect, test } from 'vitest'
import type { Part } from './check.ts'
import type { LookUpMedia } from './check-media.ts'
import { checkMessage } from './check-message.ts'

const media: Readonly<Record<string, { mime: string; size: number; animated?: boolean }>> = {
  '1': { mime: 'image/png', size: 1_000 },
  '2': { mime: 'audio/ogg; codecs=opus', size: 1_000 },
  '3': { mime: 'audio/mpeg', size: 1_000 },
  '4': { mime: 'image/jpeg', size: 6 * 1024 * 1024 },
  '5': { mime: 'image/webp', size: 101 * 1024 },
  '6': { mime: 'image/webp', size: 101 * 1024, animated: true },
}
const lookUp: LookUpMedia = (id) => {
  const found = media[id]
  if (!found) return null
  const own = {
    id,
    numberId: '',
    mime: found.mime,
    filename: null,
    source: { from: 'upload' as const, bytes: Buffer.alloc(0) },
    expiresAtMs: 0,
    deleted: false,
  }
  return { media: own, size: found.size, animated: found.animated ?? false }
}
const check = (message: Part): number | null =>
  checkMessage({ messaging_product: 'whatsapp', to: '+966511111111', ...message }, lookUp)?.code ?? null
const interactive = (body: Part): Part => ({ type: 'interactive', interactive: { body: { text: 'Choose' }, ...body } })
const button = (id: string, title: string): Part => ({ type: 'reply', reply: { id, title } })
const row = (id: string, title = id): Part => ({ id, title })
const rows = (count: number): Part[] => Array.from({ length: count }, (_value, index) => row(`r${index}`))
const list = (sections: Part[]): Part => interactive({ type: 'list', action: { button: 'Open', sections } })
const card = (index: number, header: Part = { type: 'image', image: { id: '1' } }): Part => ({
  card_index: index,
  type: 'cta_url',
  header,
  action: { name: 'cta_url', parameters: { display_text: 'Go', url: 'https://example.com' } },
})

const withReplies = (index: number, count: number): Part => ({
  ...card(index),
  action: {
    buttons: Array.from({ length: count }, (_value, at) => ({
      type: 'quick_reply',
      quick_reply: { id: `${at}`, title: `Reply ${at}` },
    })),
  },
})
const product = (index: number): Part => ({
  card_index: index,
  type: 'product',
  action: { catalog_id: 'c', product_retailer_id: `p${index}` },
})

const amount = { value: 1_000, offset: 100 }
const bill = {
  ...{ reference_id: 'o-1', type: 'digital-goods', currency: 'INR', total_amount: amount },
  payment_settings: [{ type: 'payment_gateway', payment_gateway: { type: 'payu', configuration_name: 'shop' } }],
  order: {
    ...{ status: 'pending', items: [{ name: 'Tea', amount, quantity: 1 }], subtotal: amount },
    tax: { value: 0, offset: 100 },
  },
}
const accepted: readonly (readonly [string, Part])[] = [
  ['text', { type: 'text', text: { body: 'x'.repeat(4_096), preview_url: true } }],
  ['text without a type', { text: { body: 'hi' } }],
  ['image by id', { type: 'image', image: { id: '1', caption: 'a' } }],
  ['image by link', { type: 'image', image: { link: 'https://example.com/a.png' } }],
  ['voice', { type: 'audio', audio: { id: '2', voice: true } }],
  ['document of any type', { type: 'document', document: { id: '3', filename: 'a.mp3' } }],
  ['location with texts for numbers', { type: 'location', location: { latitude: '37.44', longitude: '-122.16' } }],
  ['contacts', { type: 'contacts', contacts: [{ name: { formatted_name: 'A B', first_name: 'A' } }] }],
  ['sticker that moves', { type: 'sticker', sticker: { id: '6' } }],
  ['reaction', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👩🏽‍🚀' } }],
  ['a flag as reaction', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '🇸🇦' } }],
  ['reaction taken back', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '' } }],
  [
    'three buttons',
    interactive({ type: 'button', action: { buttons: [button('1', 'a'), button('2', 'b'), button('3', 'c')] } }),
  ],
  [
    'ten rows in two sections',
    list([
      { title: 'a', rows: rows(5) },
      { title: 'b', rows: Array.from({ length: 5 }, (_value, index) => row(`s${index}`)) },
    ]),
  ],
  [
    'call to action',
    interactive({
      type: 'cta_url',
      action: { name: 'cta_url', parameters: { display_text: 'See', url: 'https://example.com' } },
    }),
  ],
  [
    'flow',
    interactive({
      type: 'flow',
      action: {
        name: 'flow',
        parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book', flow_action: 'data_exchange' },
      },
    }),
  ],
  ['location request', interactive({ type: 'location_request_message', action: { name: 'send_location' } })],
  [
    'address message',
    interactive({ type: 'address_message', action: { name: 'address_message', parameters: { country: 'IN' } } }),
  ],
  ['contact request', interactive({ type: 'request_contact_info', action: { name: 'request_contact_info' } })],
  [
    'product',
    { type: 'interactive', interactive: { type: 'product', action: { catalog_id: 'c', product_retailer_id: 'p' } } },
  ],
  [
    'product list',
    interactive({
      type: 'product_list',
      header: { type: 'text', text: 'Picks' },
      action: { catalog_id: 'c', sections: [{ title: 's', product_items: [{ product_retailer_id: 'p' }] }] },
    }),
  ],
  ['catalogue', interactive({ type: 'catalog_message', action: { name: 'catalog_message' } })],
  ['carousel', interactive({ type: 'carousel', action: { cards: [card(0), card(1)] } })],
  [
    'carousel with quick replies',
    interactive({ type: 'carousel', action: { cards: [withReplies(0, 1), withReplies(1, 2)] } }),
  ],
  ['carousel of products', interactive({ type: 'carousel', action: { cards: [product(0), product(1)] } })],
  ['order details', interactive({ type: 'order_details', action: { name: 'review_and_pay', parameters: bill } })],
  [
    'order status',
    interactive({
      type: 'order_status',
      action: { name: 'review_order', parameters: { reference_id: 'o-1', order: { status: 'shipped' } } },
    }),
  ],
  ['template', { type: 'template', template: { name: 'a', language: { code: 'en' } } }],
]
const billed = (more: Part) =>
  interactive({ type: 'order_details', action: { name: 'review_and_pay', parameters: { ...bill, ...more } } })
const refused: readonly (readonly [string, Part, number])[] = [
  ['no product', { messaging_product: undefined, type: 'text', text: { body: 'a' } }, 100],
  ['a bill in another currency', billed({ currency: 'SAR' }), 131009],
  ['a bill that is wrong', billed({ total_amount: { value: 1, offset: 100 } }), 131009],
  ['a bill with a reference of signs', billed({ reference_id: 'o 1' }), 131009],
  ['a bill with a long reference', billed({ reference_id: 'o'.repeat(36) }), 100],
  [
    'a bill in rupees with a boleto',
    billed({ payment_settings: [{ type: 'boleto', boleto: { digitable_line: '1' } }] }),
    131009,
  ],
  ['a bill without a way to pay', billed({ payment_settings: undefined }), 131008],
  ['unknown type', { type: 'poll', poll: {} }, 100],
  ['nobody to send to', { to: undefined, type: 'text', text: { body: 'a' } }, 131008],
  ['a group', { recipient_type: 'group', type: 'text', text: { body: 'a' } }, 100],
  ['direct send, not enabled', { category: 'utility', type: 'text', text: { body: 'a' } }, 100],
  ['callback data too long', { type: 'text', text: { body: 'a' }, biz_opaque_callback_data: 'x'.repeat(513) }, 100],
  ['no text', { type: 'text', text: {} }, 131008],
  ['empty text', { type: 'text', text: { body: '' } }, 131008],
  ['text too long', { type: 'text', text: { body: 'x'.repeat(4_097) } }, 100],
  ['the part is missing', { type: 'image' }, 131008],
  ['neither id nor link', { type: 'image', image: { caption: 'a' } }, 131008],
  ['both id and link', { type: 'image', image: { id: '1', link: 'https://example.com' } }, 100],
  ['unknown media', { type: 'image', image: { id: '99' } }, 131009],
  ['wrong kind of media', { type: 'image', image: { id: '2' } }, 131009],
  ['image too large', { type: 'image', image: { id: '4' } }, 131009],
  ['sticker too large for one that stands still', { type: 'sticker', sticker: { id: '5' } }, 131009],
  ['caption too long', { type: 'image', image: { id: '1', caption: 'x'.repeat(1_025) } }, 100],
  ['audio has no caption', { type: 'audio', audio: { id: '2', caption: 'a' } }, 100],
  ['voice that is no opus', { type: 'audio', audio: { id: '3', voice: true } }, 131009],
  ['link that is none', { type: 'image', image: { link: 'nonsense' } }, 131009],
  ['latitude out of bounds', { type: 'location', location: { latitude: 91, longitude: 0 } }, 131009],
  ['no longitude', { type: 'location', location: { latitude: 1 } }, 131008],
  ['contact with only a formatted name', { type: 'contacts', contacts: [{ name: { formatted_name: 'A' } }] }, 131008],
  [
    'contacts with callback data too long',
    {
      type: 'contacts',
      contacts: [{ name: { formatted_name: 'A B', first_name: 'A' } }],
      biz_opaque_callback_data: 'x'.repeat(513),
    },
    100,
  ],
  [
    'too many contacts',
    {
      type: 'contacts',
      contacts: Array.from({ length: 258 }, () => ({ name: { formatted_name: 'A', first_name: 'A' } })),
    },
    131009,
  ],
  ['reaction with a word', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: 'ok' } }, 131009],
  ['reaction with two', { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍👍' } }, 131009],
  [
    'four buttons',
    interactive({ type: 'button', action: { buttons: ['1', '2', '3', '4'].map((id) => button(id, id)) } }),
    131009,
  ],
  ['label too long', interactive({ type: 'button', action: { buttons: [button('1', 'x'.repeat(21))] } }), 100],
  ['same id twice', interactive({ type: 'button', action: { buttons: [button('1', 'a'), button('1', 'b')] } }), 131009],
  [
    'no body',
    { type: 'interactive', interactive: { type: 'button', action: { buttons: [button('1', 'a')] } } },
    131008,
  ],
  ['eleven rows', list([{ title: 'a', rows: rows(11) }]), 131009],
  ['row title too long', list([{ rows: [row('1', 'x'.repeat(25))] }]), 100],
  ['untitled section of two', list([{ title: 'a', rows: [row('1')] }, { rows: [row('2')] }]), 131008],
  [
    'list with an image above',
    interactive({
      type: 'list',
      header: { type: 'image', image: { id: '1' } },
      action: { button: 'Open', sections: [{ rows: [row('1')] }] },
    }),
    131009,
  ],
  [
    'footer too long',
    interactive({ type: 'button', footer: { text: 'x'.repeat(61) }, action: { buttons: [button('1', 'a')] } }),
    100,
  ],
  [
    'address that is none',
    interactive({ type: 'cta_url', action: { name: 'cta_url', parameters: { display_text: 'See', url: 'x' } } }),
    131009,
  ],
  [
    'old flow version',
    interactive({
      type: 'flow',
      action: { name: 'flow', parameters: { flow_message_version: '2', flow_id: '1', flow_cta: 'Book' } },
    }),
    131009,
  ],
  ['one card', interactive({ type: 'carousel', action: { cards: [card(0)] } }), 131009],
  [
    'card without a picture',
    interactive({ type: 'carousel', action: { cards: [card(0), { card_index: 1, type: 'cta_url', action: {} }] } }),
    131008,
  ],
  ['cards of two types', interactive({ type: 'carousel', action: { cards: [card(0), product(1)] } }), 131009],
  [
    'card with four replies',
    interactive({ type: 'carousel', action: { cards: [withReplies(0, 1), withReplies(1, 4)] } }),
    131009,
  ],
  [
    'card with a text above',
    interactive({ type: 'carousel', action: { cards: [card(0), card(1, { type: 'text', text: 'x' })] } }),
    131009,
  ],
  [
    'product card of no catalogue',
    interactive({ type: 'carousel', action: { cards: [product(0), { ...product(1), action: {} }] } }),
    131008,
  ],
  [
    'address in a country without',
    interactive({ type: 'address_message', action: { name: 'address_message', parameters: { country: 'SA' } } }),
    131009,
  ],
  ['section title too long', list([{ title: 'x'.repeat(25), rows: [row('1')] }]), 100],
  ['calling', interactive({ type: 'voice_call', action: { name: 'voice_call' } }), 100],
  ['unknown kind', interactive({ type: 'poll', action: {} }), 100],
  ['template without a language', { type: 'template', template: { name: 'a' } }, 131008],
]

describe('what Meta takes', () => {
  test.each(accepted)('%s', (_name, message) => expect(check(message)).toBeNull())
})
describe('what Meta refuses', () => {
  test.each(refused)('%s', (_name, message, code) => expect(check(message)).toBe(code))
})
