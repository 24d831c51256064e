import type { Product } from './shop-goods.ts'

export type Speaker = 'customer' | 'phone'
export type Language = 'ar' | 'en'

/**
 * A conversation that comes up again and again in the shop, with slots for what differs: `{product}`, `{price}` …
 * (all in `shop-slots.ts`), `{for a man|for a woman}` by the customer, `{masculine~feminine}` by the product's name.
 */
export interface Dialogue {
  readonly name: string
  readonly language: Language | 'mixed'
  /** `abroad` fits only customers outside Saudi Arabia, `home` only those inside. */
  readonly where: 'home' | 'abroad' | 'anywhere'
  /** Only these countries, when given. */
  readonly countries?: readonly string[]
  /** Kinds of goods it makes sense for; any when empty. */
  readonly goods: readonly Product['kind'][]
  /** How often it comes up, relative to others. */
  readonly weight: number
  /** Began with a click on an advertisement. */
  readonly ad: boolean
  readonly steps: readonly Step[]
}

export type Step = {
  readonly by: Speaker
  readonly quotes?: number
  readonly afterHours?: readonly [number, number]
} & Part

/** `quotes` and `back` count steps backwards: 1 is the step before. */
export type Part =
  | { readonly part: 'text'; readonly variants: readonly string[] }
  | { readonly part: 'photo' | 'video'; readonly caption: string | null }
  | { readonly part: 'album'; readonly count: number; readonly caption: string }
  | { readonly part: 'voice'; readonly seconds: readonly [number, number] }
  | { readonly part: 'document'; readonly filename: string; readonly caption: string | null }
  | { readonly part: 'sticker' | 'place' | 'poll' }
  | { readonly part: 'card'; readonly name: string }
  | { readonly part: 'basket'; readonly note: string | null }
  | { readonly part: 'react'; readonly emoji: string | null; readonly back: number }
  | { readonly part: 'edited'; readonly first: string; readonly corrected: string }
  | { readonly part: 'withdrawn'; readonly text: string }

/** What the customer writes: one of the variants. */
export const c = (...variants: readonly string[]): Step => ({ by: 'customer', part: 'text', variants })
/** What the shop answers from its phone. */
export const p = (...variants: readonly string[]): Step => ({ by: 'phone', part: 'text', variants })

export const photo = (by: Speaker, caption: string | null = null): Step => ({ by, part: 'photo', caption })
export const video = (by: Speaker, caption: string | null = null): Step => ({ by, part: 'video', caption })
export const album = (by: Speaker, count: number, caption: string): Step => ({ by, part: 'album', count, caption })
export const voice = (by: Speaker, shortest: number, longest: number): Step => ({
  by,
  part: 'voice',
  seconds: [shortest, longest],
})
export const document = (by: Speaker, filename: string, caption: string | null = null): Step => ({
  by,
  part: 'document',
  filename,
  caption,
})
export const sticker = (by: Speaker): Step => ({ by, part: 'sticker' })
/** A customer's home, or the shop when the phone sends it. */
export const place = (by: Speaker): Step => ({ by, part: 'place' })
export const poll = (by: Speaker): Step => ({ by, part: 'poll' })
export const card = (by: Speaker, name: string): Step => ({ by, part: 'card', name })
/** An order put together in the catalogue. */
export const basket = (note: string | null = null): Step => ({ by: 'customer', part: 'basket', note })
/** A reaction to the step before (or further back); `null` takes it away again. */
export const react = (by: Speaker, emoji: string | null, back = 1): Step => ({ by, part: 'react', emoji, back })
/** Sent with a slip and put right soon after. */
export const edited = (by: Speaker, first: string, corrected: string): Step => ({
  by,
  part: 'edited',
  first,
  corrected,
})
/** Sent and deleted for everyone. */
export const withdrawn = (by: Speaker, text: string): Step => ({ by, part: 'withdrawn', text })
/** The step as an answer that quotes an earlier one. */
export const quoting = (back: number, step: Step): Step => ({ ...step, quotes: back })
/** The step some hours later. */
export const later = (leastHours: number, mostHours: number, step: Step): Step => ({
  ...step,
  afterHours: [leastHours, mostHours],
})

/** A dialogue; `about` narrows where it fits. */
export function dialogue(
  name: string,
  language: Dialogue['language'],
  steps: readonly Step[],
  about: Partial<Pick<Dialogue, 'where' | 'countries' | 'goods' | 'weight' | 'ad'>> = {},
): Dialogue {
  return { name, language, where: 'anywhere', goods: [], weight: 1, ad: false, ...about, steps }
}
