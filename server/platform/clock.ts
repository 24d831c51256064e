/** The time, injected everywhere: with the simulator attached Wasl runs on the simulator's clock, which can be moved. */
export interface Clock {
  /** Unix milliseconds. */
  nowMs(): number
}

export const systemClock: Clock = { nowMs: () => Date.now() }

/** A clock for tests: stands still until it is moved. */
export class TestClock implements Clock {
  #nowMs: number

  constructor(startMs = Date.UTC(2026, 10, 23, 9, 0, 0)) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs
  }

  advanceMs(byMs: number): void {
    this.#nowMs += byMs
  }
}
