import { Clock } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { AnswerCost } from '../costs/answer-cost.tsx'
import { AttachButton } from './attach-button.tsx'
import { MoreButton } from './more-button.tsx'
import { RecordButton } from './record-button.tsx'
import { addAll } from './send-parts.ts'
import { TemplateButton } from './template-button.tsx'
import type { Attachments } from './use-attachments.ts'

/** Signs left are shown from here on. */
const LEFT_SHOWN_BELOW = 300

/** Under the field: what can be attached, how long one may write, what it costs, and the button that sends. */
export function ComposerFoot(props: {
  readonly id: ConversationId
  readonly leftMs: number
  readonly left: number
  readonly attachments: Attachments
  readonly children: ReactNode
}): ReactNode {
  const { id, leftMs, left, attachments } = props
  return (
    <div className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
      <div className="flex flex-wrap items-center gap-1">
        <AttachButton onFiles={(files) => addAll(attachments, files)} />
        <MoreButton id={id} />
        <RecordButton onRecorded={(file) => attachments.add(file, 'voice')} />
      </div>
      <WindowLeft leftMs={leftMs} />
      <AnswerCost id={id} />
      <SignsLeft left={left} />
      <div className="ms-auto flex max-w-full flex-wrap items-center justify-end gap-2">
        <TemplateButton id={id} />
        {props.children}
      </div>
    </div>
  )
}

/** What is left of the reply window. */
function WindowLeft({ leftMs }: { readonly leftMs: number }): ReactNode {
  const t = useT()
  const formats = useFormats()
  return (
    <span
      className="inline-flex items-center gap-1.5 rounded-full border border-line px-2.5 text-sm leading-5.5 text-ink-3"
      title={t('composer.windowTitle')}
    >
      <Clock aria-hidden="true" className="size-3.5" />
      {t('composer.windowLeft', { time: formats.hoursMinutes(leftMs) })}
    </span>
  )
}

/** How many characters are left, when there are few. */
function SignsLeft({ left }: { readonly left: number }): ReactNode {
  const t = useT()
  if (left >= LEFT_SHOWN_BELOW) return null
  return (
    <span role="status" className={left < 0 ? 'text-sm text-danger' : 'text-sm text-ink-3'}>
      {left < 0 ? t('composer.tooLong', { count: -left }) : t('composer.signsLeft', { count: left })}
    </span>
  )
}
