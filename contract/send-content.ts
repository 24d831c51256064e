import { z } from 'zod'
import { TEXT_LENGTH_MAX } from './api/limits.ts'
import { sendInteractive } from './send-interactive.ts'
import { COUNTS, LENGTHS } from './send-limits.ts'

const written = (max: number) => z.string().trim().min(1).max(max)
const words = z.string().trim().min(1).max(1_024)

const text = z.strictObject({
  type: z.literal('text'),
  body: written(TEXT_LENGTH_MAX),
  /** Without it the page behind a link is shown, as the phone does. */
  linkPreview: z.literal(false).optional(),
})

/** A file that was uploaded here; what it is sent as was said when it was. */
const file = <T extends string>(type: T) => ({ type: z.literal(type), uploadId: z.uuid() })
const caption = written(LENGTHS.caption).optional()
const media = [
  z.strictObject({ ...file('image'), caption }),
  z.strictObject({ ...file('video'), caption }),
  z.strictObject({ ...file('audio'), voice: z.literal(true).optional() }),
  z.strictObject({ ...file('document'), caption, filename: written(LENGTHS.filename).optional() }),
  z.strictObject(file('sticker')),
] as const

const location = z.strictObject({
  type: z.literal('location'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: written(LENGTHS.placeName).optional(),
  address: written(LENGTHS.placeName).optional(),
})

const card = z.strictObject({
  name: words,
  phones: z
    .array(
      z.strictObject({
        phone: words,
        waId: z
          .string()
          .regex(/^\d{5,15}$/)
          .optional(),
        label: words.optional(),
      }),
    )
    .max(20),
  emails: z.array(words).max(20),
  organisation: words.optional(),
  position: words.optional(),
  addresses: z.array(words).max(20).optional(),
  urls: z.array(words).max(20).optional(),
  birthday: z.iso.date().optional(),
})
const contacts = z.strictObject({ type: z.literal('contacts'), cards: z.array(card).min(1).max(COUNTS.contacts) })

/**
 * What one may send, by type, in the words in which a thread shows it. Files are named by their upload, interactive
 * messages are in Meta's own form. Limits: `send-limits.ts`.
 */
export const sendContent = z.discriminatedUnion('type', [text, ...media, location, contacts, sendInteractive])
export type SendContent = z.output<typeof sendContent>
export type SendMedia = Extract<SendContent, { readonly uploadId: string }>
