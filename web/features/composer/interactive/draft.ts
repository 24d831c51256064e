import {
  type GATEWAYS,
  PAY_WAYS,
  type PaymentMarket,
  type PayWay,
  type PIX_KEY_TYPES,
  paymentMarket,
} from '../../../../contract/payment-rules.ts'
import type { ADDRESS_COUNTRIES } from '../../../../contract/send-limits.ts'

/** Everything that can be built, in the order in which it is offered. */
export const INTERACTIVE_KINDS = [
  ...(['button', 'list', 'cta_url', 'location_request_message', 'request_contact_info', 'address_message'] as const),
  ...(['product', 'product_list', 'catalog_message', 'carousel', 'flow', 'order_details', 'order_status'] as const),
] as const
export type InteractiveKind = (typeof INTERACTIVE_KINDS)[number]

export type HeaderKind = 'none' | 'text' | 'image' | 'video' | 'document'
export const ORDER_STATES = ['processing', 'partially_shipped', 'shipped', 'completed', 'canceled'] as const

/** A file is named by the sample that Wasl keeps of it; Meta gets it when the message is sent. */
export interface HeaderDraft {
  readonly kind: HeaderKind
  readonly text: string
  readonly sampleId: string | null
}

export interface RowDraft {
  readonly title: string
  readonly description: string
}

export interface SectionDraft {
  readonly title: string
  readonly rows: readonly RowDraft[]
}

export interface ShelfDraft {
  readonly title: string
  /** Ids of products, one a line. */
  readonly products: string
}

export type CardKind = 'link' | 'reply' | 'product'
export interface CardDraft {
  readonly header: HeaderDraft
  readonly body: string
  /** Of the link, or of the reply. */
  readonly label: string
  readonly url: string
  readonly productId: string
}

export interface OrderDraft {
  readonly reference: string
  readonly items: readonly { readonly name: string; readonly price: string; readonly quantity: string }[]
  /** Of all taxes together, as an amount; empty is none. */
  readonly tax: string
  /** The number's: it says currency and ways to pay. */
  readonly market: PaymentMarket
  readonly way: PayWay
  readonly payUrl: string
  readonly gateway: (typeof GATEWAYS)[number]
  /** What the business called its gateway in WhatsApp Manager. */
  readonly configuration: string
  readonly upiLink: string
  readonly pixCode: string
  readonly pixName: string
  readonly pixKey: string
  readonly pixKeyType: (typeof PIX_KEY_TYPES)[number]
  readonly boletoLine: string
  readonly cardDigits: string
  readonly cardCredential: string
  readonly state: (typeof ORDER_STATES)[number]
  readonly note: string
}

/** What was filled in. All kinds share it, so that words stay when another kind is chosen. */
export interface InteractiveDraft {
  readonly kind: InteractiveKind
  readonly header: HeaderDraft
  readonly body: string
  readonly footer: string
  readonly replies: readonly string[]
  /** The button that opens a list. */
  readonly menu: string
  readonly sections: readonly SectionDraft[]
  readonly label: string
  readonly url: string
  readonly flowId: string
  readonly screen: string
  readonly country: (typeof ADDRESS_COUNTRIES)[number]
  readonly catalogId: string
  readonly productId: string
  readonly shelves: readonly ShelfDraft[]
  readonly cardsAre: CardKind
  readonly cards: readonly CardDraft[]
  readonly order: OrderDraft
}

const NO_HEADER: HeaderDraft = { kind: 'none', text: '', sampleId: null }
export const NEW_ROW: RowDraft = { title: '', description: '' }
export const NEW_SECTION: SectionDraft = { title: '', rows: [NEW_ROW] }
export const NEW_SHELF: ShelfDraft = { title: '', products: '' }
export const NEW_CARD: CardDraft = {
  ...{ header: { kind: 'image', text: '', sampleId: null }, body: '', label: '', url: '', productId: '' },
}
export const NEW_ITEM = { name: '', price: '', quantity: '1' }

export const EMPTY_DRAFT: InteractiveDraft = {
  ...{ kind: 'button', header: NO_HEADER, body: '', footer: '', replies: [''] },
  ...{ menu: '', sections: [NEW_SECTION], label: '', url: '', flowId: '', screen: '', country: 'IN' },
  ...{ catalogId: '', productId: '', shelves: [NEW_SHELF], cardsAre: 'link', cards: [NEW_CARD, NEW_CARD] },
  order: {
    ...{ reference: '', items: [NEW_ITEM], tax: '', market: 'IN', way: 'payment_gateway', payUrl: '' },
    ...{ gateway: 'razorpay', configuration: '', upiLink: '', pixCode: '', pixName: '', pixKey: '', pixKeyType: 'CPF' },
    ...{ boletoLine: '', cardDigits: '', cardCredential: '', state: 'processing', note: '' },
  },
}

/** Headers that a kind can have. */
export function headersOf(kind: InteractiveKind): readonly HeaderKind[] {
  switch (kind) {
    case 'list':
      return ['none', 'text']
    case 'product_list':
      return ['text']
    case 'button':
    case 'cta_url':
    case 'flow':
      return ['none', 'text', 'image', 'video', 'document']
    case 'order_details':
      return ['none', 'image']
    case 'order_status':
    case 'location_request_message':
    case 'request_contact_info':
    case 'address_message':
    case 'product':
    case 'catalog_message':
    case 'carousel':
      return ['none']
    default:
      return kind satisfies never
  }
}

/** The same words as another kind; a header that it cannot have goes. */
export function asKind(draft: InteractiveDraft, kind: InteractiveKind): InteractiveDraft {
  const headers = headersOf(kind)
  const [first = 'none'] = headers
  return { ...draft, kind, header: headers.includes(draft.header.kind) ? draft.header : { ...NO_HEADER, kind: first } }
}

/** A line of small print stands below every kind but these. */
export function hasFooter(kind: InteractiveKind): boolean {
  return !['location_request_message', 'request_contact_info', 'carousel'].includes(kind)
}

/**
 * What can be offered to a number, by its country's code: addresses are asked for in India and Singapore, orders are paid in India
 * and Brazil.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/overview
 */
export function kindsFor(displayPhone: string): readonly InteractiveKind[] {
  const market = paymentMarket(displayPhone)
  const may: Partial<Record<InteractiveKind, boolean>> = {
    address_message: market === 'IN' || displayPhone.replaceAll(/\D/g, '').startsWith('65'),
    order_details: market !== null,
    order_status: market !== null,
  }
  return INTERACTIVE_KINDS.filter((kind) => may[kind] ?? true)
}

/** The same as a number of another market can send it: what is paid there is paid in its ways. */
export function inMarket(draft: InteractiveDraft, displayPhone: string): InteractiveDraft {
  const market = paymentMarket(displayPhone)
  if (market === null) return draft
  const ways: readonly PayWay[] = PAY_WAYS[market]
  const way = ways.includes(draft.order.way) ? draft.order.way : PAY_WAYS[market][0]
  return { ...draft, order: { ...draft.order, market, way } }
}

/** The files that have to be given to Meta before it can be sent. */
export function samplesOf({ kind, header, cards, cardsAre }: InteractiveDraft): readonly string[] {
  const headers = kind === 'carousel' && cardsAre !== 'product' ? cards.map((card) => card.header) : [header]
  return headers.flatMap((one) => (one.sampleId === null || ['none', 'text'].includes(one.kind) ? [] : [one.sampleId]))
}
