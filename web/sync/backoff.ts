/** First pause before trying again, and the longest. Milliseconds. */
const PAUSE_FIRST_MS = 400
const PAUSE_MAX_MS = 15_000

/**
 * The pause before the try number `attempt` (0 = the first repetition): doubles, with jitter over its upper half, so that
 * a hundred browsers do not come back in the same moment. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(attempt, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * random)
}
