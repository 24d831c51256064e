import type { Faults } from './control-api.ts'

/** No fault at all: how Meta behaves on a good day. */
export const NO_FAULTS: Faults = {
  webhookDuplicateRatio: 0,
  webhookReorderMsMax: 0,
  webhookDropThenRetryRatio: 0,
  webhookWrongSecretRatio: 0,
  webhookBatchUpdatesMax: 0,
  statusSkipDeliveredRatio: 0,
  statusReadFirstRatio: 0,
  statusBeforeResponseRatio: 0,
  graph5xxRatio: 0,
  graphTimeoutAfterAcceptRatio: 0,
  graphThrottleRatio: 0,
  echoBeforeInboundRatio: 0,
  unavailableFirstRatio: 0,
  companionMessageRatio: 0,
  historyChunkShuffle: 0,
  historySilent: 0,
  historyDeclinedBare: 0,
  deviceClockAheadMs: 0,
  templateHeldRatio: 0,
  healthLagMs: 0,
}

/** The largest values of the faults that are no ratio: milliseconds, and Meta's own limit of updates in one webhook. */
const LARGEST: Readonly<Partial<Record<string, number>>> = {
  webhookReorderMsMax: 600_000,
  webhookBatchUpdatesMax: 1_000,
  deviceClockAheadMs: 3_600_000,
  healthLagMs: 86_400_000,
}

/** What each fault does: shown by `--help` and by the subsystem's page. */
export const FAULT_MEANINGS: Readonly<Record<keyof Faults, string>> = {
  webhookDuplicateRatio: 'share of webhooks delivered twice, byte for byte',
  webhookReorderMsMax: 'each update is held back by 0 to this many ms, so that later ones overtake it',
  webhookDropThenRetryRatio: 'share of webhooks whose first delivery is lost on the way and comes as a retry',
  webhookWrongSecretRatio: 'share of deliveries signed with a wrong secret; the retry is drawn anew',
  webhookBatchUpdatesMax: 'up to this many updates share a webhook (0 and 1: one each; at most 1000)',
  statusSkipDeliveredRatio: 'share of sent messages whose `delivered` never comes; `read` implies it',
  statusReadFirstRatio: 'share of read messages whose `delivered` comes after `read`',
  statusBeforeResponseRatio: 'share of sends whose `sent` webhook overtakes the HTTP answer',
  graph5xxRatio: 'share of Graph calls answered 500 or 503 without doing anything',
  graphTimeoutAfterAcceptRatio: 'share of sends that are accepted while the connection breaks without an answer',
  graphThrottleRatio: 'share of sends answered 130429',
  echoBeforeInboundRatio:
    'share of inbound messages whose webhook comes some seconds late, after the echo that answers them',
  unavailableFirstRatio:
    'share of first messages of a customer that come as 131060 first and really some seconds later',
  companionMessageRatio:
    'share of messages that customers write on unsupported devices: half come as 131060 for good, half never',
  historyChunkShuffle: '1: chunks of the history arrive in random order',
  historySilent: '1: the history request is accepted and nothing ever comes',
  historyDeclinedBare: '1: the declined history (2593109) comes without the object/entry envelope',
  deviceClockAheadMs: 'the phone’s own clock is ahead by so many ms: the history is stamped by it',
  templateHeldRatio:
    'share of templates held for quality assessment for 10 minutes: half are sent then, half fail (132015)',
  healthLagMs: 'for so many ms after a signup the number still shows as not in the API',
}

/** Takes a JSON body and gives all faults, missing ones 0; or one sentence saying what is wrong. */
export function readFaults(input: unknown): Faults | { error: string } {
  if (typeof input !== 'object' || input === null) return { error: 'Faults are a JSON object of name: number.' }
  const faults: Record<string, number> = { ...NO_FAULTS }
  for (const [name, value] of Object.entries(input)) {
    if (!(name in NO_FAULTS)) return { error: `There is no fault named ${name}.` }
    const max = LARGEST[name] ?? 1
    if (typeof value !== 'number' || !(value >= 0 && value <= max))
      return { error: `${name} must be a number from 0 to ${max}.` }
    faults[name] = value
  }
  return faults as unknown as Faults
}
