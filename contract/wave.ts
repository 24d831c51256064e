/** Bars of a voice note's picture. */
export const WAVE_BARS = 40

/** The loudest of each stretch, scaled so that the loudest of all is 1. */
export function barsOf(samples: ArrayLike<number>, count: number): readonly number[] {
  const stretch = Math.max(1, Math.floor(samples.length / count))
  const peaks = Array.from({ length: count }, (_, bar) => {
    let peak = 0
    for (let at = bar * stretch; at < Math.min(samples.length, (bar + 1) * stretch); at++)
      peak = Math.max(peak, Math.abs(samples[at] ?? 0))
    return peak
  })
  const loudest = Math.max(...peaks)
  return loudest === 0 ? peaks : peaks.map((peak) => peak / loudest)
}
