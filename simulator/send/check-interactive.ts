import type { GraphFailure } from '../graph/call.ts'
import {
  badValue,
  checkDistinct,
  checkList,
  checkText,
  firstFailure,
  invalid,
  isPart,
  missing,
  type Part,
  parts,
} from './check.ts'
import { checkCallToAction, checkCarousel } from './check-carousel.ts'
import { checkFrame, named } from './check-frame.ts'
import type { LookUpMedia } from './check-media.ts'
import { checkBill, checkOrderState } from './check-order.ts'

/** Characters. */
const LABEL_MAX = 20
const REPLY_ID_MAX = 256
const ROW_TITLE_MAX = 24
const SECTION_TITLE_MAX = 24
const ROW_ID_MAX = 200
const ROW_DESCRIPTION_MAX = 72
/** Counts. */
const BUTTONS_MAX = 3
const SECTIONS_MAX = 10
const ROWS_MAX = 10
const PRODUCTS_MAX = 30
/** Where addresses can be asked for. */
const ADDRESS_COUNTRIES = ['IN', 'SG']

type Check = (interactive: Part, action: Part, lookUp: LookUpMedia) => GraphFailure | null

/** The `interactive` object of a message, by its kind. */
export function checkInteractive(interactive: Part, lookUp: LookUpMedia): GraphFailure | null {
  const kind = String(interactive.type)
  const check = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (interactive.type === undefined) return missing("interactive['type']")
  if (!check)
    return invalid(`Param interactive['type'] must be one of {${Object.keys(KINDS).join(', ')}} - got "${kind}".`)
  if (!isPart(interactive.action)) return missing('action', kind)
  return firstFailure(checkFrame(interactive, kind, lookUp), check(interactive, interactive.action, lookUp))
}

const KINDS: Readonly<Record<string, Check>> = {
  button: (_interactive, action) => checkButtons(action),
  list: (_interactive, action) => checkRows(action),
  cta_url: (_interactive, action) => checkCallToAction(action),
  flow: (_interactive, action) => checkFlow(action),
  location_request_message: (_interactive, action) => named(action, 'send_location'),
  address_message: (_interactive, action) => checkAddress(action),
  request_contact_info: (_interactive, action) => named(action, 'request_contact_info'),
  call_permission_request: () => notForCoexistence('Calling'),
  voice_call: () => notForCoexistence('Calling'),
  product: (_interactive, action) =>
    firstFailure(
      checkText(action.catalog_id, 'catalog_id', 100),
      checkText(action.product_retailer_id, 'product_retailer_id', 200),
    ),
  product_list: (_interactive, action) => checkProducts(action),
  catalog_message: (_interactive, action) => named(action, 'catalog_message'),
  carousel: (_interactive, action, lookUp) => checkCarousel(action, lookUp),
  order_details: (_interactive, action) => firstFailure(named(action, 'review_and_pay'), checkBill(action)),
  order_status: (_interactive, action) => firstFailure(named(action, 'review_order'), checkOrderState(action)),
}

function checkButtons(action: Part): GraphFailure | null {
  const list = checkList(action.buttons, 'buttons', 1, BUTTONS_MAX)
  if (list) return list
  const replies = parts(action.buttons).map((button) => button.reply)
  for (const reply of replies) {
    if (!isPart(reply)) return missing('reply', 'button')
    const failure = firstFailure(
      checkText(reply.id, "reply['id']", REPLY_ID_MAX),
      checkText(reply.title, "reply['title']", LABEL_MAX),
    )
    if (failure) return failure
  }
  return firstFailure(
    checkDistinct(
      replies.map((reply) => isPart(reply) && reply.id),
      "reply['id']",
    ),
    checkDistinct(
      replies.map((reply) => isPart(reply) && reply.title),
      "reply['title']",
    ),
  )
}

function checkRows(action: Part): GraphFailure | null {
  const failure = firstFailure(
    checkText(action.button, "action['button']", LABEL_MAX),
    checkList(action.sections, 'sections', 1, SECTIONS_MAX),
  )
  if (failure) return failure
  const sections = parts(action.sections)
  const rows = sections.flatMap((section) => parts(section.rows))
  if (rows.length === 0) return missing('rows', 'list')
  if (rows.length > ROWS_MAX) return badValue(`Total row count exceed max allowed count: ${ROWS_MAX}`)
  for (const row of rows) {
    const wrong = firstFailure(
      checkText(row.id, "row['id']", ROW_ID_MAX),
      checkText(row.title, "row['title']", ROW_TITLE_MAX),
      checkText(row.description, "row['description']", ROW_DESCRIPTION_MAX, 'optional'),
    )
    if (wrong) return wrong
  }
  for (const { title } of sections) {
    const wrong = checkText(title, "section['title']", SECTION_TITLE_MAX, 'optional')
    if (wrong) return wrong
  }
  const untitled =
    sections.length > 1 && sections.some((section) => typeof section.title !== 'string' || section.title === '')
  return firstFailure(
    untitled && missing("section['title']", 'list'),
    checkDistinct(
      rows.map((row) => row.id),
      "row['id']",
    ),
  )
}

function checkAddress(action: Part): GraphFailure | null {
  const { parameters } = action
  if (!isPart(parameters)) return missing('parameters', 'address_message')
  return firstFailure(
    named(action, 'address_message'),
    !ADDRESS_COUNTRIES.includes(String(parameters.country)) &&
      badValue(`Param country must be one of {${ADDRESS_COUNTRIES.join(', ')}}.`),
  )
}

function checkFlow(action: Part): GraphFailure | null {
  const { parameters } = action
  if (!isPart(parameters)) return missing('parameters', 'flow')
  return firstFailure(
    named(action, 'flow'),
    parameters.flow_message_version !== '3' && badValue('flow_message_version must be "3".'),
    parameters.flow_id === undefined && parameters.flow_name === undefined && missing('flow_id or flow_name', 'flow'),
    checkText(parameters.flow_cta, 'flow_cta', 30),
    !['undefined', 'navigate', 'data_exchange'].includes(String(parameters.flow_action)) &&
      badValue('flow_action must be one of {navigate, data_exchange}.'),
    !['undefined', 'draft', 'published'].includes(String(parameters.mode)) &&
      badValue('mode must be one of {draft, published}.'),
    parameters.flow_action === 'navigate' &&
      !isPart(parameters.flow_action_payload) &&
      missing('flow_action_payload', 'flow'),
  )
}

function checkProducts(action: Part): GraphFailure | null {
  const failure = firstFailure(
    checkText(action.catalog_id, 'catalog_id', 100),
    checkList(action.sections, 'sections', 1, SECTIONS_MAX),
  )
  if (failure) return failure
  const products = parts(action.sections).flatMap((section) => parts(section.product_items))
  if (products.length === 0) return missing('product_items', 'product_list')
  return products.length > PRODUCTS_MAX ? badValue(`At most ${PRODUCTS_MAX} products can be sent.`) : null
}

function notForCoexistence(what: string): GraphFailure {
  return invalid(`${what} is not available to numbers in use with the WhatsApp Business app.`)
}
