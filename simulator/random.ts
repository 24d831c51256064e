/**
 * Chance, drawn from a seed: the same seed and the same calls make the same run. Two ways to draw, so that one part of
 * the simulator never disturbs another: by key (the same key always gives the same value) and by named stream.
 */
export interface Chance {
  readonly seed: number
  /** A number in [0, 1) that depends on the seed and the key alone. */
  ratio(...key: readonly (string | number)[]): number
  /** A whole number in [min, max] that depends on the seed and the key alone. */
  between(min: number, max: number, ...key: readonly (string | number)[]): number
  /** The next number in [0, 1) of the stream of that name. */
  next(stream: string): number
}

/**
 * `run` counts the restarts of a world that is kept: each has streams of its own, so that an id given just before a crash is
 * never given again.
 */
export function createChance(seed: number, run = 0): Chance {
  const states = new Map<string, number>()
  const home = run === 0 ? String(seed) : `${seed}.${run}`
  const ratio = (...key: readonly (string | number)[]): number => hash(`${seed}|${key.join('|')}`) / 4294967296
  return {
    seed,
    ratio,
    between: (min, max, ...key) => min + Math.floor(ratio(...key) * (max - min + 1)),
    next(name) {
      const state = ((states.get(name) ?? hash(`${home}/${name}`)) + STEP) | 0
      states.set(name, state)
      return mulberry(state)
    },
  }
}

/** FNV-1a with a final mix (murmur3's), 32 bits: short keys that differ in one letter must differ everywhere. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

const STEP = 0x6d2b79f5

/** mulberry32: small, fast, and good enough to play people. The state moves by one step a draw. */
function mulberry(state: number): number {
  let t = Math.imul(state ^ (state >>> 15), state | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
