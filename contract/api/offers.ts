/**
 * What of a business's own can be put into a message, as Meta lists it: `GET /api/v1/numbers/{id}/flows` and
 * `GET /api/v1/numbers/{id}/products`. That a list cannot be had is an answer too: ids can be typed all the same.
 */

/** `refused`: Meta does not let the token see it; `unreachable`: nobody knows; `no_catalogue`: the account has none. */
export type OfferTrouble = 'refused' | 'unreachable' | 'no_catalogue'

export interface Offer {
  /** Of a flow its id, of a product its id in the catalogue (`retailer_id`). */
  readonly id: string
  readonly name: string
  /** Of products, as Meta writes it, e.g. `₹425.00`. */
  readonly price?: string
}

export interface OffersAnswer {
  readonly offers: readonly Offer[]
  /** Of products: the catalogue that is linked to the account. */
  readonly catalogId: string | null
  /** Meta has more than are listed here. */
  readonly more: boolean
  readonly trouble: OfferTrouble | null
}
