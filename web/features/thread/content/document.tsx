import { Download, FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import type { MediaContent } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { mediaUrl } from '../../../sync/api.ts'
import { WrittenText } from './written-text.tsx'

export function DocumentContent({
  messageId,
  content,
}: {
  readonly messageId: string
  readonly content: MediaContent
}): ReactNode {
  const t = useT()
  const name = content.filename ?? t('type.document')
  return (
    <div>
      <a
        href={mediaUrl(messageId, true)}
        download
        className="flex min-w-60 items-center gap-3 rounded-md bg-ink/5 px-3 py-2.5 text-ink no-underline hover:bg-ink/10"
      >
        <FileText aria-hidden="true" className="size-6 flex-none text-campaign" />
        <span className="min-w-0 flex-1">
          <FileName name={name} />
          <span className="num text-xs text-ink-3">{content.media.mimeType}</span>
        </span>
        <Download aria-hidden="true" className="size-4 flex-none text-ink-2" />
        <span className="sr-only">{t('media.download')}</span>
      </a>
      {content.caption !== undefined && (
        <div className="mt-1.5">
          <WrittenText text={content.caption} />
        </div>
      )}
    </div>
  )
}

/** The name decides the direction of the line, not the page; its ending stays Latin even behind an Arabic name. */
function FileName({ name }: { readonly name: string }): ReactNode {
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot) : ''
  return (
    <span dir="auto" className="flex w-fit max-w-full font-medium">
      <span className="truncate">{dot > 0 ? name.slice(0, dot) : name}</span>
      <span dir="ltr">{ending}</span>
    </span>
  )
}
