import type { GraphCall } from './coexist-plan.ts'
import type { StreamAddress } from './stream-subscription.ts'

/** What the loader of `send` is told; what it sends follows from the seed, see `bench/payload/sends.ts`. */
export interface SendPlan {
  readonly seed: number
  readonly burst: number
  readonly paced: number
  readonly pacedPerSecond: number
  readonly startMs: number
  readonly webhookPort: number
  readonly inboxPort: number
  /** Where it listens as Meta's Graph API. */
  readonly graphPort: number
  readonly appSecret: string
  readonly stream: StreamAddress
}

/** Said when all is delivered, before the bare loop. */
export interface BurstEnd {
  /** The most calls of Graph at once in the burst. */
  readonly callsAtOnceMax: number
}

/** Said when all is sent, while the Graph API still answers. Times in milliseconds. */
export interface SendResult {
  /** From the first send of the burst until the last of its messages is shown as accepted. */
  readonly burstMs: number
  /** Messages of the burst that Graph has taken, and that were shown so. */
  readonly burstAccepted: number
  /** From the moment a message was due to its call of Graph, at an even pace. */
  readonly clickToGraphMs: readonly number[]
  /** The same to Wasl's 201. */
  readonly answerMs: readonly number[]
  /** Answers of both ports, by status. */
  readonly statuses: readonly (readonly [number, number])[]
  readonly calls: readonly GraphCall[]
  /** Client ids of messages whose delivery was shown. */
  readonly delivered: number
  readonly cpuMs: number
}
