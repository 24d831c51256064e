import clsx from 'clsx'
import { memo, type ReactNode } from 'react'
import type { Wamid } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { ThreadGapLine } from '../gaps/thread-gap-line.tsx'
import { Bubble } from './bubble.tsx'
import { Content } from './content/content.tsx'
import type { ThreadItem } from './thread-items.ts'

interface Props {
  readonly item: ThreadItem
  readonly nowMs: number
  readonly flash: boolean
  readonly onJump: (wamid: Wamid) => void
}

/** One line of a thread: a day, the unread mark, what is missing, a line of WhatsApp's own, a call, or a message. */
export const MessageRow = memo(function MessageRow({ item, nowMs, flash, onJump }: Props): ReactNode {
  const t = useT()
  const formats = useFormats()
  switch (item.kind) {
    case 'beginning':
      return <Line>{t('thread.beginning')}</Line>
    case 'gap':
      return <ThreadGapLine gap={item.gap} nowMs={nowMs} />
    case 'day':
      return (
        <div className="flex items-center gap-3 px-7 py-2 text-sm text-ink-3 narrow:px-3">
          <span aria-hidden="true" className="h-px flex-1 bg-line" />
          <time dateTime={new Date(item.atMs).toISOString()}>{formats.day(item.atMs, nowMs)}</time>
          <span aria-hidden="true" className="h-px flex-1 bg-line" />
        </div>
      )
    case 'unread':
      return (
        <div
          className="flex items-center gap-3 px-7 py-2 text-sm font-medium text-accent narrow:px-3"
          data-testid="first-unread"
        >
          <span aria-hidden="true" className="h-px flex-1 bg-accent" />
          {t('thread.unread', { count: item.count })}
          <span aria-hidden="true" className="h-px flex-1 bg-accent" />
        </div>
      )
    case 'system':
      return (
        <Line>
          <Content message={item.message} />
          <span className="num">{formats.time(item.message.sentAtMs)}</span>
        </Line>
      )
    case 'message':
      return (
        <div className={clsx('px-7 narrow:px-3', item.continued ? 'pt-1' : 'pt-2.5', flash && 'flash')}>
          <Bubble message={item.message} continued={item.continued} onJump={onJump} />
        </div>
      )
    default:
      return item satisfies never
  }
})

function Line({ children }: { readonly children: ReactNode }): ReactNode {
  return <p className="flex flex-wrap justify-center gap-x-2 px-7 py-1.5 text-center text-sm text-ink-3">{children}</p>
}
