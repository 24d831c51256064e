import { FileUp } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../../../contract/message.ts'
import type { MediaContent } from '../../../../contract/message-content.ts'
import type { MissingFile } from '../../../../contract/message-file.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { useFormats, useNowMs } from '../../../app/use-formats.ts'
import { DocumentContent } from './document.tsx'
import { MediaGone } from './media-missing.tsx'
import { mediaShown } from './media-shown.ts'
import { PictureContent, StickerContent, VideoContent } from './pictures.tsx'
import { SoundContent } from './sound.tsx'
import { WrittenText } from './written-text.tsx'

const NAMES: Record<MediaContent['type'], MessageKey> = {
  image: 'type.image',
  sticker: 'type.sticker',
  video: 'type.video',
  audio: 'type.audio',
  document: 'type.document',
}

/** The file of a message, or why it cannot be seen. */
export function MediaContentView({
  message,
  content,
}: {
  readonly message: Message
  readonly content: MediaContent
}): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  if (message.id === message.clientId) return <OnItsWay content={content} />
  const shown = mediaShown(content, message.file, nowMs)
  if (shown.kind === 'missing') {
    const what = content.filename ?? t(content.voice === true ? 'type.voice' : NAMES[content.type])
    return (
      <>
        <MediaGone messageId={message.id} what={what} reason={shown.reason} again={shown.again} />
        {content.caption !== undefined && (
          <div className="mt-1.5">
            <WrittenText text={content.caption} />
          </div>
        )}
      </>
    )
  }
  return (
    <>
      <Viewer message={message} content={content} />
      {shown.left !== null && <LeftAtWhatsApp left={shown.left} />}
    </>
  )
}

/** Its bytes have no address as a message until the server has taken it. */
function OnItsWay({ content }: { readonly content: MediaContent }): ReactNode {
  const t = useT()
  return (
    <>
      <p className="flex items-center gap-1.5 text-ink-2">
        <FileUp aria-hidden="true" className="size-4 flex-none" />
        <bdi>{content.filename ?? t(content.voice === true ? 'type.voice' : NAMES[content.type])}</bdi>
      </p>
      {content.caption !== undefined && <WrittenText text={content.caption} />}
    </>
  )
}

function Viewer({ message, content }: { readonly message: Message; readonly content: MediaContent }): ReactNode {
  const file = message.file?.state === 'stored' ? message.file : null
  const props = { messageId: message.id, content, file }
  switch (content.type) {
    case 'image':
      return <PictureContent {...props} />
    case 'sticker':
      return <StickerContent {...props} />
    case 'video':
      return <VideoContent {...props} />
    case 'audio':
      return <SoundContent {...props} />
    case 'document':
      return <DocumentContent {...props} />
    default:
      return content.type satisfies never
  }
}

/** It is not kept here, and can be seen only as long as WhatsApp has it. */
function LeftAtWhatsApp({ left }: { readonly left: MissingFile }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const until = left.untilMs ?? 0
  const words = left.reason === 'too_large' ? 'media.leftTooLarge' : 'media.leftNotWanted'
  return (
    <p className="mt-1 max-w-80 text-xs text-ink-3">
      {t(words, { time: `${formats.day(until, nowMs)} ${formats.time(until)}` })}
    </p>
  )
}
