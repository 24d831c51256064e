import { FileX2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { MessageId } from '../../../../contract/ids.ts'
import type { MissingReason } from '../../../../contract/message-file.ts'
import { failureWords } from '../../../app/failure-words.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { type Failure, post } from '../../../sync/api.ts'
import { Button } from '../../../ui/button.tsx'

const WORDS: Record<MissingReason, MessageKey> = {
  expired: 'media.expired',
  too_large: 'media.tooLarge',
  not_wanted: 'media.notWanted',
  refused: 'media.refused',
  unreachable: 'media.unreachable',
  damaged: 'media.damaged',
}

/** In place of a file that is not here: what it is, why, and whether trying again may help. */
export function MediaGone({
  messageId,
  what,
  reason,
  again,
}: {
  readonly messageId: MessageId
  readonly what: string
  readonly reason: MissingReason | null
  readonly again: boolean
}): ReactNode {
  const t = useT()
  const [failure, setFailure] = useState<Failure | null>(null)
  async function retry(): Promise<void> {
    // Once it is on its way the message itself changes, and this goes away.
    const answer = await post<object>(`/messages/${encodeURIComponent(messageId)}/media`, {})
    setFailure(answer.ok ? null : answer.failure)
  }
  const why = failure === null ? t(reason === null ? 'media.missing' : WORDS[reason]) : failureWords(t, failure)
  return <MediaMissing what={what} why={why} onRetry={again ? () => void retry() : undefined} />
}

/** The box that stands where a file would. */
export function MediaMissing({
  what,
  why,
  onRetry,
}: {
  readonly what: string
  readonly why?: string
  readonly onRetry?: () => void
}): ReactNode {
  const t = useT()
  return (
    <div
      className="flex items-center gap-3 rounded-md bg-ink/5 px-3 py-2.5 text-sm text-ink-2"
      data-testid="media-missing"
    >
      <FileX2 aria-hidden="true" className="size-5 flex-none" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{what}</p>
        <p>{why ?? t('media.missing')}</p>
      </div>
      {onRetry !== undefined && <Button onClick={onRetry}>{t('media.again')}</Button>}
    </div>
  )
}
