import { z } from 'zod'
import { billParameters, orderStateParameters } from './payment-rules.ts'
import { ADDRESS_COUNTRIES, COUNTS, LENGTHS } from './send-limits.ts'

/**
 * Interactive messages in the form in which Meta takes them, each kind by its page below
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */

const written = (max: number) => z.string().trim().min(1).max(max)
/** What is wrong with several parts together: by name for who fills in a form, in words for who reads an answer. */
export type TogetherFault = 'same' | 'untitled' | 'many'
const fault = (name: TogetherFault, error: string) => ({ error, params: { fault: name } })

const text = (max: number) => z.strictObject({ text: written(max) })
const address = z.url({ protocol: /^https?$/ }).max(2_000)
const id = written(200)

/** A file at Meta, or one that Meta fetches. */
const media = z
  .strictObject({ id: id.optional(), link: address.optional(), filename: written(LENGTHS.filename).optional() })
  .refine((file) => (file.id === undefined) !== (file.link === undefined), 'needs either id or link')
const textHeader = z.strictObject({ type: z.literal('text'), text: written(LENGTHS.headerText) })
const imageHeader = z.strictObject({ type: z.literal('image'), image: media })
const videoHeader = z.strictObject({ type: z.literal('video'), video: media })
const documentHeader = z.strictObject({ type: z.literal('document'), document: media })
const header = z.discriminatedUnion('type', [textHeader, imageHeader, videoHeader, documentHeader])

const footer = text(LENGTHS.footer).optional()
const frame = { body: text(LENGTHS.body), footer }
const named = <N extends string>(name: N) => z.strictObject({ name: z.literal(name) })
const kind = <K extends string>(type: K) => ({ type: z.literal(type) })

const reply = z.strictObject({ id: written(LENGTHS.replyId), title: written(LENGTHS.label) })
const distinct = (values: readonly string[]) => new Set(values).size === values.length

const button = z.strictObject({
  ...{ ...kind('button'), ...frame, header: header.optional() },
  action: z.strictObject({
    buttons: z
      .array(z.strictObject({ type: z.literal('reply'), reply }))
      .min(1)
      .max(COUNTS.buttons)
      .refine((all) => distinct(all.map((one) => one.reply.id)), fault('same', 'ids must differ'))
      .refine((all) => distinct(all.map((one) => one.reply.title)), fault('same', 'titles must differ')),
  }),
})

const row = z.strictObject({
  id: written(LENGTHS.rowId),
  title: written(LENGTHS.rowTitle),
  description: written(LENGTHS.rowDescription).optional(),
})
/** Several sections must each have a title. */
const allTitled = (sections: readonly { readonly title?: string | undefined }[]) =>
  sections.length === 1 || sections.every((section) => section.title !== undefined)
const sections = z
  .array(z.strictObject({ title: written(LENGTHS.sectionTitle).optional(), rows: z.array(row).min(1) }))
  .min(1)
  .max(COUNTS.sections)
  .refine(allTitled, fault('untitled', 'several sections need titles'))
  .refine(
    (all) => all.flatMap((one) => one.rows).length <= COUNTS.rows,
    fault('many', `at most ${COUNTS.rows} rows in all`),
  )
  .refine((all) => distinct(all.flatMap((one) => one.rows.map(({ id: key }) => key))), fault('same', 'ids must differ'))
const list = z.strictObject({
  ...{ ...kind('list'), body: text(LENGTHS.listBody), footer, header: textHeader.optional() },
  action: z.strictObject({ button: written(LENGTHS.label), sections }),
})

const link = z.strictObject({
  name: z.literal('cta_url'),
  parameters: z.strictObject({ display_text: written(LENGTHS.label), url: address }),
})
const ctaUrl = z.strictObject({ ...kind('cta_url'), ...frame, header: header.optional(), action: link })

