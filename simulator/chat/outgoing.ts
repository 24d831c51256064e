import type { ScenarioCustomer } from '../scenario.ts'
import type { ChatEntry } from './entry.ts'

/** What a message is charged as. */
export type Category = 'service' | 'utility' | 'marketing' | 'authentication'

/** What the statuses of a message sent by API need to know of it. */
export interface Outgoing {
  readonly entry: ChatEntry
  /** The customer as the number knows them: identity may change meanwhile. */
  readonly customer: { -readonly [K in keyof ScenarioCustomer]: ScenarioCustomer[K] }
  readonly callbackData: string | null
  /** `null` for reactions: free, and only ever `sent`. */
  readonly category: Category | null
  /** Sent to a business-scoped user id instead of a number. */
  readonly byUserId: boolean
  readonly voice: boolean
  readonly templateId?: string
  /** Sent by the other partner on the number: its statuses come on standby. */
  readonly partner?: boolean
}
