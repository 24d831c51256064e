/**
 * What WhatsApp takes, type by type: files, lengths, counts. The one place of these rules; browser and server both ask it
 * before Meta is asked. Lengths are characters, counts are items.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages and, for files,
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */

/** What a file is sent as. `voice`: shown as recorded rather than attached. */
export const UPLOAD_KINDS = ['image', 'video', 'audio', 'voice', 'document', 'sticker'] as const
export type UploadKind = (typeof UPLOAD_KINDS)[number]

const KB = 1024
const MB = 1024 * KB

export interface FileLimit {
  /** `null`: any. */
  readonly mimeTypes: readonly string[] | null
  readonly bytesMax: number
}

/** What Meta takes of each kind. A sticker that moves may have more, see `STICKER_ANIMATED_BYTES_MAX`. */
export const FILE_LIMITS: Readonly<Record<UploadKind, FileLimit>> = {
  image: { mimeTypes: ['image/jpeg', 'image/png'], bytesMax: 5 * MB },
  video: { mimeTypes: ['video/mp4', 'video/3gpp'], bytesMax: 16 * MB },
  audio: { mimeTypes: ['audio/aac', 'audio/amr', 'audio/mpeg', 'audio/mp4', 'audio/ogg'], bytesMax: 16 * MB },
  voice: { mimeTypes: ['audio/ogg'], bytesMax: 16 * MB },
  document: { mimeTypes: null, bytesMax: 100 * MB },
  sticker: { mimeTypes: ['image/webp'], bytesMax: 100 * KB },
}
export const STICKER_ANIMATED_BYTES_MAX = 500 * KB
/** What may come up to us of a picture or a sticker: it is made smaller here. */
const PICTURE_SOURCE_BYTES_MAX = 50 * MB

export const LENGTHS = {
  caption: 1_024,
  filename: 240,
  placeName: 1_000,
  body: 1_024,
  listBody: 4_096,
  headerText: 60,
  footer: 60,
  label: 20,
  replyId: 256,
  rowTitle: 24,
  rowId: 200,
  rowDescription: 72,
  sectionTitle: 24,
  flowCta: 30,
  referenceId: 35,
  referenceIdInBrazil: 60,
  paymentConfiguration: 60,
  itemName: 60,
  amountNote: 60,
  orderNote: 120,
} as const

export const COUNTS = {
  contacts: 257,
  buttons: 3,
  sections: 10,
  rows: 10,
  products: 30,
  cardsMin: 2,
  cards: 10,
} as const

/** Where addresses can be asked for. */
export const ADDRESS_COUNTRIES = ['IN', 'SG'] as const

/** A message can be reacted to for this long. */
export const REACTION_WITHIN_MS = 30 * 24 * 60 * 60 * 1000

/** How many bytes may come up to be sent as this kind. */
export function uploadBytesMax(kind: UploadKind): number {
  return kind === 'image' || kind === 'sticker' ? PICTURE_SOURCE_BYTES_MAX : FILE_LIMITS[kind].bytesMax
}

/**
 * What a file is best sent as, by what it says it is. Films and sounds that WhatsApp would not play are made playable where
 * the server can; it says so when it cannot.
 */
export function kindFor(file: { readonly mimeType: string; readonly bytes: number }): UploadKind {
  const type = bare(file.mimeType)
  if (type.startsWith('image/') && type !== 'image/svg+xml' && file.bytes <= PICTURE_SOURCE_BYTES_MAX) return 'image'
  for (const kind of ['video', 'audio'] as const) {
    if (type.startsWith(`${kind}/`) && file.bytes <= FILE_LIMITS[kind].bytesMax) return kind
  }
  return 'document'
}

/** Why Meta would not take a file as it is; `null`: it would. */
export function fileFault(
  kind: UploadKind,
  file: { readonly mimeType: string | null; readonly bytes: number; readonly animated: boolean },
): 'type' | 'size' | null {
  const { mimeTypes, bytesMax } = FILE_LIMITS[kind]
  if (mimeTypes !== null && (file.mimeType === null || !mimeTypes.includes(bare(file.mimeType)))) return 'type'
  const most = kind === 'sticker' && file.animated ? STICKER_ANIMATED_BYTES_MAX : bytesMax
  return file.bytes > most ? 'size' : null
}

/** One emoji and nothing else, as a reaction must be. */
export function isOneEmoji(text: string): boolean {
  const signs = [...new Intl.Segmenter().segment(text)]
  return signs.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\u{fe0f}?\u{20e3}/u.test(text)
}

/** `audio/ogg; codecs=opus` → `audio/ogg`. */
function bare(mimeType: string): string {
  return mimeType.split(';', 1)[0]?.trim().toLowerCase() ?? ''
}
