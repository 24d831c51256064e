import { z } from 'zod'
import type { Offer } from '../../contract/api/offers.ts'
import type { GraphRequest } from './graph-request.ts'

/** Lists of what a business has at Meta, each as one request of its first page. */

/** Rows of a page; what comes after is not asked for. */
const ROWS_MAX = 200
const segment = encodeURIComponent

export interface ListPage {
  readonly offers: readonly Offer[]
  readonly more: boolean
}

const paging = z.object({ next: z.string().optional() }).optional()

/** Those that are published: others cannot be sent. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/flows/reference/flowsapi */
export function flowsRequest(wabaId: string): GraphRequest<ListPage> {
  const query = { fields: 'id,name,status', limit: String(ROWS_MAX) }
  return { method: 'GET', path: `${segment(wabaId)}/flows`, query, shape: flows }
}

const flows = z
  .object({ data: z.array(z.object({ id: z.string(), name: z.string(), status: z.string() })), paging })
  .transform(
    ({ data, paging }): ListPage => ({
      offers: data.filter(({ status }) => status === 'PUBLISHED').map(({ id, name }) => ({ id, name })),
      more: paging?.next !== undefined,
    }),
  )

/**
 * The catalogue that is linked to an account; `null`: there is none. Needs `catalog_management`.
 * Source: https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/product_catalogs
 */
export function catalogRequest(wabaId: string): GraphRequest<string | null> {
  return { method: 'GET', path: `${segment(wabaId)}/product_catalogs`, query: {}, shape: catalogs }
}

const catalogs = z.object({ data: z.array(z.object({ id: z.string() })) }).transform(({ data }) => data[0]?.id ?? null)

/** Source: https://developers.facebook.com/docs/marketing-api/reference/product-catalog/products */
export function productsRequest(catalogId: string): GraphRequest<ListPage> {
  const query = { fields: 'retailer_id,name,price', limit: String(ROWS_MAX) }
  return { method: 'GET', path: `${segment(catalogId)}/products`, query, shape: products }
}

const products = z
  .object({
    data: z.array(
      z.object({ retailer_id: z.string().optional(), name: z.string().optional(), price: z.string().optional() }),
    ),
    paging,
  })
  .transform(
    ({ data, paging }): ListPage => ({
      offers: data.flatMap(({ retailer_id: id, name, price }) =>
        id === undefined ? [] : [{ id, name: name ?? id, ...(price === undefined ? {} : { price }) }],
      ),
      more: paging?.next !== undefined,
    }),
  )
