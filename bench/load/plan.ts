import { loadDialogues } from '../payload/dialogues.ts'
import { type HistoryImport, historyImport } from '../payload/history.ts'
import { liveMessages } from '../payload/live-messages.ts'
import type { SentMessage } from '../payload/webhook.ts'

/** Live messages ready to be sent beside an import: enough for this many seconds of it. */
const BESIDE_SECONDS_MAX = 120

/** Everything the loader and the judge need to know alike what is sent; both make it from the seed. */
export interface LoadPlan {
  readonly seed: number
  readonly startMs: number
  readonly webhookPort: number
  readonly appSecret: string
  readonly stream: { readonly url: string; readonly cookie: string; readonly origin: string }
  readonly connections: number
  readonly load:
    | { readonly kind: 'live'; readonly count: number; readonly warmUp: number; readonly ratePerSecond: number | null }
    | { readonly kind: 'import'; readonly dialoguesFolder: string | null; readonly liveRatePerSecond: number }
}

/** What one process tells the other when the load is over. Times in milliseconds. */
export interface LoadResult {
  readonly ackMs: readonly number[]
  /** From the send to the arrival at the subscribed client, live messages only. */
  readonly visibleMs: readonly number[]
  readonly statuses: readonly (readonly [number, number])[]
  /** From `go` to the first send of what is measured: in an import beside live traffic the live traffic begins first. */
  readonly startedAfterMs: number
  /** From the first send to the last acknowledgement, and to the last arrival of a live message. */
  readonly ackedInMs: number
  readonly visibleInMs: number
  /** Live messages sent; of them, those that never arrived; and messages that arrived twice. */
  readonly liveSent: number
  readonly notPushed: number
  readonly pushedTwice: number
  readonly feedGaps: number
  readonly progressShown: readonly number[]
  readonly cpuMs: number
}

export function warmUpMessages(plan: LoadPlan, count: number): SentMessage[] {
  return liveMessages({ seed: plan.seed, series: 'warm', count, startMs: plan.startMs })
}

export function measuredMessages(plan: LoadPlan, count: number): SentMessage[] {
  return liveMessages({ seed: plan.seed, series: 'live', count, startMs: plan.startMs })
}

export function besideMessages(plan: LoadPlan, ratePerSecond: number): SentMessage[] {
  return liveMessages({
    seed: plan.seed,
    series: 'beside',
    count: ratePerSecond * BESIDE_SECONDS_MAX,
    startMs: plan.startMs,
  })
}

export async function plannedImport(plan: LoadPlan, dialoguesFolder: string | null): Promise<HistoryImport> {
  const dialogues = await loadDialogues(dialoguesFolder, plan.seed)
  return historyImport({ dialogues, seed: plan.seed, connectMs: plan.startMs })
}
