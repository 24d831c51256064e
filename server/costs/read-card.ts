import { z } from 'zod'
import { PRICE_CATEGORIES, PRICING_ERAS } from '../../contract/costs.ts'
import type { RateCard, Rates, Tiers } from './rate-card.ts'

const MILLIONTHS = 1_000_000
const amount = z.string().regex(/^\d{1,6}(\.\d{1,6})?$/)

const writtenTier = z.object({ from: z.number().int().min(0), to: z.number().int().nullable(), amount })
export type WrittenTier = z.infer<typeof writtenTier>

const writtenTiers = z.record(z.string(), z.partialRecord(z.enum(PRICE_CATEGORIES), z.array(writtenTier).readonly()))
/** Tiers as they are written, decimal; `to` is the last message of one, `null` without end. */
export type WrittenTiers = z.infer<typeof writtenTiers>

const cardShape = z.object({
  id: z.string().min(1).max(60),
  currency: z.string().regex(/^[A-Z]{3}$/),
  effectiveFrom: z.iso.date(),
  era: z.enum(PRICING_ERAS),
  example: z.boolean(),
  source: z.string().min(1).max(200),
  imported: z.boolean().default(false),
  rates: z.record(z.string(), z.partialRecord(z.enum(PRICE_CATEGORIES), amount)).optional(),
  ratesOf: z.string().optional(),
  tiers: writtenTiers.default({}),
})

/** Cards as they are written, with decimal amounts; one may take the prices of another (`ratesOf`). Throws on a bad card. */
export function readCards(written: readonly unknown[]): RateCard[] {
  const parsed = written.map((card) => cardShape.parse(card))
  return parsed.map(({ rates, ratesOf, tiers, ...card }) => {
    const own = rates ?? parsed.find((other) => other.id === ratesOf)?.rates
    if (own === undefined) throw new Error(`Rate card ${card.id} has no prices`)
    return { ...card, rates: mapped(own, ratesIn), tiers: mapped(tiers, tiersIn) }
  })
}

/** A decimal amount in millionths, exactly; `null` for what is none. */
export function millionthsOf(decimal: string): number | null {
  if (!amount.safeParse(decimal).success) return null
  const [whole = '0', fraction = ''] = decimal.split('.')
  return Number(whole) * MILLIONTHS + Number(fraction.padEnd(6, '0'))
}

/** The same amount as a decimal. */
export function decimalOf(millionths: number): string {
  const fraction = String(millionths % MILLIONTHS).padStart(6, '0')
  return `${Math.floor(millionths / MILLIONTHS)}.${fraction}`
}

function mapped<T, R>(record: Readonly<Record<string, T>>, read: (value: T) => R): Map<string, R> {
  return new Map(Object.entries(record).map(([market, value]) => [market, read(value)]))
}

function ratesIn(row: Readonly<Partial<Record<string, string>>>): Rates {
  return Object.fromEntries(
    Object.entries(row).map(([category, decimal]) => [category, millionthsOf(decimal as string)]),
  )
}

function tiersIn(row: WrittenTiers[string]): Tiers {
  return Object.fromEntries(
    Object.entries(row).map(([category, tiers]) => [
      category,
      tiers.map((tier) => ({ from: tier.from, amount: millionthsOf(tier.amount) as number })),
    ]),
  )
}
