/** Identifiers as they travel. All of ours are lower-case UUIDs (version 7, so that they sort by age). */
export type WorkspaceId = string
export type MemberId = string
export type NumberId = string
export type ContactId = string
export type ConversationId = string
export type MessageId = string

/** WhatsApp's message id, `wamid.…`: opaque, case-sensitive, never parsed. */
export type Wamid = string

/** Instants travel as Unix milliseconds; WhatsApp's own are whole seconds. */
export type UnixMs = number

/** Position in a workspace's feed: 1, 2, 3 … without gaps. */
export type Seq = number
