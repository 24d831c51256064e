import { RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../../contract/message.ts'
import { isWindowRefusal } from '../../../contract/reply-window.ts'
import { useT } from '../../app/language.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { composeAgain } from '../composer/compose-again.ts'

/** Below a message that failed: sends it again as a new message when a person says so, and that it was. */
export function SendAgain({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const wasSent = useSync(
    (state) =>
      state.outbox.some(({ againOf }) => againOf === message.id) ||
      state.inbox?.threads[message.conversationId]?.messages.some(({ againOf }) => againOf === message.id) === true,
  )
  if (wasSent) return <p className="text-ink-3">{t('problem.wasSentAgain')}</p>
  const again = composeAgain(message)
  if (message.author !== 'agent' || again === null || needsTemplate(message)) return null
  // It was stopped at its time since the budget was spent: whoever sends it now knows that.
  const isStopped = message.error?.title === 'budget_spent'
  return (
    <Button onClick={() => sync.sendAgain(message, again, isStopped)}>
      <RotateCw aria-hidden="true" className="size-4" />
      {t(isStopped ? 'costs.sendAnyway' : 'problem.sendAgain')}
    </Button>
  )
}

/** The reply window is closed: the same once more would be refused, and the composer offers templates. */
function needsTemplate({ content, error }: Message): boolean {
  return content.type !== 'template' && isWindowRefusal(error)
}
