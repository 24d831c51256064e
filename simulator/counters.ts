/** Counts since start, by name. */
export interface Counters {
  add(name: string, by?: number): void
  all(): Readonly<Record<string, number>>
}

export function createCounters(): Counters {
  const counts: Record<string, number> = {}
  return {
    add(name, by = 1) {
      counts[name] = (counts[name] ?? 0) + by
    },
    all: () => counts,
  }
}
