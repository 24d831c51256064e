/** A figure over the runs. */
export interface Spread {
  readonly min: number
  readonly median: number
  readonly max: number
}

/** Figures of one run, by name. */
export type Figures = Readonly<Record<string, number>>

/** Folds the runs to one object: every figure as `{min, median, max}`. A figure that one run lacks is an error. */
export function spreadOf(runs: readonly Figures[]): Readonly<Record<string, Spread>> {
  const [first] = runs
  if (first === undefined) throw new Error('there was no run')
  return Object.fromEntries(
    Object.keys(first).map((name) => {
      const values = runs.map((run) => run[name] ?? Number.NaN).sort((a, b) => a - b)
      const [min, max] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN]
      return [name, { min: rounded(min), median: rounded(percentile(values, 0.5)), max: rounded(max) }]
    }),
  )
}

/** The value below which `share` (0–1) of the values lie, by the nearest rank. NaN when there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}

/** A table for people: one figure a line. */
export function tableOf(figures: Readonly<Record<string, Spread>>): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length))
  const line = (name: string, cells: readonly (number | string)[]) =>
    `${name.padEnd(width)}  ${cells.map((cell) => String(cell).padStart(12)).join('')}`
  const lines = Object.entries(figures).map(([name, { min, median, max }]) => line(name, [min, median, max]))
  return [line('', ['min', 'median', 'max']), ...lines].join('\n')
}

/** Three digits that count are enough; whole numbers stay whole. */
function rounded(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return value
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))))
  return Number(value.toFixed(Math.min(6, digits)))
}
