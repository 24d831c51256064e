import { AMOUNT_OFFSET, CURRENCY_OF } from '../../../../contract/payment-rules.ts'
import type { SendContent } from '../../../../contract/send-content.ts'
import { type CardDraft, type HeaderDraft, hasFooter, type InteractiveDraft, type OrderDraft } from './draft.ts'

/** An interactive message in the form in which it is sent. */
export type Interactive = Extract<SendContent, { readonly type: 'interactive' }>['interactive']
type Of<K extends Interactive['type']> = Extract<Interactive, { readonly type: K }>
type MediaHeader = Extract<NonNullable<Of<'button'>['header']>, { readonly type: 'image' | 'video' | 'document' }>
type Media = Extract<MediaHeader, { readonly type: 'image' }>['image']

/**
 * Makes of what was filled in the message as it is sent; what is missing stays empty, so that the limits can say so.
 * `mediaOf` names a kept file at Meta.
 */
export function composeDraft(draft: InteractiveDraft, mediaOf: (sampleId: string) => string): Interactive {
  const { kind } = draft
  const frame = frameOf(draft)
  const header = headerOf(draft.header, mediaOf)
  const topped = header === undefined ? frame : { ...frame, header }
  switch (kind) {
    case 'button':
      return { type: kind, ...topped, action: { buttons: draft.replies.map(replyButton) } }
    case 'list':
      return {
        type: kind,
        ...frame,
        ...textHeader(draft),
        action: { button: said(draft.menu), sections: rowsOf(draft) },
      }
    case 'cta_url':
      return { type: kind, ...topped, action: linkOf(draft) }
    case 'flow':
      return { type: kind, ...topped, action: { name: 'flow', parameters: flowOf(draft) } }
    case 'location_request_message':
      return { type: kind, body: frame.body, action: { name: 'send_location' } }
    case 'request_contact_info':
      return { type: kind, body: frame.body, action: { name: 'request_contact_info' } }
    case 'address_message':
      return { type: kind, ...frame, action: { name: 'address_message', parameters: { country: draft.country } } }
    case 'product': {
      const { body, ...rest } = frame
      return {
        type: kind,
        ...rest,
        ...(body.text === '' ? {} : { body }),
        action: productOf(draft.catalogId, draft.productId),
      }
    }
    case 'product_list':
      return {
        ...{ type: kind, ...frame, header: { type: 'text', text: said(draft.header.text) } },
        action: { catalog_id: said(draft.catalogId), sections: shelvesOf(draft) },
      }
    case 'catalog_message':
      return { type: kind, ...frame, action: { name: 'catalog_message', ...thumbnailOf(draft.productId) } }
    case 'carousel':
      return { type: kind, body: frame.body, action: { cards: cardsOf(draft, mediaOf) } }
    case 'order_details':
      return { type: kind, ...topped, action: { name: 'review_and_pay', parameters: billOf(draft.order) } }
    case 'order_status':
      return { type: kind, ...frame, action: { name: 'review_order', parameters: stateOf(draft.order) } }
    default:
      return kind satisfies never
  }
}

function said(text: string): string {
  return text.trim()
}

/** A part that may be left out is left out when nothing was written. */
function optional<N extends string>(name: N, text: string): { readonly [K in N]?: string } {
  return (said(text) === '' ? {} : { [name]: said(text) }) as { readonly [K in N]?: string }
}

function frameOf({ kind, body, footer }: InteractiveDraft) {
  const foot = said(footer) !== '' && hasFooter(kind) ? { footer: { text: said(footer) } } : {}
  return { body: { text: said(body) }, ...foot }
}

function headerOf(header: HeaderDraft, mediaOf: (sampleId: string) => string) {
  if (header.kind === 'none') return
  if (header.kind === 'text') return { type: 'text' as const, text: said(header.text) }
  return mediaHeader(header.kind, mediaIn(header, mediaOf))
}

function mediaHeader(kind: 'image' | 'video' | 'document', media: Media): MediaHeader {
  if (kind === 'image') return { type: kind, image: media }
  return kind === 'video' ? { type: kind, video: media } : { type: kind, document: media }
}

function mediaIn({ sampleId }: HeaderDraft, mediaOf: (sampleId: string) => string): Media {
  return { id: sampleId === null ? '' : mediaOf(sampleId) }
}

function textHeader({ header }: InteractiveDraft) {
  return header.kind === 'text' ? { header: { type: 'text' as const, text: said(header.text) } } : {}
}

function replyButton(title: string, index: number) {
  return { type: 'reply' as const, reply: { id: `choice-${index + 1}`, title: said(title) } }
}

function rowsOf({ sections }: InteractiveDraft) {
  let count = 0
  return sections.map(({ title, rows }) => ({
    ...optional('title', title),
    rows: rows.map((row) => {
      count += 1
      return { id: `row-${count}`, title: said(row.title), ...optional('description', row.description) }
    }),
  }))
}

