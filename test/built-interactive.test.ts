import { describe, expect, test } from 'vitest'
import { PAY_WAYS } from '../contract/payment-rules.ts'
import { sendContent } from '../contract/send-content.ts'
import type { Media } from '../simulator/media/store.ts'
import { checkInteractive } from '../simulator/send/check-interactive.ts'
import { composeDraft } from '../web/features/composer/interactive/compose-draft.ts'
import {
  asKind,
  EMPTY_DRAFT,
  INTERACTIVE_KINDS,
  type InteractiveDraft,
  inMarket,
  kindsFor,
  samplesOf,
} from '../web/features/composer/interactive/draft.ts'
import { findFaults } from '../web/features/composer/interactive/find-faults.ts'

/** What the composer builds, against the limits of the server and the simulator's own reading of them. */

const picture = { kind: 'image', text: '', sampleId: 'kept-1' } as const
const card = { header: picture, body: 'Oak', label: 'Look', url: 'https://example.com/a', productId: 'p1' }
const FULL: InteractiveDraft = {
  ...{
    kind: 'button',
    header: { kind: 'text', text: 'Sofas', sampleId: null },
    body: ' Which one? ',
    footer: 'Until ten',
  },
  ...{ replies: ['Blue', 'Green', 'Red'], menu: 'Choose', label: 'Open', url: 'https://example.com' },
  sections: [
    {
      title: 'A',
      rows: [
        { title: 'Blue', description: 'Two seats' },
        { title: 'Blue', description: '' },
      ],
    },
    { title: 'B', rows: [{ title: 'Green', description: '' }] },
  ],
  ...{
    flowId: '1',
    screen: 'FIRST',
    country: 'IN',
    catalogId: 'c',
    productId: 'p',
    cardsAre: 'link',
    cards: [card, card],
  },
  shelves: [{ title: 'A', products: 'p1\n\n p2 ' }],
  order: {
    reference: 'o-1',
    items: [{ name: 'Bread', price: '10.5', quantity: '2' }],
    ...{ tax: '2', market: 'IN', way: 'payment_gateway', payUrl: 'https://example.com/p', gateway: 'payu' },
    ...{
      configuration: 'shop',
      upiLink: 'upi://pay?pa=shop@bank&tr=1',
      pixCode: '000201',
      pixName: 'Loja',
      pixKey: '39580525000189',
    },
    ...{ pixKeyType: 'CNPJ', boletoLine: '03399026944140000002', cardDigits: '5235', cardCredential: '1234567' },
    state: 'shipped',
    note: 'Gone',
  },
}
const compose = (draft: InteractiveDraft) => composeDraft(draft, (sampleId) => `media-${sampleId}`)
const faultsOf = (draft: InteractiveDraft) => Object.fromEntries(findFaults(compose(draft), draft))
const atMeta = (draft: InteractiveDraft) =>
  checkInteractive(compose(draft) as never, () => ({
    media: { id: '1', mime: 'image/jpeg' } as Media,
    size: 5,
    animated: false,
  }))

const VARIANTS: readonly (readonly [string, InteractiveDraft])[] = [
  ...INTERACTIVE_KINDS.map((kind) => [kind, asKind(FULL, kind)] as const),
  ['buttons below a picture', { ...FULL, header: picture }],
  ['cards with answers', { ...FULL, kind: 'carousel', cardsAre: 'reply' }],
  ['cards with products', { ...FULL, kind: 'carousel', cardsAre: 'product' }],
  ...(['IN', 'BR'] as const).flatMap((market) =>
    PAY_WAYS[market].map((way) => {
      const order = { ...FULL.order, market, way }
      return [`a bill paid in ${market} by ${way}`, { ...FULL, kind: 'order_details', order }] as const
    }),
  ),
]

