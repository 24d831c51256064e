import type { DeliveryState } from '../../contract/message.ts'
import type { StreamAddress } from './stream-subscription.ts'

/** What the loader of `coexist` is told; what it says follows from the seed, see `bench/payload/coexist.ts`. */
export interface CoexistPlan {
  readonly seed: number
  readonly seconds: number
  readonly startMs: number
  readonly webhookPort: number
  readonly inboxPort: number
  /** Where it listens as Meta's Graph API. */
  readonly graphPort: number
  readonly appSecret: string
  readonly stream: StreamAddress
}

/** One `POST /{phone_number_id}/messages` that the Graph stand-in has taken. */
export interface GraphCall {
  readonly wamid: string
  readonly phoneNumberId: string
  /** Digits. */
  readonly phone: string
  readonly body: string
}

/** What the stream showed of one message: how often it was added, and its ticks at last. */
export interface ShownMessage {
  readonly added: number
  readonly delivery: DeliveryState | null
}

/** What the loader saw. Times in milliseconds; those to the screen are sends to arrivals at the WebSocket client. */
export interface CoexistResult {
  readonly ackMs: readonly number[]
  readonly customerToScreenMs: readonly number[]
  readonly echoToScreenMs: readonly number[]
  /** From a member's send to Wasl's 201, and to Wasl's call of Graph. */
  readonly sendAnswerMs: readonly number[]
  readonly sendToGraphMs: readonly number[]
  /** From the webhook that says `read` to the blue ticks. */
  readonly readToScreenMs: readonly number[]
  /** Answers of both ports, by status. */
  readonly statuses: readonly (readonly [number, number])[]
  /** Measured messages that arrived at the client, and how long after the first send the last of them did. */
  readonly shownCount: number
  readonly shownInMs: number
  /** By wamid, and by client id what a member sent. */
  readonly shown: ReadonlyMap<string, ShownMessage>
  readonly calls: readonly GraphCall[]
  readonly feedGaps: number
  readonly cpuMs: number
}
