import { type StreamAddress, subscribe } from './stream-subscription.ts'

/** What a subscribed browser would have seen, and when. */
export interface StreamWatcher {
  /** Arrival by wamid of each message that was added, `performance.now()`. */
  readonly arrivedAt: ReadonlyMap<string, number>
  /** Messages added a second time. */
  readonly addedTwice: () => number
  /** Different figures of Meta's progress that were shown while history came. */
  readonly progressShown: ReadonlySet<number>
  /** Rows that came out of order or left a gap. */
  readonly gaps: () => number
  close(): void
}

/** Subscribes as a browser does. Resolves after the server's `hello`. */
export async function watchStream(address: StreamAddress): Promise<StreamWatcher> {
  const arrivedAt = new Map<string, number>()
  const progressShown = new Set<number>()
  let addedTwice = 0
  const subscription = await subscribe(address, ({ event }, now) => {
    if (event.type === 'number.changed')
      for (const sync of event.number.syncs) progressShown.add(sync.progressPercent ?? 0)
    if (event.type !== 'message.added' || event.message.wamid === null) return
    if (arrivedAt.has(event.message.wamid)) addedTwice += 1
    else arrivedAt.set(event.message.wamid, now)
  })
  return { ...subscription, arrivedAt, progressShown, addedTwice: () => addedTwice }
}