function linkOf({ label, url }: { readonly label: string; readonly url: string }) {
  return { name: 'cta_url' as const, parameters: { display_text: said(label), url: said(url) } }
}

function flowOf({ flowId, label, screen }: InteractiveDraft) {
  const first =
    said(screen) === '' ? {} : { flow_action: 'navigate' as const, flow_action_payload: { screen: said(screen) } }
  return { flow_message_version: '3' as const, flow_id: said(flowId), flow_cta: said(label), ...first }
}

function productOf(catalogId: string, productId: string) {
  return { catalog_id: said(catalogId), product_retailer_id: said(productId) }
}

function shelvesOf({ shelves }: InteractiveDraft) {
  return shelves.map(({ title, products }) => ({
    ...optional('title', title),
    product_items: products.split('\n').flatMap((id) => (said(id) === '' ? [] : [{ product_retailer_id: said(id) }])),
  }))
}

function thumbnailOf(productId: string) {
  return said(productId) === '' ? {} : { parameters: { thumbnail_product_retailer_id: said(productId) } }
}

function cardsOf(draft: InteractiveDraft, mediaOf: (sampleId: string) => string): Of<'carousel'>['action']['cards'] {
  if (draft.cardsAre === 'product') {
    return draft.cards.map(({ productId }, index) => ({
      ...{ card_index: index, type: 'product' as const, action: productOf(draft.catalogId, productId) },
    }))
  }
  return draft.cards.map((card, index) => ({
    card_index: index,
    ...(draft.cardsAre === 'link' ? { type: 'cta_url' as const } : {}),
    header:
      card.header.kind === 'video'
        ? { type: 'video' as const, video: mediaIn(card.header, mediaOf) }
        : { type: 'image' as const, image: mediaIn(card.header, mediaOf) },
    ...(said(card.body) === '' ? {} : { body: { text: said(card.body) } }),
    action: draft.cardsAre === 'link' ? linkOf(card) : { buttons: [quickReply(card, index)] },
  }))
}

function quickReply({ label }: CardDraft, index: number) {
  return { type: 'quick_reply' as const, quick_reply: { id: `card-${index + 1}`, title: said(label) } }
}

type Bill = Of<'order_details'>['action']['parameters']
type BillIn<C> = Extract<Bill, { readonly currency: C }>

/** An order with its sums, and by what it is paid. */
function billOf(order: OrderDraft): Bill {
  const items = order.items.map(({ name, price, quantity }, index) => ({
    ...{ retailer_id: `item-${index + 1}`, name: said(name), quantity: Number(quantity) },
    amount: amountOf(price),
  }))
  const subtotal = items.reduce((sum, item) => sum + item.amount.value * item.quantity, 0)
  const tax = amountOf(order.tax)
  const common = {
    ...{ reference_id: said(order.reference), type: 'digital-goods' as const },
    total_amount: { value: subtotal + tax.value, offset: tax.offset },
    order: { status: 'pending' as const, items, subtotal: { value: subtotal, offset: tax.offset }, tax },
  }
  return order.market === 'IN'
    ? { ...common, currency: CURRENCY_OF.IN, payment_type: 'upi', payment_settings: [wayInIndia(order)] }
    : { ...common, currency: CURRENCY_OF.BR, payment_type: 'br', payment_settings: [wayInBrazil(order)] }
}

function amountOf(written: string) {
  return { value: Math.round(Number(written) * AMOUNT_OFFSET), offset: AMOUNT_OFFSET } as const
}

function wayInIndia(order: OrderDraft): BillIn<'INR'>['payment_settings'][number] {
  const { way: type } = order
  if (type === 'payment_link') return linkWay(order)
  if (type === 'upi_intent_link') return { type, upi_intent_link: { link: said(order.upiLink) } }
  const configuration = { type: order.gateway, configuration_name: said(order.configuration) }
  return { type: 'payment_gateway', payment_gateway: configuration }
}

function wayInBrazil(order: OrderDraft): NonNullable<BillIn<'BRL'>['payment_settings']>[number] {
  const { way: type } = order
  if (type === 'payment_link') return linkWay(order)
  if (type === 'boleto') return { type, boleto: { digitable_line: said(order.boletoLine) } }
  if (type === 'offsite_card_pay') {
    const card = { last_four_digits: said(order.cardDigits), credential_id: said(order.cardCredential) }
    return { type, offsite_card_pay: card }
  }
  const { pixCode, pixName, pixKey, pixKeyType } = order
  const pix = { code: said(pixCode), merchant_name: said(pixName), key: said(pixKey), key_type: pixKeyType }
  return { type: 'pix_dynamic_code', pix_dynamic_code: pix }
}

function linkWay({ payUrl }: OrderDraft) {
  return { type: 'payment_link' as const, payment_link: { uri: said(payUrl) } }
}

function stateOf({ reference, state, note }: OrderDraft) {
  return { reference_id: said(reference), order: { status: state, ...optional('description', note) } }
}
