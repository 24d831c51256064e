import { z } from 'zod'
import type { Contact, Conversation } from '../conversation.ts'
import type { ContactId, ConversationId, MemberId, NumberId, UnixMs } from '../ids.ts'
import type { Source } from '../message.ts'

const CONTACTS_PER_PAGE_MAX = 200
export const AGENT_NAME_LENGTH_MAX = 120
const SEARCH_LENGTH_MAX = 100

/** `no_phone`: known by user id only. `removed`: in no phone's address book any more, and in one before. */
export const CONTACT_FILTERS = ['all', 'no_phone', 'removed'] as const
export type ContactFilter = (typeof CONTACT_FILTERS)[number]

const found = {
  q: z.string().trim().max(SEARCH_LENGTH_MAX).default(''),
  filter: z.enum(CONTACT_FILTERS).default('all'),
}

/** `GET /api/v1/contacts?q=&filter=&cursor=&limit=`: by name; who has none stands at the end. */
export const contactsQuery = z.object({
  ...found,
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(CONTACTS_PER_PAGE_MAX).default(100),
})

export interface ContactLine {
  readonly contact: Contact
  readonly removedOnPhone: boolean
  /** The conversation with the newest activity; `null` when there is none on any number. */
  readonly latest: { readonly conversationId: ConversationId; readonly atMs: UnixMs } | null
}

export interface ContactsPage {
  readonly contacts: readonly ContactLine[]
  /** How many there are altogether; told with the first page. */
  readonly total: number | null
  readonly nextCursor: string | null
}

/** `GET /api/v1/contacts/export.csv` and `.vcf`: everything that the same search finds, as a file. */
export const exportQuery = z.object({ ...found, language: z.enum(['ar', 'en']).default('en') })

export interface ContactIdentity {
  readonly kind: 'phone' | 'user_id' | 'parent_user_id'
  readonly value: string
  /** The one of its kind that the contact goes by, and is answered under. */
  readonly current: boolean
  /** WhatsApp told that the customer has another one now. */
  readonly givenUp: boolean
}

/** What the address book of a number's phone says. */
export interface BookEntry {
  readonly numberId: NumberId
  readonly name: string | null
  readonly namedAtMs: UnixMs | null
  /** Set when the entry was removed on the phone after it was last named. */
  readonly removedAtMs: UnixMs | null
}

export interface ContactConversation {
  readonly conversation: Conversation
  /** Its first message: how the customer came to us. */
  readonly firstAtMs: UnixMs | null
  readonly firstSource: Source | null
}

export interface ContactHistoryEntry {
  readonly what:
    | 'agent_name'
    | 'address_book_name'
    | 'profile_name'
    | 'username'
    | 'phone'
    | 'user_id'
    | 'parent_user_id'
  readonly old: string | null
  readonly new: string | null
  readonly numberId: NumberId | null
  readonly memberId: MemberId | null
  readonly atMs: UnixMs
}

export interface ContactMerge {
  readonly id: string
  readonly gone: Contact
  /** `meta`: Meta named both as one, so it cannot be undone. */
  readonly cause: 'meta' | 'member'
  readonly memberId: MemberId | null
  readonly atMs: UnixMs
  readonly undoneAtMs: UnixMs | null
  readonly undoneBy: MemberId | null
  /** Nothing was built on it since. */
  readonly canUndo: boolean
}

/** `GET /api/v1/contacts/{id}`; of a contact that was merged into another: that other one. */
export interface ContactDetail {
  readonly contact: Contact
  readonly createdAtMs: UnixMs
  readonly identities: readonly ContactIdentity[]
  readonly books: readonly BookEntry[]
  readonly conversations: readonly ContactConversation[]
  /** Newest first. */
  readonly history: readonly ContactHistoryEntry[]
  readonly merges: readonly ContactMerge[]
}

const agentName = z.string().trim().min(1).max(AGENT_NAME_LENGTH_MAX).nullable()

/**
 * `POST /api/v1/contacts/{id}/name`: the name that agents give; `null` takes it away. `was` is the one the writer saw:
 * 409 `changed_meanwhile` when somebody else gave another. 204.
 */
export const renameContactBody = z.object({ name: agentName, was: agentName })
export type RenameContactBody = z.infer<typeof renameContactBody>

/** `POST /api/v1/contacts/{id}/merges`: the other contact is the same person. The older one stays. */
export const mergeContactBody = z.object({ otherId: z.uuid() })
export interface MergeContactAnswer {
  readonly mergeId: string
  readonly contactId: ContactId
}

/** `POST /api/v1/contacts/merges/{id}/undo`: what moved goes back; see `contract/error-codes.ts` for what stands against it. */
export interface UndoMergeAnswer {
  /** The contact that is one of its own again. */
  readonly contactId: ContactId
}

/** `POST /api/v1/contacts/apart`: these two are two people; `false` takes that back. 204. */
export const apartBody = z.object({ ids: z.tuple([z.uuid(), z.uuid()]), apart: z.boolean() })

export type MergeReason = 'same_username' | 'same_name' | 'same_name_phone_hidden'

/** `GET /api/v1/contacts/suggestions?contactId=`: pairs that may be one person; with `contactId`, those of this contact. */
export const suggestionsQuery = z.object({ contactId: z.uuid().optional() })
export interface MergeSuggestion {
  readonly contacts: readonly [Contact, Contact]
  readonly reason: MergeReason
}
export interface SuggestionsAnswer {
  readonly suggestions: readonly MergeSuggestion[]
}
