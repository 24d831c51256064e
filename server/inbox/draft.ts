import type { DeliveryState } from '../../contract/message.ts'
import type { IdentityKey } from '../contacts/identity-keys.ts'
import type { Person } from '../contacts/persons.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import type { ContactRow, ConversationRow, MessageRow, StoredReaction, StoredVersion } from './rows.ts'

/** A fact of a delivery, with the time its delivery came in. */
export interface Fact {
  readonly event: ChannelEvent
  readonly receivedAtMs: number
}

/** What the database knows about everything a batch speaks of. */
export interface LoadedBatch {
  readonly people: LoadedPeople
  readonly numbers: ReadonlyMap<string, Loaded>
}

/** People belong to the workspace: those of all numbers of the batch. */
export interface LoadedPeople {
  readonly contacts: Map<string, ContactRow>
  readonly contactOf: Map<IdentityKey, string>
}

/** What the database knows on one number. */
export interface Loaded {
  /** By contact. */
  readonly conversations: Map<string, ConversationRow>
  readonly messages: Map<string, MessageRow>
  /** Messages of ours that wait for their wamid, by our id. */
  readonly own: Map<string, MessageRow>
  /** Facts that came before their message, by wamid. */
  readonly waiting: Map<string, WaitingFacts>
  /** Messages that are quoted, by wamid. */
  readonly quoted: Map<string, MessageRow>
  /** Messages that quote one of the batch's, by our id: what they show of it may change. */
  readonly answers: Map<string, MessageRow>
}

export interface WaitingFacts {
  readonly statuses: StatusFact[]
  readonly edits: StoredVersion[]
  readonly deletes: number[]
  readonly reactions: StoredReaction[]
}

export interface StatusFact {
  readonly wamid: string
  readonly state: DeliveryState
  readonly atMs: number
  readonly errors: readonly unknown[]
  readonly pricing: unknown
  readonly conversation: unknown
  readonly callbackData: string | null
}

export interface ChangeFact {
  readonly targetWamid: string
  readonly wamid: string
  readonly kind: 'edit' | 'delete'
  readonly atMs: number
  readonly content: unknown
}

export interface ReactionFact extends StoredReaction {
  readonly targetWamid: string
}

/** A message of the batch: as it was in the database (`null`: not there), and as it is now. */
export interface MessageDraft {
  readonly before: MessageRow | null
  row: MessageRow
}

export interface ContactDraft {
  readonly before: ContactRow | null
  row: ContactRow
  readonly person: Person
}

/** A conversation that messages of this batch touch. */
export interface ConversationDraft {
  readonly id: string
  readonly contactId: string
  readonly before: ConversationRow | null
}

/** A fact of a batch, with the number that it is about. */
export type OnNumber<T> = T & { readonly numberId: string }

/** Everything that is to be written for one number's part of a batch; its people are drafted for all numbers at once. */
export interface Draft {
  /** By contact. */
  readonly conversations: Map<string, ConversationDraft>
  readonly messages: Map<string, MessageDraft>
  readonly statuses: Map<string, OnNumber<StatusFact>>
  readonly changes: Map<string, OnNumber<ChangeFact>>
  readonly reactions: Map<string, OnNumber<ReactionFact>>
  /** Facts here speak of messages that are not known (yet). */
  orphans: boolean
}

export function emptyLoaded(): Loaded {
  return {
    conversations: new Map(),
    messages: new Map(),
    own: new Map(),
    waiting: new Map(),
    quoted: new Map(),
    answers: new Map(),
  }
}
