import { describe, expect, test } from 'vitest'
import { sendContent } from '../contract/send-content.ts'
import { isSameContent, isSendMedia, mediaContent, plainContent } from '../server/outbound/own-content.ts'
import { composeMessage } from '../server/whatsapp/compose.ts'
import type { Media } from '../simulator/media/store.ts'
import { checkMessage } from '../simulator/send/check-message.ts'

/** Every type that is sent, against the simulator's own reading of what Meta takes. */

const UPLOAD = '0199a000-0000-7000-8000-000000000001'
const MIME: Readonly<Record<string, string>> = {
  ...{ image: 'image/jpeg', video: 'video/mp4', document: 'application/pdf', sticker: 'image/webp' },
  audio: 'audio/ogg; codecs=opus',
}
const long = (length: number) => 'ع'.repeat(length)
const body = { text: 'Which one?' }
const reply = (id: string, title: string) => ({ type: 'reply', reply: { id, title } })
const row = (id: string) => ({ id, title: `Row ${id}`, description: long(72) })
const link = { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com/a' } }
const image = { type: 'image', image: { link: 'https://example.com/a.jpg' } }
const mediaCard = (index: number) => ({ card_index: index, header: image, body, action: link })
const productCard = (index: number) => ({
  card_index: index,
  type: 'product',
  action: { catalog_id: '1', product_retailer_id: `p${index}` },
})
const amount = (value: number) => ({ value, offset: 100 })
const bill = {
  ...{ reference_id: 'r-1', type: 'physical-goods', currency: 'INR', total_amount: amount(1_100) },
  payment_settings: [
    { type: 'payment_gateway', payment_gateway: { type: 'payu', configuration_name: 'shop', payu: { udf1: 'a' } } },
  ],
  order: {
    ...{
      status: 'pending',
      subtotal: amount(1_000),
      tax: amount(200),
      discount: { ...amount(100), description: 'Friend' },
    },
    items: [{ retailer_id: '1', name: 'Tea', amount: amount(600), sale_amount: amount(500), quantity: 2 }],
  },
}
const pix = {
  type: 'pix_dynamic_code',
  pix_dynamic_code: { code: '000201', merchant_name: 'Loja', key: '39580525000189', key_type: 'CNPJ' },
}
const interactive = (value: object) => ({ type: 'interactive', interactive: value })

const TAKEN: Readonly<Record<string, object>> = {
  text: { type: 'text', body: 'See https://example.com' },
  'text without a preview': { type: 'text', body: 'See https://example.com', linkPreview: false },
  image: { type: 'image', uploadId: UPLOAD, caption: long(1_024) },
  video: { type: 'video', uploadId: UPLOAD },
  audio: { type: 'audio', uploadId: UPLOAD },
  'voice note': { type: 'audio', uploadId: UPLOAD, voice: true },
  document: { type: 'document', uploadId: UPLOAD, caption: 'Offer', filename: 'عرض.pdf' },
  sticker: { type: 'sticker', uploadId: UPLOAD },
  location: { type: 'location', latitude: 24.7, longitude: -46.6, name: 'Noor Home', address: 'Riyadh' },
  contacts: {
    type: 'contacts',
    cards: [
      {
        ...{ name: 'Salem', phones: [{ phone: '+966 55 123 4567', waId: '966551234567', label: 'WORK' }] },
        ...{ emails: ['s@example.com'], organisation: 'Noor', position: 'Sales', birthday: '1990-01-31' },
        ...{ urls: ['https://example.com'], addresses: ['King Road 1'] },
      },
    ],
  },
  buttons: interactive({
    ...{ type: 'button', header: image, body, footer: { text: long(60) } },
    action: { buttons: [reply('a', 'Yes'), reply('b', 'No'), reply('c', long(20))] },
  }),
  list: interactive({
    ...{ type: 'list', body: { text: long(4_096) }, header: { type: 'text', text: long(60) } },
    action: {
      button: 'Choose',
      sections: [
        { title: 'A', rows: [row('1'), row('2')] },
        { title: 'B', rows: [row('3')] },
      ],
    },
  }),
  'link button': interactive({ type: 'cta_url', body, action: link }),
  flow: interactive({
    ...{ type: 'flow', body },
    action: {
      name: 'flow',
      parameters: {
        ...{ flow_message_version: '3', flow_id: '1', flow_token: 't', flow_cta: 'Book', flow_action: 'navigate' },
        flow_action_payload: { screen: 'FIRST', data: { a: 1 } },
      },
    },
  }),
  'location request': interactive({ type: 'location_request_message', body, action: { name: 'send_location' } }),
  'contact request': interactive({ type: 'request_contact_info', body, action: { name: 'request_contact_info' } }),
  address: interactive({
    ...{ type: 'address_message', body },
    action: { name: 'address_message', parameters: { country: 'IN', values: { name: 'A' } } },
  }),
  product: interactive({ type: 'product', body, action: { catalog_id: '1', product_retailer_id: 'p' } }),
  'product list': interactive({
    ...{ type: 'product_list', body, header: { type: 'text', text: 'Sofas' } },
    action: { catalog_id: '1', sections: [{ title: 'A', product_items: [{ product_retailer_id: 'p' }] }] },
  }),
  catalogue: interactive({
    ...{ type: 'catalog_message', body },
    action: { name: 'catalog_message', parameters: { thumbnail_product_retailer_id: 'p' } },
  }),
  'media carousel': interactive({ type: 'carousel', body, action: { cards: [mediaCard(0), mediaCard(1)] } }),
  'carousel with replies': interactive({
    ...{ type: 'carousel', body },
    action: {
      cards: [0, 1].map((index) => ({
        ...mediaCard(index),
        action: { buttons: [{ type: 'quick_reply', quick_reply: { id: `q${index}`, title: 'Take it' } }] },
      })),
    },
  }),
  'product carousel': interactive({ type: 'carousel', body, action: { cards: [productCard(0), productCard(1)] } }),
  'order details': interactive({
    ...{ type: 'order_details', body },
    action: { name: 'review_and_pay', parameters: bill },
  }),
  'order details in Brazil': interactive({
    ...{ type: 'order_details', body },
    action: {
      name: 'review_and_pay',
      parameters: { ...bill, currency: 'BRL', payment_type: 'br', payment_settings: [pix] },
    },
  }),
  'order status': interactive({
    ...{ type: 'order_status', body },
    action: { name: 'review_order', parameters: { reference_id: 'r-1', order: { status: 'processing' } } },
  }),
}

describe('what may be sent', () => {
  test.each(Object.entries(TAKEN))('%s is taken by Meta as it is composed, with a quote too', (_name, input) => {
    const composed = bodyOf(input)
    expect(composed).toMatchObject({ context: { message_id: 'wamid.Q' } })
    expect(checkAtMeta(composed)).toBeNull()
    expect(composed[composed.type as string]).toMatchSnapshot()
  })

  test.each(Object.entries(TAKEN))('%s stays the same message when it is asked for again', (_name, input) => {
    const content = sendContent.parse(input)
    // PostgreSQL gives the keys of objects back in another order.
    const stored = JSON.parse(JSON.stringify(shownOf(input)), (_key, value) => reversed(value))
    expect(isSameContent(stored, content)).toBe(true)
    expect(isSameContent(stored, sendContent.parse({ type: 'text', body: 'Another' }))).toBe(false)
  })
})

const buttons = (...all: unknown[]) => interactive({ type: 'button', body, action: { buttons: all } })
const rows = (...all: unknown[]) => interactive({ type: 'list', body, action: { button: 'Go', sections: all } })

const billed = (more: object) =>
  interactive({ type: 'order_details', body, action: { name: 'review_and_pay', parameters: { ...bill, ...more } } })

/** Each is refused by us, and by the simulator where that looks at it too. */
const REFUSED: Readonly<Record<string, object>> = {
  'four buttons': buttons(reply('a', 'A'), reply('b', 'B'), reply('c', 'C'), reply('d', 'D')),
  'buttons of one title': buttons(reply('a', 'A'), reply('b', 'A')),
  'a long button': buttons(reply('a', long(21))),
  'eleven rows': rows({ rows: Array.from({ length: 11 }, (_value, index) => row(String(index))) }),
  'sections without titles': rows({ rows: [row('1')] }, { rows: [row('2')] }),
  'a long row': rows({ rows: [{ id: '1', title: long(25) }] }),
  'one card': interactive({ type: 'carousel', body, action: { cards: [mediaCard(0)] } }),
  'cards counted wrongly': interactive({ type: 'carousel', body, action: { cards: [mediaCard(1), mediaCard(0)] } }),
  'an address elsewhere': interactive({
    ...{ type: 'address_message', body },
    action: { name: 'address_message', parameters: { country: 'SA' } },
  }),
  'a flow without a name': interactive({
    ...{ type: 'flow', body },
    action: { name: 'flow', parameters: { flow_message_version: '3', flow_cta: 'Book' } },
  }),
  'a link that is none': interactive({
    ...{ type: 'cta_url', body },
    action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'javascript:alert(1)' } },
  }),
  'a bill that does not add up': billed({ total_amount: { value: 900, offset: 100 } }),
  'a bill in riyals': billed({ currency: 'SAR' }),
  'a bill in rupees that is paid by Pix': billed({ payment_settings: [pix] }),
  'a bill with a long reference': billed({ reference_id: long(36) }),
  'a bill in tenths': billed({ total_amount: { value: 1_000, offset: 10 } }),
  'a call': interactive({ type: 'voice_call', body, action: { name: 'voice_call' } }),
  'a place off the earth': { type: 'location', latitude: 91, longitude: 0 },
  'no contact': { type: 'contacts', cards: [] },
  'a long caption': { type: 'image', uploadId: UPLOAD, caption: long(1_025) },
  'a long text': { type: 'text', body: long(4_097) },
}