describe('what the composer builds', () => {
  test.each(VARIANTS)('%s: filled in it is taken by us and by Meta', (_name, draft) => {
    expect(faultsOf(draft)).toEqual({})
    expect(sendContent.safeParse({ type: 'interactive', interactive: compose(draft) }).error).toBeUndefined()
    expect(atMeta(draft)).toBeNull()
  })

  test.each(INTERACTIVE_KINDS)('%s: empty it cannot be sent, and what is missing has its place', (kind) => {
    const faults = faultsOf(asKind(EMPTY_DRAFT, kind))
    expect(Object.keys(faults).length).toBeGreaterThan(0)
    expect(Object.values(faults).every((fault) => ['needed', 'url', 'other'].includes(fault.kind))).toBe(true)
  })

  test('each limit is said where it is broken', () => {
    const long = 'ع'.repeat(5_000)
    expect(faultsOf({ ...FULL, body: long })).toEqual({ 'body.text': { kind: 'long', max: 1_024 } })
    expect(faultsOf({ ...FULL, replies: ['A', long] })).toEqual({
      'action.buttons.1.reply.title': { kind: 'long', max: 20 },
    })
    expect(faultsOf({ ...FULL, replies: ['A', 'A'] })).toEqual({ 'action.buttons': { kind: 'same' } })
    expect(faultsOf({ ...FULL, kind: 'cta_url', url: 'example' })).toEqual({ 'action.parameters.url': { kind: 'url' } })
    const untitled = FULL.sections.map((section) => ({ ...section, title: '' }))
    expect(faultsOf({ ...FULL, kind: 'list', sections: untitled })).toEqual({ 'action.sections': { kind: 'untitled' } })
    const rows = [{ title: 'A', rows: Array.from({ length: 11 }, () => ({ title: 'A', description: '' })) }]
    expect(faultsOf({ ...FULL, kind: 'list', sections: rows })).toEqual({
      'action.sections': { kind: 'many', max: null },
    })
    const cards = [card, { ...card, label: long, header: { ...picture, sampleId: null } }]
    expect(faultsOf({ ...FULL, kind: 'carousel', cards })).toEqual({
      'action.cards.1.header.image.id': { kind: 'needed' },
      'action.cards.1.action.parameters.display_text': { kind: 'long', max: 20 },
    })
    const items = [{ name: '', price: 'x', quantity: '0' }]
    expect(faultsOf({ ...FULL, kind: 'order_details', order: { ...FULL.order, items } })).toMatchObject({
      'action.parameters.order.items.0.name': { kind: 'needed' },
      'order.items.0.price': { kind: 'number' },
      'order.items.0.quantity': { kind: 'number' },
    })
  })

  test('a bill adds up in the smallest coin', () => {
    expect(compose({ ...FULL, kind: 'order_details' })).toMatchObject({
      action: {
        parameters: {
          total_amount: { value: 2_300, offset: 100 },
          order: { subtotal: { value: 2_100 }, tax: { value: 200 } },
        },
      },
    })
  })

  test.each([
    ['a reference of signs', { reference: 'o 1' }, 'reference_id', 'other'],
    ['a long reference in India', { reference: 'r'.repeat(36) }, 'reference_id', 'long'],
    [
      'an address that is no UPI link',
      { way: 'upi_intent_link', upiLink: 'https://a.b' },
      'payment_settings.0.upi_intent_link.link',
      'other',
    ],
    ['a link that is none', { way: 'payment_link', payUrl: 'pay' }, 'payment_settings.0.payment_link.uri', 'url'],
    ['no configuration', { configuration: '' }, 'payment_settings.0.payment_gateway.configuration_name', 'needed'],
    [
      'three digits',
      { market: 'BR', way: 'offsite_card_pay', cardDigits: '523' },
      'payment_settings.0.offsite_card_pay.last_four_digits',
      'other',
    ],
  ] as const)('a bill with %s', (_name, more, place, kind) => {
    const order = { ...FULL.order, ...more }
    expect(faultsOf({ ...FULL, kind: 'order_details', order })).toMatchObject({
      [`action.parameters.${place}`]: { kind },
    })
  })

  test('a bill of another market is paid in the ways of this one', () => {
    const bill = { ...FULL, kind: 'order_details' } as const
    expect(inMarket(bill, '+55 11 90000 0001').order).toMatchObject({ market: 'BR', way: 'pix_dynamic_code' })
    const long = { ...FULL.order, reference: 'r'.repeat(60) }
    expect(faultsOf(inMarket({ ...bill, order: long }, '+55 11 90000 0001'))).toEqual({})
    const link = { ...bill, order: { ...FULL.order, way: 'payment_link' as const } }
    expect(inMarket(link, '+5511900000001').order).toMatchObject({ market: 'BR', way: 'payment_link' })
  })

  test('only the files that show are given to Meta', () => {
    expect(samplesOf({ ...FULL, header: picture })).toEqual(['kept-1'])
    expect(samplesOf(FULL)).toEqual([])
    expect(samplesOf({ ...FULL, kind: 'carousel' })).toEqual(['kept-1', 'kept-1'])
    expect(samplesOf({ ...FULL, kind: 'carousel', cardsAre: 'product' })).toEqual([])
  })

  test('words stay when another kind is chosen, a header that it cannot have goes', () => {
    expect(asKind({ ...FULL, header: picture }, 'list')).toMatchObject({ body: FULL.body, header: { kind: 'none' } })
    expect(asKind(FULL, 'list').header).toEqual(FULL.header)
  })

  test('what a market does not have is not offered', () => {
    expect(kindsFor('+966 55 123 4567')).not.toContain('order_details')
    expect(kindsFor('+966 55 123 4567')).not.toContain('address_message')
    expect(kindsFor('+91 90000 00001')).toEqual(INTERACTIVE_KINDS)
    expect(kindsFor('+55 11 90000 0001')).toEqual(expect.arrayContaining(['order_details', 'order_status']))
    expect(kindsFor('+65 8000 0001')).toContain('address_message')
  })
})
