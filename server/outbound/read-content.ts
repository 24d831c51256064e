import type { SendMessageBody } from '../../contract/api/inbox.ts'
import type { PriceCategory } from '../../contract/costs.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import type { StoredFile } from '../../contract/message-file.ts'
import { isReplyWindowOpen, windowOpenedAtMs } from '../../contract/reply-window.ts'
import type { SendMedia } from '../../contract/send-content.ts'
import { needsPhone } from '../../contract/template.ts'
import type { Sql } from '../platform/db.ts'
import { readMarketingRest } from './marketing-rest-store.ts'
import { readUploadFile } from './outgoing-file-store.ts'
import { isFor, isSendMedia, mediaContent, plainContent } from './own-content.ts'
import type { SendPlace } from './send-store.ts'
import { templateContent } from './template-content.ts'
import { findTemplate } from './template-send-store.ts'

interface Asked {
  readonly workspaceId: string
  readonly content: SendMessageBody['content']
  readonly place: SendPlace
  readonly nowMs: number
  /** When it is to go out: window and template are judged for then. */
  readonly goesOutAtMs: number
}

/** What a message holds. */
interface Held {
  readonly content: MessageContent
  readonly file: StoredFile | null
}

type Content =
  | { readonly ok: true; readonly value: Held; readonly category: PriceCategory }
  | { readonly ok: false; readonly code: ErrorCode; readonly details?: unknown }

/** What the thread shows and Meta gets, or why it may not be sent now. Templates alone need no open window. */
export async function readContent(sql: Sql, asked: Asked): Promise<Content> {
  const { workspaceId, content, place, nowMs, goesOutAtMs } = asked
  if (content.type === 'template') {
    const { name, language } = content
    const { numberId } = place.conversation
    const template = await findTemplate(sql, workspaceId, { numberId, name, language })
    const checked = templateContent(content, template, goesOutAtMs)
    if (!checked.ok) return checked
    if (needsPhone(checked.category) && place.conversation.contact.phone === null)
      return { ok: false, code: 'phone_number_needed' }
    const fromMs =
      checked.category === 'marketing' ? await readMarketingRest(sql, workspaceId, place.conversation.id) : null
    if (fromMs !== null && fromMs > goesOutAtMs) return { ok: false, code: 'marketing_resting', details: { fromMs } }
    return { ...checked, value: { content: checked.value, file: null } }
  }
  if (!isReplyWindowOpen(windowOpenedAtMs(place.conversation), goesOutAtMs))
    return { ok: false, code: 'reply_window_closed' }
  if (isSendMedia(content)) return readFile(sql, workspaceId, content, nowMs)
  return { ok: true, value: { content: plainContent(content), file: null }, category: 'service' }
}

async function readFile(sql: Sql, workspaceId: string, content: SendMedia, nowMs: number): Promise<Content> {
  const upload = await readUploadFile(sql, workspaceId, content.uploadId, new Date(nowMs))
  if (upload === null) return { ok: false, code: 'upload_gone' }
  const { file } = upload
  if (file === null) return { ok: false, code: 'upload_not_ready' }
  if (!isFor(content, upload.kind)) return { ok: false, code: 'file_type' }
  return { ok: true, value: { content: mediaContent(content, { ...upload, file }), file }, category: 'service' }
}
