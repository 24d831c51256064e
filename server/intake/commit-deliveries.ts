import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/db.ts'
import { ensureDays, insertDeliveries, isMissingDay, type NewDelivery, type StoredDelivery } from './delivery-store.ts'

/**
 * The least time between the starts of two commits: a commit costs more than several deliveries more in it. One that comes
 * alone waits for nobody.
 */
const COMMIT_INTERVAL_MS = 4
/** Deliveries in one commit. */
const COMMIT_DELIVERIES_MAX = 1_000
/** Bytes of bodies in one commit. */
const COMMIT_BYTES_MAX = 16 * 1024 * 1024
/** Bytes of bodies that wait for a commit; more are refused, and Meta sends them again. */
const WAITING_BYTES_MAX = 64 * 1024 * 1024

export interface GroupCommit {
  /** Resolves to true once the delivery is stored durably, to false when it could not be. Never rejects. */
  store(delivery: NewDelivery): Promise<boolean>
  /** Resolves when nothing waits any more. */
  drain(): Promise<void>
}

interface Waiting extends NewDelivery {
  readonly done: (stored: boolean) => void
}

/**
 * Deliveries that come while a commit is on its way, or a moment after it, share the next one: the number of commits does
 * not rise with the load.
 * `onStored` gets what is new, after the commit.
 */
export function openGroupCommit(options: {
  database: Database
  clock: Clock
  onStored: (deliveries: readonly StoredDelivery[]) => void
  onError: (error: unknown) => void
}): GroupCommit {
  let waiting: Waiting[] = []
  let waitingBytes = 0
  let committing: Promise<void> | null = null
  let nextStartMs = Number.NEGATIVE_INFINITY

  const take = (): Waiting[] => {
    let bytes = 0
    let count = 0
    while (count < waiting.length && count < COMMIT_DELIVERIES_MAX && (count === 0 || bytes < COMMIT_BYTES_MAX)) {
      bytes += (waiting[count] as Waiting).body.length
      count++
    }
    const batch = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingBytes -= bytes
    return batch
  }

  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const waitMs = nextStartMs - performance.now()
      if (waitMs > 0) await new Promise((done) => setTimeout(done, waitMs))
      nextStartMs = performance.now() + COMMIT_INTERVAL_MS
      const batch = take()
      const stored = await commit(options, batch)
      // The answers go out first: the sender's wait ends here, the projection's begins.
      for (const { done } of batch) done(stored !== null)
      if (stored !== null && stored.length > 0) options.onStored(stored)
    }
    committing = null
  }

  return {
    store(delivery) {
      if (waitingBytes + delivery.body.length > WAITING_BYTES_MAX) return Promise.resolve(false)
      return new Promise((done) => {
        waiting.push({ ...delivery, done })
        waitingBytes += delivery.body.length
        committing ??= Promise.resolve().then(commitAll)
      })
    },
    drain: async () => {
      while (committing !== null) await committing
    },
  }
}

/** One commit; `null` when it failed. A day without its partition gets one, and the commit is tried once more. */
async function commit(
  { database, clock, onError }: { database: Database; clock: Clock; onError: (error: unknown) => void },
  batch: readonly NewDelivery[],
): Promise<StoredDelivery[] | null> {
  const nowMs = clock.nowMs()
  try {
    return await insertDeliveries(database, nowMs, batch).catch(async (error: unknown) => {
      if (!isMissingDay(error)) throw error
      await ensureDays(database, nowMs)
      return insertDeliveries(database, nowMs, batch)
    })
  } catch (error) {
    onError(error)
    return null
  }
}
