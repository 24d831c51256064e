import type { Faults, Routing } from '../control-api.ts'

/** The demonstration, with something that goes otherwise than well: by name, to be watched by a person. */
export interface Trial {
  /** One line for `--help`. */
  readonly meaning: string
  readonly faults: Partial<Faults>
  /** Another partner works on the number too. */
  readonly routing?: Routing
}

const MINUTE_MS = 60_000

export const TRIALS: Readonly<Record<string, Trial>> = {
  'trial-silent': {
    meaning: 'Meta accepts the request for the past, and nothing ever comes',
    faults: { historySilent: 1 },
  },
  'trial-declined': {
    meaning: 'to be connected without sharing the chats (--no-history): the refusal comes without its envelope',
    faults: { historyDeclinedBare: 1 },
  },
  'trial-shuffled': {
    meaning: 'the past comes in any order, and half of it twice',
    faults: { historyChunkShuffle: 1, webhookDuplicateRatio: 0.5 },
  },
  'trial-clock-ahead': {
    meaning: 'the phone’s clock is 20 minutes ahead: the past is stamped by it',
    faults: { deviceClockAheadMs: 20 * MINUTE_MS },
  },
  'trial-rough': {
    meaning: 'webhooks are late, lost, doubled and out of order; answers of Graph break off',
    faults: {
      webhookReorderMsMax: 20_000,
      webhookDuplicateRatio: 0.2,
      webhookDropThenRetryRatio: 0.1,
      echoBeforeInboundRatio: 0.3,
      statusReadFirstRatio: 0.3,
      statusBeforeResponseRatio: 0.3,
      graph5xxRatio: 0.05,
      graphTimeoutAfterAcceptRatio: 0.1,
    },
  },
  'trial-unseen': {
    meaning: 'many customers write on devices that the Cloud API cannot see, or only later',
    faults: { companionMessageRatio: 0.3, unavailableFirstRatio: 0.3 },
  },
  'trial-partners': {
    meaning: 'another partner, which may take any thread, works on the number',
    faults: {},
    routing: { ourRole: 'customer_service', partnerRole: 'escalation' },
  },
}
