/** Limits of the API, in items unless the name says otherwise. Apart from the schemas, so that a browser need not load zod. */
export const CONVERSATIONS_PER_PAGE_MAX = 200
export const MESSAGES_PER_PAGE_MAX = 100
/** WhatsApp's limit for a text body. Source: messages/text-messages in Meta's Cloud API documentation. */
export const TEXT_LENGTH_MAX = 4096
/** The largest file that WhatsApp carries, and the most of it that comes in one request. Bytes. */
export const UPLOAD_BYTES_MAX = 100 * 1024 * 1024
export const UPLOAD_CHUNK_BYTES_MAX = 1024 * 1024
/** How long a customer sees that somebody is typing. Milliseconds. */
export const TYPING_SHOWN_MS = 25_000
