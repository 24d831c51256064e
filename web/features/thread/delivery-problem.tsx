import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Message } from '../../../contract/message.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { sync, useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { RefusalFacts } from '../refusals/refusal-facts.tsx'
import { problemWords } from './problem-words.ts'
import { SendAgain } from './send-again.tsx'
import { DoubtfulSend, WaitingSend } from './unsent.tsx'

/** Under a message that did not arrive, or of which nobody knows: why, and what can be done. */
export function DeliveryProblem({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const waiting = useSync(
    (state) => message.clientId !== null && state.outbox.some((item) => item.clientId === message.clientId),
  )
  if (message.delivery === 'queued' && message.wamid === null && !waiting) return <WaitingSend message={message} />
  if (message.delivery === 'unconfirmed') return <DoubtfulSend message={message} />
  if (message.delivery !== 'failed' && message.delivery !== 'expired') return null
  const { clientId } = message
  return (
    // biome-ignore lint/a11y/useSemanticElements: it belongs to a message, and is no part of a form
    <div
      role="group"
      aria-label={t('problem.label')}
      className="mt-1 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 text-sm text-danger"
      data-testid="send-problem"
    >
      <p className="flex items-start gap-1.5">
        <CircleAlert aria-hidden="true" className="mt-0.5 size-4 flex-none" />
        <span>{problemWords(t, message, formats)}</span>
      </p>
      {message.error?.code != null && <RefusalFacts code={message.error.code} />}
      {waiting && clientId !== null ? (
        <span className="flex gap-1.5">
          {message.error?.title === 'budget_spent' ? (
            <Button onClick={() => sync.retry(clientId, true)}>{t('costs.sendAnyway')}</Button>
          ) : (
            <Button onClick={() => sync.retry(clientId)}>{t('problem.retry')}</Button>
          )}
          <Button look="ghost" onClick={() => sync.discard(clientId)}>
            {t('problem.discard')}
          </Button>
        </span>
      ) : (
        <SendAgain message={message} />
      )}
    </div>
  )
}
