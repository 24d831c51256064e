import type { Template } from '../templates/template.ts'

/** A WhatsApp Business Account (since September 2026: Messaging account, with the same id). */
export interface Account {
  readonly id: string
  readonly businessId: string
  readonly name: string
  readonly templates: Map<string, Template>
  /** Unix ms of the management calls of the last hour, for 80007. */
  readonly managementCallsMs: number[]
  /** Whether our app is subscribed: without it no webhook comes. */
  subscribed: boolean
  overrideUrl: string | null
  /** Template insights: once enabled they stay so. */
  insights: boolean
  /** Meta's id of the payment method; `null`: there is none. */
  fundingId: string | null
  /** How many customers may be written to first within a day, in Meta's word; one account is taken for the whole portfolio. */
  messagingTier: string
  /** When each customer was last written to first (unix ms), by phone number or user id. */
  readonly writtenFirstMs: Map<string, number>
  /** The payment method is refused: what is sent fails with 131042. */
  paymentFails: boolean
}

export function createAccount(id: string, businessId: string, name: string): Account {
  return {
    id,
    businessId,
    name,
    templates: new Map(),
    managementCallsMs: [],
    subscribed: false,
    overrideUrl: null,
    insights: false,
    fundingId: `${id}7`,
    paymentFails: false,
    messagingTier: 'TIER_2K',
    writtenFirstMs: new Map(),
  }
}
