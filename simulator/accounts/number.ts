import type { Chat, ChatEntry } from '../chat/entry.ts'
import type { Outgoing } from '../chat/outgoing.ts'
import type { AcceptedSend, Routing, SimulatedNumber } from '../control-api.ts'
import type { ScenarioBusiness, ScenarioCustomer } from '../scenario.ts'

/** One business number: the phone, its chats, and what Meta keeps about it. */
export interface BusinessNumber {
  /** Changes with the phone's number: to Meta that is another one. */
  id: string
  readonly accountId: string
  readonly businessId: string
  business: ScenarioBusiness
  readonly scenario: string
  readonly customers: Map<string, Customer>
  readonly customerByPhone: Map<string, string>
  readonly customerByUserId: Map<string, string>
  readonly chats: Map<string, Chat>
  readonly entries: Map<string, ChatEntry>
  readonly devices: LinkedDevice[]
  /** What the API sent, by wamid, as far as statuses need it. */
  readonly outgoing: Map<string, Outgoing>
  readonly accepted: AcceptedSend[]
  readonly onboarding: Onboarding
  readonly limits: Limits
  readonly management: Management
  connection: SimulatedNumber['connection']
  /** No app on a phone holds it. */
  apiOnly: boolean
  /** Unix ms since when the phone is switched off; `null`: it is on. */
  offSinceMs: number | null
  /** The roles when there is a second partner; `null`: the number is ours alone. */
  routing: Routing | null
}

/** A customer as this number knows them; identity may change. */
export type Customer = { -readonly [K in keyof ScenarioCustomer]: ScenarioCustomer[K] }

export interface LinkedDevice {
  readonly id: string
  readonly kind: string
  readonly linkedAtMs: number
}

/** The state of the last Embedded Signup. */
export interface Onboarding {
  atMs: number | null
  shareHistory: boolean | null
  contactsRequestId: string | null
  historyRequestId: string | null
}

/** What rate and price depend on. */
export interface Limits {
  /** Unix ms of the messages in and out of the last second. */
  readonly recentMs: number[]
  /** Per customer key: the instant up to which the pair's allowance is used (unix ms). */
  readonly pairUsedUntilMs: Map<string, number>
  /** Per customer key: when marketing was held back last (unix ms). */
  readonly marketingHeldAtMs: Map<string, number>
  /** Delivered service messages by month, e.g. `2026-11`. */
  readonly freeServiceByMonth: Map<string, number>
}

/** What the management endpoints read and write. */
export interface Management {
  profile: Record<string, unknown>
  /** How often its picture was changed. */
  pictures: number
  settings: Record<string, unknown>
  commerce: { is_cart_enabled: boolean; is_catalog_visible: boolean }
  automation: Record<string, unknown>
  username: { username: string; status: string } | null
  overrideUrl: string | null
  pin: string | null
  readonly qrCodes: Map<string, QrCode>
  readonly blocked: Set<string>
  /** Status events by wamid, for `message_history`. */
  readonly statusEvents: Map<string, SentStatus[]>
}
/** How far a message came, and what it was charged as where the status says so. */
export interface SentStatus {
  readonly status: string
  readonly atMs: number
  readonly pricing: Readonly<Record<string, unknown>> | null
}
export interface QrCode {
  readonly code: string
  readonly prefilled_message: string
  readonly deep_link_url: string
}

export function createNumber(
  base: Pick<BusinessNumber, 'id' | 'accountId' | 'businessId' | 'business' | 'scenario'>,
): BusinessNumber {
  return {
    ...base,
    customers: new Map(),
    customerByPhone: new Map(),
    customerByUserId: new Map(),
    chats: new Map(),
    entries: new Map(),
    devices: [],
    outgoing: new Map(),
    accepted: [],
    onboarding: { atMs: null, shareHistory: null, contactsRequestId: null, historyRequestId: null },
    limits: { recentMs: [], pairUsedUntilMs: new Map(), marketingHeldAtMs: new Map(), freeServiceByMonth: new Map() },
    management: {
      profile: {},
      pictures: 0,
      settings: {},
      commerce: { is_cart_enabled: true, is_catalog_visible: true },
      automation: {},
      username: null,
      overrideUrl: null,
      pin: null,
      qrCodes: new Map(),
      blocked: new Set(),
      statusEvents: new Map(),
    },
    connection: 'app_only',
    apiOnly: false,
    offSinceMs: null,
    routing: null,
  }
}

/** Puts a customer among those of a number, findable by phone and user id. */
export function addCustomer(number: BusinessNumber, customer: ScenarioCustomer): Customer {
  const own: Customer = { ...customer }
  number.customers.set(own.key, own)
  if (own.phone) number.customerByPhone.set(own.phone, own.key)
  if (own.userId) number.customerByUserId.set(own.userId, own.key)
  return own
}
