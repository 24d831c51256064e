import type { LastMessage } from '../../contract/conversation.ts'
import type { Author, DeliveryError, DeliveryState, DoubtAnswer, SendPlan, Source } from '../../contract/message.ts'
import type { MessageContent, Referral } from '../../contract/message-content.ts'
import type { MessageFile } from '../../contract/message-file.ts'
import type { Payment } from '../../contract/payment.ts'
import type { ThreadOwner } from '../../contract/thread-owner.ts'

/** Rows as the stores read and write them: our names, Unix milliseconds, everything that has to be folded still there. */

export interface StoredQuote {
  readonly wamid: string
  readonly productId?: string
}

/** The latest reaction of one side; `emoji` is null when it was taken back. */
export interface StoredReaction {
  readonly by: 'customer' | 'business'
  readonly emoji: string | null
  readonly atMs: number
  readonly wamid: string
}

/** A wording. The first one has no wamid of its own; the others are edits, by (atMs, wamid). */
export interface StoredVersion {
  readonly content: MessageContent
  readonly atMs: number | null
  readonly wamid: string | null
}

export interface MessageRow {
  readonly id: string
  readonly conversationId: string
  readonly numberId: string
  readonly wamid: string | null
  readonly clientId: string | null
  readonly author: Author
  readonly memberId: string | null
  readonly source: Source
  readonly sentAtMs: number
  readonly content: MessageContent
  /** Written by whoever fetches files, and by nobody else: what comes from Meta's webhooks leaves it alone. */
  readonly file: MessageFile | null
  readonly delivery: DeliveryState | null
  readonly deliveryAtMs: number | null
  readonly error: DeliveryError | null
  readonly quote: StoredQuote | null
  readonly referral: Referral | null
  /** 0 no, 1 once, 2 often. */
  readonly forwarded: number
  readonly reactions: readonly StoredReaction[] | null
  readonly versions: readonly StoredVersion[] | null
  readonly deletedAtMs: number | null
  /** Of a message that asks for a payment alone; written by whoever reads payments, and by nobody else. */
  readonly payment?: Payment | null
  /** Of a message of ours alone; written when it is taken. */
  readonly plan?: SendPlan | null
  readonly doubt?: DoubtAnswer | null
  readonly againOf?: string | null
  readonly baseRank: number
  readonly contentRank: number
}

export interface ContactRow {
  readonly id: string
  readonly phone: string | null
  readonly userId: string | null
  readonly parentUserId: string | null
  readonly username: string | null
  readonly usernameAtMs: number | null
  readonly addressBookName: string | null
  readonly addressBookAtMs: number | null
  readonly profileName: string | null
  readonly profileAtMs: number | null
  readonly agentName: string | null
  /** A member made one of several contacts of it. */
  readonly isMerged: boolean
}

export interface ConversationRow {
  readonly id: string
  readonly numberId: string
  readonly contactId: string
  readonly last: LastMessage | null
  readonly lastAtMs: number
  readonly lastWamid: string | null
  readonly lastId: string | null
  readonly inboundCount: number
  readonly lastInboundAtMs: number | null
  readonly windowRefusedAtMs?: number | null
  /** Written by whoever reads hand-overs, and by nobody else. */
  readonly owner: ThreadOwner | null
}
