import { z } from 'zod'
import { type GraphAnswer, readAnswer, readFailure } from './graph-answer.ts'
import type { MediaFile } from './media-file.ts'
import { USAGE_HEADER } from './usage.ts'
import type { UsageBook } from './usage-book.ts'

/** How long the largest file may take on its way up. */
const UPLOAD_TIMEOUT_MS = 5 * 60 * 1000

const uploaded = z.object({ id: z.string().min(1) }).transform((answer) => ({ mediaId: answer.id }))

/**
 * `POST /<PHONE_ID>/media` as a form. What it gives can be used for 30 days, by this number alone.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export async function postMedia(
  url: URL,
  token: string,
  file: MediaFile,
  usage: UsageBook,
): Promise<GraphAnswer<{ mediaId: string }>> {
  const form = new FormData()
  form.set('messaging_product', 'whatsapp')
  form.set('type', file.mimeType)
  form.set('file', file.blob, file.filename)
  let status: number
  let text: string
  let header: string | null
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: form,
      signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
      redirect: 'error',
    })
    status = response.status
    header = response.headers.get(USAGE_HEADER)
    text = await response.text()
  } catch (error) {
    return readFailure(error)
  }
  const answer = readAnswer(status, text, uploaded)
  usage.note({ url, header, code: answer.kind === 'error' ? answer.error.code : null })
  return answer
}
