import { lazy, type ReactNode, Suspense } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { Skeleton } from '../../ui/states.tsx'

/** Comes when it is needed: the first screen does without templates and their rules. */
const TemplatePicker = lazy(async () => ({
  default: (await import('../templates/template-picker.tsx')).TemplatePicker,
}))

/** The templates that may be sent in this conversation. */
export function ComposerTemplates({
  id,
  onSent,
}: {
  readonly id: ConversationId
  readonly onSent?: () => void
}): ReactNode {
  return (
    <Suspense fallback={<Skeleton className="h-24" />}>
      <TemplatePicker id={id} {...(onSent === undefined ? {} : { onSent })} />
    </Suspense>
  )
}
