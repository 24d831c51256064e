import type { ClipboardEvent, DragEvent } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import type { Quote } from '../../../contract/message.ts'
import { sync } from '../../sync/browser.ts'
import { partsOf } from './outgoing.ts'
import type { SendTimes } from './send-when.tsx'
import type { Attachments } from './use-attachments.ts'

/** Files first, the first that can carry them with the words; what nothing carries is a message of its own. */
export function sendAll(
  id: ConversationId,
  { attachments, text }: { readonly attachments: Attachments; readonly text: string },
  quote: Quote | null,
  how: { readonly costConfirmed: boolean; readonly plan: SendTimes; readonly linkPreview: boolean },
): void {
  const { costConfirmed, plan } = how
  const uploads = attachments.items.flatMap(({ upload }) => (upload === null ? [] : [upload]))
  const parts = partsOf(uploads, text)
  for (const [at, outgoing] of parts.outgoing.entries())
    sync.sendOutgoing(id, outgoing, at === 0 ? quote : null, costConfirmed, plan)
  const answered = uploads.length === 0 ? quote : null
  if (parts.text !== '' && how.linkPreview) sync.send(id, parts.text, answered, costConfirmed, plan)
  if (parts.text !== '' && !how.linkPreview) {
    const content = { type: 'text', body: parts.text, linkPreview: false } as const
    sync.sendOutgoing(id, { content, shown: content, file: null }, answered, costConfirmed, plan)
  }
  attachments.clear()
}

/** Files that are dropped here or pasted are attached. */
export function takesFiles(attachments: Attachments) {
  const take = (files: FileList, event: { preventDefault(): void }) => {
    if (files.length === 0) return
    event.preventDefault()
    addAll(attachments, [...files])
  }
  return {
    onDragOver: (event: DragEvent) => event.preventDefault(),
    onDrop: (event: DragEvent) => take(event.dataTransfer.files, event),
    onPaste: (event: ClipboardEvent) => take(event.clipboardData.files, event),
  }
}

export function addAll(attachments: Attachments, files: readonly File[]): void {
  for (const file of files) attachments.add(file)
}
