import type { Clock } from './clock.ts'

/** How often the simulator is asked; its clock can be moved at any time. */
const ASK_INTERVAL_MS = 1_000
const ASK_TIMEOUT_MS = 900

export interface FollowingClock extends Clock {
  /** Asks at once, after somebody moved the simulator's clock. */
  refresh(): Promise<void>
  stop(): void
}

/**
 * A clock that follows the simulator's: it keeps the difference to the machine's and asks for it each second, so that a
 * moved clock moves both. While the simulator does not answer the last difference holds. It never goes back.
 */
export function followSimulatorClock(options: { simulatorUrl: string; base: Clock }): FollowingClock {
  const { simulatorUrl, base } = options
  let offsetMs = 0
  let lastMs = 0
  const refresh = async () => {
    const askedMs = base.nowMs()
    const answer = await fetch(`${simulatorUrl}/control/clock`, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) }).catch(
      () => undefined,
    )
    if (answer?.ok !== true) return
    const { nowMs } = (await answer.json()) as { nowMs: number }
    // The answer was true somewhere between question and arrival: take the middle.
    offsetMs = nowMs - (askedMs + base.nowMs()) / 2
  }
  const timer = setInterval(() => void refresh().catch(() => {}), ASK_INTERVAL_MS)
  timer.unref()
  return {
    nowMs() {
      lastMs = Math.max(lastMs, Math.round(base.nowMs() + offsetMs))
      return lastMs
    },
    refresh,
    stop: () => clearInterval(timer),
  }
}
