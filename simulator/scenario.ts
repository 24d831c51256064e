/**
 * What a scenario is: people and what they do, by offset from the moment the phone is connected. The simulator plays
 * it: acts before 0 happened on the phone and become history; acts from 0 on happen live, on the simulated clock.
 * A scenario holds facts about people, never wire formats of webhooks: those are made in one place for all scenarios.
 */
export interface Scenario {
  readonly name: string
  readonly seed: number
  readonly business: ScenarioBusiness
  readonly customers: readonly ScenarioCustomer[]
  /** Sorted by `atOffsetMs`. */
  readonly acts: readonly ScenarioAct[]
}

export interface ScenarioBusiness {
  readonly verifiedName: string
  /** Digits with country code. */
  readonly phone: string
  readonly displayPhone: string
  readonly country: string
}

export interface ScenarioCustomer {
  /** Unique in the scenario, e.g. `c17`. */
  readonly key: string
  readonly profileName: string
  readonly language: 'ar' | 'en'
  /** Digits with country code; `null` for somebody who shows only a username. */
  readonly phone: string | null
  /** Business-scoped user id, e.g. `SA.1349120865530274`; `null` for customers from before 2026. */
  readonly userId: string | null
  readonly username: string | null
  /** Name in the phone's address book; `null` when not saved there. */
  readonly addressBookName: string | null
}

export type ScenarioAct = {
  readonly atOffsetMs: number
  readonly customer: string
  /** `customer` writes to the business, `phone` answers from the business app. */
  readonly by: 'customer' | 'phone'
} & (
  | {
      readonly do: 'send'
      readonly key: string
      readonly message: ScenarioMessage
      readonly quoteKey?: string
      readonly referral?: ScenarioReferral
    }
  | { readonly do: 'react'; readonly targetKey: string; readonly emoji: string | null }
  | { readonly do: 'edit'; readonly targetKey: string; readonly text: string }
  | { readonly do: 'delete'; readonly targetKey: string }
  /** A voice call of so many seconds; 0: nobody took it. */
  | { readonly do: 'call'; readonly seconds: number }
)

export type ScenarioMessage =
  | { readonly type: 'text'; readonly body: string }
  | {
      readonly type: 'image' | 'video' | 'document' | 'sticker'
      readonly fileSeed: number
      readonly caption?: string
      readonly filename?: string
    }
  | { readonly type: 'audio'; readonly fileSeed: number; readonly voice: boolean; readonly seconds: number }
  | {
      readonly type: 'location'
      readonly latitude: number
      readonly longitude: number
      readonly name?: string
      readonly address?: string
    }
  | { readonly type: 'contacts'; readonly name: string; readonly phone: string }
  | {
      readonly type: 'order'
      readonly catalogId: string
      readonly text?: string
      readonly items: readonly {
        readonly productId: string
        readonly quantity: number
        readonly price: number
        readonly currency: string
      }[]
    }
  | { readonly type: 'unsupported'; readonly what: string }

export interface ScenarioReferral {
  readonly sourceId: string
  readonly sourceUrl: string
  readonly headline: string
  readonly body: string
}
