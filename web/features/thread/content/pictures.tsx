import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { MediaContent } from '../../../../contract/message-content.ts'
import type { StoredFile } from '../../../../contract/message-file.ts'
import { useT } from '../../../app/language.ts'
import { mediaUrl, thumbUrl } from '../../../sync/api.ts'
import { MediaMissing } from './media-missing.tsx'
import { WrittenText } from './written-text.tsx'

const Lightbox = lazy(() => import('./lightbox.tsx'))

interface Props {
  readonly messageId: string
  readonly content: MediaContent
  /** `null` while it is on its way, or left at WhatsApp. */
  readonly file: StoredFile | null
}

/** A picture, cut to a frame of fixed shape so that nothing jumps while it loads; pressing it shows all of it. */
export function PictureContent({ messageId, content, file }: Props): ReactNode {
  const t = useT()
  const [large, setLarge] = useState(false)
  // One that is looked at while it is being kept stays as it is: nothing is loaded twice, nothing flickers.
  const [src] = useState(() => (file?.thumb === true ? thumbUrl(messageId) : mediaUrl(messageId)))
  const { failed, attempt, fail, again } = useTries()
  if (failed)
    return (
      <Captioned content={content}>
        <MediaMissing what={t('type.image')} onRetry={again} />
      </Captioned>
    )
  const name = content.caption ?? t('type.image')
  return (
    <Captioned content={content}>
      <button
        type="button"
        onClick={() => setLarge(true)}
        aria-label={t('media.enlarge', { name })}
        className="block overflow-hidden rounded-md bg-ink/5"
      >
        <img
          key={attempt}
          src={src}
          alt={name}
          loading="lazy"
          decoding="async"
          onError={fail}
          className="block aspect-4/3 w-72 max-w-full object-cover"
        />
      </button>
      {large && (
        <Suspense>
          <Lightbox
            src={mediaUrl(messageId)}
            download={mediaUrl(messageId, true)}
            name={name}
            onClose={() => setLarge(false)}
          />
        </Suspense>
      )}
    </Captioned>
  )
}

export function StickerContent({ messageId }: Props): ReactNode {
  const t = useT()
  const { failed, attempt, fail, again } = useTries()
  if (failed) return <MediaMissing what={t('type.sticker')} onRetry={again} />
  return (
    <img
      key={attempt}
      src={mediaUrl(messageId)}
      alt={t('type.sticker')}
      loading="lazy"
      onError={fail}
      className="size-32 object-contain"
    />
  )
}

export function VideoContent({ messageId, content }: Props): ReactNode {
  const t = useT()
  const { failed, attempt, fail, again } = useTries()
  return (
    <Captioned content={content}>
      {failed ? (
        <MediaMissing what={t('type.video')} onRetry={again} />
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a customer's own recording has no captions to offer
        <video
          key={attempt}
          src={mediaUrl(messageId)}
          controls
          preload="metadata"
          aria-label={content.caption ?? t('type.video')}
          onError={fail}
          className="aspect-video w-80 max-w-full rounded-md bg-black"
        />
      )}
    </Captioned>
  )
}

function Captioned({ content, children }: { readonly content: MediaContent; readonly children: ReactNode }): ReactNode {
  return (
    <div className="max-w-80">
      {children}
      {content.caption !== undefined && (
        <div className="mt-1.5">
          <WrittenText text={content.caption} />
        </div>
      )}
    </div>
  )
}

/** A file that failed to load may be tried again. */
export function useTries() {
  const [attempt, setAttempt] = useState(0)
  const [failedAt, setFailedAt] = useState<number | null>(null)
  return {
    attempt,
    failed: failedAt === attempt,
    fail: () => setFailedAt(attempt),
    again: () => setAttempt(attempt + 1),
  }
}
