import { createChance } from './random.ts'

/** A source of numbers in [0, 1), as `Math.random`, but the same for the same seed. */
export type Random = () => number

/**
 * A seeded source of randomness. Each thing may have a stream of its own (`seededRandom(seed, 'customer', 17)`), so that
 * adding one thing does not change the others.
 */
export function seededRandom(...parts: readonly (string | number)[]): Random {
  const chances = createChance(0)
  const stream = parts.join('|')
  return () => chances.next(stream)
}

/** A whole number from `low` to `high`, both included. */
export function between(random: Random, low: number, high: number): number {
  return low + Math.floor(random() * (high - low + 1))
}

/** One of `items`; throws when there are none. */
export function pick<T>(random: Random, items: readonly T[]): T {
  if (items.length === 0) throw new Error('Nothing to pick from')
  return items[Math.floor(random() * items.length)] as T
}

/** One of `items`, each as likely as its weight; throws when the weights are all 0. */
export function pickWeighted<T>(random: Random, items: readonly T[], weightOf: (item: T) => number): T {
  const total = items.reduce((sum, item) => sum + weightOf(item), 0)
  if (!(total > 0)) throw new Error('Nothing to pick from')
  let left = random() * total
  for (const item of items) {
    left -= weightOf(item)
    if (left < 0) return item
  }
  return items[items.length - 1] as T
}

/** Whether a thing of this probability (0–1) happens. */
export function happens(random: Random, probability: number): boolean {
  return random() < probability
}

/** Decimal digits, the first never 0. */
export function digits(random: Random, length: number): string {
  let text = String(between(random, 1, 9))
  while (text.length < length) text += String(between(random, 0, 9))
  return text
}
