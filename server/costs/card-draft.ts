import type { CardFault, CardImportBody, CardPreview } from '../../contract/api/rate-cards.ts'
import { compareCards } from './compare-cards.ts'
import { cardOn, eraOn, type RateCard } from './rate-card.ts'
import { decimalOf, readCards, type WrittenTiers } from './read-card.ts'
import { readCardCsv, type WrittenRates } from './read-card-csv.ts'
import { readTierCsv } from './read-tier-csv.ts'

/** A file that is none of Meta's has a fault in every line; so many are told. */
const FAULTS_MAX = 20

/** A card as it is taken from files, before it has an id. */
export interface DraftCard {
  readonly currency: string
  readonly effectiveFrom: string
  readonly fileName: string
  readonly rates: WrittenRates
  readonly tiers: WrittenTiers
}

export interface Draft {
  readonly preview: CardPreview
  /** `null` when the files have a fault. */
  readonly card: DraftCard | null
}

/**
 * What comes of a price list, a file of volume tiers, or both: a card, and how it differs from the one that is in force on its
 * first day. Nothing is taken of files that have a fault.
 */
export function draftCard(asked: CardImportBody, cards: readonly RateCard[]): Draft {
  const { csv, tiersCsv, effectiveFrom, fileName } = asked
  const list = csv === undefined ? null : readCardCsv(csv)
  const volume = tiersCsv === undefined ? null : readTierCsv(tiersCsv)
  const currency = list?.currency ?? volume?.currency ?? null
  const base = currency === null ? null : cardOn(cards, currency, effectiveFrom)
  const faults = [...(list?.faults ?? []), ...(volume?.faults ?? [])]
  if (faults.length === 0) faults.push(...misfits(list?.currency, volume?.currency, list === null && base === null))
  const rates = list?.rates ?? (base === null ? {} : decimals(base))
  const draft = { currency: currency ?? '', effectiveFrom, fileName, rates, tiers: volume?.tiers ?? {} }
  return faults.length > 0 ? refused(draft, faults) : accepted(draft, base)
}

/** A card that was taken, for reckoning with. */
export function takenCard(id: string, { fileName, ...card }: DraftCard): RateCard {
  const era = eraOn(card.effectiveFrom)
  const [read] = readCards([{ ...card, id, source: fileName, imported: true, example: false, era }])
  if (read === undefined) throw new Error(`Rate card ${id} cannot be read`)
  return read
}

function misfits(list: string | null | undefined, volume: string | null | undefined, baseless: boolean): CardFault[] {
  const known = [list, volume].filter((one) => one != null)
  const fault = (code: CardFault['code'], detail = ''): CardFault[] => [{ line: 0, code, detail }]
  if (known.length === 0) return fault('no_currency')
  if (new Set(known).size > 1) return fault('other_currency', known.join(', '))
  return baseless ? fault('no_base', known[0]) : []
}

function decimals(card: RateCard): WrittenRates {
  return Object.fromEntries(
    [...card.rates].map(([market, rates]) => [
      market,
      Object.fromEntries(Object.entries(rates).map(([category, amount]) => [category, decimalOf(amount)])),
    ]),
  )
}

function refused({ currency, effectiveFrom }: DraftCard, faults: readonly CardFault[]): Draft {
  const preview: CardPreview = {
    faults: faults.slice(0, FAULTS_MAX),
    faultsTotal: faults.length,
    currency: currency === '' ? null : currency,
    era: eraOn(effectiveFrom),
    ...{ markets: 0, tiered: 0, comparedWith: null, differences: [], unchanged: 0 },
  }
  return { preview, card: null }
}

function accepted(draft: DraftCard, base: RateCard | null): Draft {
  const card = takenCard('draft', draft)
  const preview: CardPreview = {
    faults: [],
    faultsTotal: 0,
    currency: card.currency,
    era: card.era,
    markets: card.rates.size,
    tiered: card.tiers.size,
    comparedWith: base === null ? null : { effectiveFrom: base.effectiveFrom, imported: base.imported },
    ...compareCards(base, card),
  }
  return { preview, card: draft }
}