const flow = z.strictObject({
  ...{ ...kind('flow'), ...frame, header: header.optional() },
  action: z.strictObject({
    name: z.literal('flow'),
    parameters: z
      .strictObject({
        flow_message_version: z.literal('3'),
        flow_id: id.optional(),
        flow_name: id.optional(),
        flow_token: written(1_000).optional(),
        flow_cta: written(LENGTHS.flowCta),
        flow_action: z.enum(['navigate', 'data_exchange']).optional(),
        flow_action_payload: z.looseObject({ screen: id }).optional(),
        mode: z.enum(['draft', 'published']).optional(),
      })
      .refine((all) => (all.flow_id === undefined) !== (all.flow_name === undefined), 'needs flow_id or flow_name')
      .refine((all) => all.flow_action !== 'navigate' || all.flow_action_payload !== undefined, 'needs a screen'),
  }),
})

const locationRequest = z.strictObject({
  ...{ ...kind('location_request_message'), body: text(LENGTHS.body) },
  action: named('send_location'),
})
const contactRequest = z.strictObject({
  ...{ ...kind('request_contact_info'), body: text(LENGTHS.body) },
  action: named('request_contact_info'),
})
const addressMessage = z.strictObject({
  ...{ ...kind('address_message'), ...frame, header: header.optional() },
  action: z.strictObject({
    name: z.literal('address_message'),
    parameters: z.looseObject({ country: z.enum(ADDRESS_COUNTRIES) }),
  }),
})

const productAction = z.strictObject({ catalog_id: id, product_retailer_id: id })
const product = z.strictObject({
  ...{ ...kind('product'), body: text(LENGTHS.body).optional(), footer },
  action: productAction,
})
const productSection = z.strictObject({
  title: written(LENGTHS.sectionTitle).optional(),
  product_items: z.array(z.strictObject({ product_retailer_id: id })).min(1),
})
const productList = z.strictObject({
  ...{ ...kind('product_list'), ...frame, header: textHeader },
  action: z.strictObject({
    catalog_id: id,
    sections: z
      .array(productSection)
      .min(1)
      .max(COUNTS.sections)
      .refine(allTitled, fault('untitled', 'several sections need titles'))
      .refine(
        (all) => all.flatMap((one) => one.product_items).length <= COUNTS.products,
        fault('many', 'too many products'),
      ),
  }),
})
const catalogue = z.strictObject({
  ...{ ...kind('catalog_message'), ...frame },
  action: z.strictObject({
    name: z.literal('catalog_message'),
    parameters: z.strictObject({ thumbnail_product_retailer_id: id }).optional(),
  }),
})

const cardButtons = z
  .array(z.strictObject({ type: z.literal('quick_reply'), quick_reply: reply }))
  .min(1)
  .max(COUNTS.buttons)
const mediaCard = z.strictObject({
  card_index: z.number().int(),
  type: z.literal('cta_url').optional(),
  header: z.discriminatedUnion('type', [imageHeader, videoHeader]),
  body: text(LENGTHS.body).optional(),
  action: z.union([link, z.strictObject({ buttons: cardButtons })]),
})
const productCard = z.strictObject({
  card_index: z.number().int(),
  type: z.literal('product'),
  action: productAction,
})
const cardsOf = <C extends z.ZodType<{ card_index: number }>>(card: C) =>
  z
    .array(card)
    .min(COUNTS.cardsMin)
    .max(COUNTS.cards)
    .refine((all) => all.every((one, at) => one.card_index === at), 'card_index counts from 0')
const carousel = z.strictObject({
  ...{ ...kind('carousel'), body: text(LENGTHS.body) },
  action: z.strictObject({ cards: z.union([cardsOf(mediaCard), cardsOf(productCard)]) }),
})

/** Orders: `payment-rules.ts` says what each market has. */
const order = { ...frame, header: header.optional() }
const orderDetails = z.strictObject({
  ...{ ...kind('order_details'), ...order },
  action: z.strictObject({ name: z.literal('review_and_pay'), parameters: billParameters }),
})
const orderStatus = z.strictObject({
  ...{ ...kind('order_status'), ...order },
  action: z.strictObject({ name: z.literal('review_order'), parameters: orderStateParameters }),
})

export const sendInteractive = z.strictObject({
  type: z.literal('interactive'),
  interactive: z.discriminatedUnion('type', [
    ...([button, list, ctaUrl, flow, locationRequest, contactRequest, addressMessage] as const),
    ...([product, productList, catalogue, carousel, orderDetails, orderStatus] as const),
  ]),
})