test.each(Object.entries(REFUSED))('%s is refused before Meta is asked', (_name, input) => {
  expect(sendContent.safeParse(input).success).toBe(false)
})

function shownOf(input: object) {
  const content = sendContent.parse(input)
  if (!isSendMedia(content)) return plainContent(content)
  const kind = content.type === 'audio' ? 'voice' : content.type
  const file = { state: 'stored', hash: 'ab'.repeat(32), bytes: 5, thumb: false, mimeType: null } as const
  return mediaContent(content, {
    ...{ kind, filename: 'a.pdf', mimeType: MIME[content.type] ?? '' },
    file: { ...file, seconds: null, wave: null },
  })
}

function bodyOf(input: object): Readonly<Record<string, unknown>> {
  const composed = composeMessage({
    ...{ recipient: { phone: '966551234567', userId: null }, quote: { wamid: 'wamid.Q' }, callbackData: 'm' },
    ...{ content: shownOf(input), mediaId: '42' },
  })
  if (!composed.ok) throw new Error(composed.reason)
  return composed.body
}

function checkAtMeta(composed: Readonly<Record<string, unknown>>) {
  const mime = MIME[composed.type as string] ?? ''
  const media = { id: '42', mime } as Media
  return checkMessage(composed, () => ({ media, size: 5, animated: false }))
}

function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).reverse())
}
