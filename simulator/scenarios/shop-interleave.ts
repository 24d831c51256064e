import type { ScenarioAct } from '../scenario.ts'
import { between, type Random } from '../seeded-random.ts'
import type { Line } from './shop-script.ts'

/**
 * Several conversations going on at once, as acts in order between two offsets: each time one of those open says its next
 * line, a pause after the last act (an album comes in one go). What does not fit before `toMs` is left out.
 */
export function interleave(
  random: Random,
  conversations: readonly (readonly Line[])[],
  pace: {
    readonly fromMs: number
    readonly toMs: number
    readonly pauseMs: readonly [number, number]
    readonly atOnce: number
  },
): ScenarioAct[] {
  const acts: ScenarioAct[] = []
  const waiting = conversations.map((lines) => [...lines])
  const open = waiting.splice(0, pace.atOnce)
  let at = pace.fromMs
  while (open.length > 0) {
    const index = between(random, 0, open.length - 1)
    const lines = open[index] as Line[]
    do {
      const line = lines.shift()
      if (!line) break
      if (acts.length > 0)
        at += line.wait.kind === 'burst' ? between(random, 40, 300) : between(random, ...pace.pauseMs)
      if (at >= pace.toMs) return acts
      acts.push({ ...line.act, atOffsetMs: at })
    } while (lines[0]?.wait.kind === 'burst')
    if (lines.length === 0) open.splice(index, 1, ...waiting.splice(0, 1))
  }
  return acts
}
