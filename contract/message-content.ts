/**
 * What a message holds, by type, in our words. The same shape for every source: live, phone, imported, ours.
 * Source of the types: https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks/reference/messages
 */

/** A file at Meta. `mediaId` lives 7 days when it came by webhook; `null` when it will never come. */
export interface Media {
  readonly mediaId: string | null
  readonly mimeType: string | null
  readonly sha256: string | null
}

export interface TextContent {
  readonly type: 'text'
  readonly body: string
  /** Of ours: the page behind a link in it is not to be shown. */
  readonly linkPreview?: false
}

export interface MediaContent {
  readonly type: 'image' | 'video' | 'audio' | 'document' | 'sticker'
  readonly media: Media
  readonly caption?: string
  readonly filename?: string
  /** Audio only: recorded as a voice note rather than attached as a file. */
  readonly voice?: boolean
  /** Sticker only. */
  readonly animated?: boolean
  /** Ours only: the upload that it was sent from. */
  readonly uploadId?: string
}

export interface LocationContent {
  readonly type: 'location'
  readonly latitude: number
  readonly longitude: number
  readonly name?: string
  readonly address?: string
  readonly url?: string
}

export interface ContactCard {
  readonly name: string
  readonly phones: readonly { readonly phone: string; readonly waId?: string; readonly label?: string }[]
  readonly emails: readonly string[]
  readonly organisation?: string
  /** What they do there. */
  readonly position?: string
  /** Each on one line. */
  readonly addresses?: readonly string[]
  readonly urls?: readonly string[]
  /** As the card says it, most often `YYYY-MM-DD`. */
  readonly birthday?: string
}
export interface ContactsContent {
  readonly type: 'contacts'
  readonly cards: readonly ContactCard[]
  /** The customer answered our request for contact details with this card. */
  readonly requested?: boolean
}

export interface OrderItem {
  readonly productId: string
  readonly quantity: number
  readonly price: number
  readonly currency: string
}
export interface OrderContent {
  readonly type: 'order'
  readonly catalogId: string
  readonly note?: string
  readonly items: readonly OrderItem[]
}

/** The customer pressed something we offered: a button, a list row, a template's quick reply. */
export interface ChoiceContent {
  readonly type: 'choice'
  readonly from: 'button' | 'list' | 'template'
  readonly choiceId: string
  readonly title: string
  readonly description?: string
}

/** A filled-in flow or address form; `answers` is the customer's JSON, or the raw text when it is not JSON. */
export interface FormReplyContent {
  readonly type: 'form_reply'
  readonly name: string
  readonly body: string
  readonly answers: unknown
}

export interface CallPermissionContent {
  readonly type: 'call_permission'
  readonly response: 'accept' | 'reject'
  readonly permanent: boolean
  readonly expiresAtMs: number | null
  /** Meta's word for how the answer came about: `user_action`, `automatic`. */
  readonly cause?: string
}

/**
 * A message of ours with buttons, a list, a link and the like, or a product that a customer sent. `kind` is Meta's
 * interactive type.
 */
export interface InteractiveContent {
  readonly type: 'interactive'
  readonly kind: string
  readonly catalogId?: string
  readonly productId?: string
  readonly header?: string
  readonly body?: string
  readonly footer?: string
  readonly buttons: readonly string[]
  /** Ours only: the whole of it, as Meta takes it. */
  readonly sent?: Readonly<Record<string, unknown>>
}

export interface TemplateContent {
  readonly type: 'template'
  readonly name: string
  readonly language: string
  /** What the customer reads, its variables filled in. */
  readonly body?: string
  readonly header?: string
  /** `image`, `video`, `document` or `location` above the text. */
  readonly headerKind?: string
  /** The file that stands for the header where Wasl keeps it. */
  readonly sampleId?: string
  readonly footer?: string
  readonly buttons?: readonly string[]
  /** Of ours only: what fills the gaps, in Meta's form. */
  readonly components?: readonly unknown[]
}

/** Imported media whose file has not come (yet): only the last 14 days before connecting ever do. */
export interface MediaPlaceholderContent {
  readonly type: 'media_placeholder'
}

/** WhatsApp told us that something was sent which the API cannot show (poll, pin, view-once …). */
export interface UnsupportedContent {
  readonly type: 'unsupported'
  /** Meta's `unsupported.type`, e.g. `poll_creation`. */
  readonly what: string | null
  readonly code: number | null
  readonly title: string | null
  readonly details?: string
}

/** A line of WhatsApp's own: number changed, identity changed. */
export interface SystemContent {
  readonly type: 'system'
  readonly event: string
  readonly body: string
}

/** A voice call: a line of the thread, and no message. */
export interface CallContent {
  readonly type: 'call'
  /** Who called. */
  readonly by: 'customer' | 'business'
  /** `ringing`: nobody has said yet that it is over. */
  readonly outcome: 'ringing' | 'answered' | 'missed'
  /** How long was spoken, as far as it is known. */
  readonly seconds?: number
}

/** A type this version does not know. Kept whole, shown as such, never dropped. */
export interface UnrecognisedContent {
  readonly type: 'unrecognised'
  readonly wireType: string
  readonly wire: unknown
}

export type MessageContent =
  | TextContent
  | MediaContent
  | LocationContent
  | ContactsContent
  | OrderContent
  | ChoiceContent
  | FormReplyContent
  | CallPermissionContent
  | InteractiveContent
  | TemplateContent
  | MediaPlaceholderContent
  | UnsupportedContent
  | SystemContent
  | CallContent
  | UnrecognisedContent

export type MessageType = MessageContent['type']

/** Where an advertisement or post led the customer in. */
export interface Referral {
  readonly sourceType: string | null
  readonly sourceId: string | null
  readonly sourceUrl: string | null
  readonly headline: string | null
  readonly body: string | null
  readonly mediaType: string | null
  readonly imageUrl: string | null
  readonly clickId: string | null
  readonly videoUrl?: string
  /** Where there is another picture beside it. */
  readonly thumbnailUrl?: string
  /** The greeting that the advertisement showed. */
  readonly welcome?: string
}
