/** A source of chance that gives the same numbers for the same seed. */
export interface Seeded {
  /** 0 ≤ x < 1. */
  next(): number
  /** A whole number, 0 ≤ n < `below`. */
  below(below: number): number
  /** A new array in an order of chance (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[]
}

/** Mulberry32: small, fast, good enough to shuffle; not for secrets. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (limit: number) => Math.floor(next() * limit)
  const shuffled = <T>(items: readonly T[]): T[] => {
    const copy = [...items]
    for (let last = copy.length - 1; last > 0; last--) {
      const at = below(last + 1)
      ;[copy[last], copy[at]] = [copy[at] as T, copy[last] as T]
    }
    return copy
  }
  return { next, below, shuffled }
}
