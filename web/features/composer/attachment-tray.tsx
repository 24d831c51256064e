import { FileText, Image, LoaderCircle, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { failureWords } from '../../app/failure-words.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import type { Attachment, Attachments } from './use-attachments.ts'

const NAMES: Record<Attachment['kind'], MessageKey> = {
  image: 'type.image',
  sticker: 'type.sticker',
  audio: 'type.audio',
  voice: 'type.voice',
  video: 'type.video',
  document: 'type.document',
}

/** The files that go out with the next message: how they look, how far they have come, why one cannot go. */
export function AttachmentTray({ attachments }: { readonly attachments: Attachments }): ReactNode {
  const t = useT()
  if (attachments.items.length === 0) return null
  return (
    <ul aria-label={t('attachment.list')} className="mb-2 flex flex-col gap-1.5" data-testid="attachments">
      {attachments.items.map((item) => (
        <li key={item.key} className="flex items-center gap-3 rounded border border-line bg-surface-2 p-1.5">
          <Preview item={item} />
          <div className="min-w-0 flex-1 text-sm">
            <p className="truncate">
              {item.kind === 'voice' ? t('type.voice') : <bdi>{item.file.name}</bdi>}{' '}
              <span className="text-ink-3">{item.kind !== 'voice' && t(NAMES[item.kind])}</span>
            </p>
            <Progress item={item} attachments={attachments} />
          </div>
          <IconButton label={t('attachment.drop')} onClick={() => attachments.drop(item.key)}>
            <X aria-hidden="true" className="size-4" />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}

function Preview({ item }: { readonly item: Attachment }): ReactNode {
  const t = useT()
  if ((item.kind === 'image' || item.kind === 'sticker') && item.failure === null) return <Picture url={item.url} />
  if ((item.kind === 'voice' || item.kind === 'audio') && item.failure === null)
    // biome-ignore lint/a11y/useMediaCaption: somebody's own recording, to be heard before it goes
    return <audio controls src={item.url} aria-label={t(NAMES[item.kind])} className="h-9 w-52 max-w-[45%] flex-none" />
  return <FileText aria-hidden="true" className="m-2 size-6 flex-none text-ink-3" />
}

/** Not every browser can show what the server can read: iPhones' pictures. */
function Picture({ url }: { readonly url: string }): ReactNode {
  const [isShown, setShown] = useState(true)
  if (!isShown) return <Image aria-hidden="true" className="m-2 size-6 flex-none text-ink-3" />
  return <img src={url} alt="" onError={() => setShown(false)} className="size-12 flex-none rounded-sm object-cover" />
}

function Progress({ item, attachments }: { readonly item: Attachment; readonly attachments: Attachments }): ReactNode {
  const t = useT()
  if (item.failure !== null)
    return (
      <div role="alert" className="flex flex-wrap items-center gap-1.5 text-danger">
        <p>{failureWords(t, item.failure)}</p>
        {item.failure.kind === 'unreachable' && (
          <Button onClick={() => attachments.again(item.key)}>{t('problem.retry')}</Button>
        )}
        {item.failure.kind === 'refused' && item.kind !== 'document' && (
          <Button onClick={() => attachments.again(item.key, 'document')}>{t('attachment.asDocument')}</Button>
        )}
      </div>
    )
  if (item.upload !== null) return <p className="text-xs text-ink-3">{t('attachment.ready')}</p>
  const share = Math.min(1, item.received / item.file.size)
  return (
    <p className="flex items-center gap-1.5 text-xs text-ink-3">
      <LoaderCircle aria-hidden="true" className="size-3.5 animate-spin motion-reduce:animate-none" />
      <progress value={share} aria-label={t('attachment.uploading')} className="h-1.5 w-24 accent-accent" />
      {t('attachment.uploading')}
    </p>
  )
}
