/** Instants of messages in Unix milliseconds, in any order. */
export type Instants = readonly number[]

/** The second with the most of them, its beginning included and its end not. */
export function fullestSecond(instants: Instants): { readonly most: number; readonly fromMs: number } {
  const sorted = [...instants].sort((a, b) => a - b)
  let fullest = { most: 0, fromMs: 0 }
  let first = 0
  for (let last = 0; last < sorted.length; last++) {
    while ((sorted[last] as number) - (sorted[first] as number) >= 1_000) first++
    if (last - first + 1 > fullest.most) fullest = { most: last - first + 1, fromMs: sorted[first] as number }
  }
  return fullest
}

/** How many lie between two instants. */
export function countBetween(instants: Instants, fromMs: number, toMs: number): number {
  return instants.filter((atMs) => atMs >= fromMs && atMs < toMs).length
}
