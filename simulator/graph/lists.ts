import type { Account } from '../accounts/account.ts'
import { type GraphAnswer, type GraphCall, noSuchObject } from './call.ts'

/** Rows of a page that says no limit. */
const PAGE_DEFAULT = 25

const FLOWS = [
  { name: 'Book a visit', status: 'PUBLISHED', categories: ['APPOINTMENT_BOOKING'] },
  { name: 'استبيان الرضا', status: 'PUBLISHED', categories: ['SURVEY'] },
  { name: 'Join the club', status: 'PUBLISHED', categories: ['SIGN_UP'] },
  { name: 'A form that is being written', status: 'DRAFT', categories: ['OTHER'] },
  { name: 'Last year’s survey', status: 'DEPRECATED', categories: ['SURVEY'] },
]
const PRODUCTS = [
  ['taif-rose-12', 'Taif rose oil, 12 ml', 'SAR 340.00'],
  ['oud-6', 'دهن عود 6 مل', 'SAR 520.00'],
  ['amber-50', 'Amber perfume, 50 ml', 'SAR 185.00'],
  ['musk-30', 'مسك أبيض 30 مل', 'SAR 95.00'],
  ['bakhoor-40', 'Bakhoor, 40 g', 'SAR 60.00'],
  ['gift-box', 'صندوق هدايا', 'SAR 250.00'],
] as const

/** `GET /{waba}/flows`, in every state. Source: …/whatsapp/flows/reference/flowsapi */
export function accountFlows(account: Account, call: GraphCall): GraphAnswer {
  if (call.method !== 'GET') return noSuchObject(call, account.id)
  const rows = FLOWS.map((flow, index) => ({ id: `${account.id}${index + 1}`, ...flow, validation_errors: [] }))
  return page(call, rows)
}

/** The catalogue of an account: each has one. */
export function catalogIdOf(account: Account): string {
  return `${account.id}9`
}

/** `GET /{waba}/product_catalogs` */
export function accountCatalogs(account: Account, call: GraphCall): GraphAnswer {
  if (call.method !== 'GET') return noSuchObject(call, account.id)
  return page(call, [{ id: catalogIdOf(account), name: account.name }])
}

/** `GET /{catalog}/products` */
export function catalogProducts(account: Account, call: GraphCall): GraphAnswer {
  const id = catalogIdOf(account)
  if (call.method !== 'GET' || call.path[1] !== 'products') return noSuchObject(call, id)
  return page(
    call,
    PRODUCTS.map(([retailerId, name, price], index) => ({
      id: `${id}${index + 1}`,
      retailer_id: retailerId,
      name,
      price,
    })),
  )
}

function page(call: GraphCall, rows: readonly object[]): GraphAnswer {
  const limit = Number(call.query.limit ?? PAGE_DEFAULT)
  const more = rows.length > limit ? { paging: { next: 'https://graph.facebook.com/next' } } : {}
  return { json: { data: rows.slice(0, limit), ...more } }
}
