import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ChangedSendAnswer } from '../../../contract/api/sending.ts'
import type { DoubtAnswer, Message } from '../../../contract/message.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { post } from '../../sync/api.ts'
import { sync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { composeAgain } from '../composer/compose-again.ts'

/** Milliseconds that a message has to wait before a button is worth its room. */
const SHOWN_AFTER_MS = 2_000

/** Under a message that waits: from when and until when it may go out, and taking it back. */
export function WaitingSend({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const cancel = useMutation({
    mutationFn: () => post<ChangedSendAnswer>(`/messages/${encodeURIComponent(message.id)}/cancel`, {}),
  })
  const { sendAtMs = null, expiresAtMs = null } = message.plan ?? {}
  if (sendAtMs === null && nowMs - message.sentAtMs < SHOWN_AFTER_MS) return null
  return (
    <div
      className="mt-1 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 text-sm text-ink-3"
      data-testid="waiting-send"
    >
      {sendAtMs !== null && <span>{t('unsent.goesOut', { time: formats.moment(sendAtMs) })}</span>}
      {expiresAtMs !== null && <span>{t('unsent.expires', { time: formats.moment(expiresAtMs) })}</span>}
      {cancel.data?.ok === false && <span role="alert">{failureWords(t, cancel.data.failure)}</span>}
      <Button disabled={cancel.isPending} onClick={() => cancel.mutate()}>
        {t('unsent.cancel')}
      </Button>
    </div>
  )
}

/** Under a message of which nobody knows whether it went out: once Meta has had time to say so, a person decides. */
export function DoubtfulSend({ message }: { readonly message: Message }): ReactNode {
  const t = useT()
  const again = composeAgain(message)
  const decide = useMutation({
    mutationFn: (answer: DoubtAnswer) =>
      post<ChangedSendAnswer>(`/messages/${encodeURIComponent(message.id)}/doubt`, { answer }),
    onSuccess: (result, answer) => {
      if (result.ok && answer === 'again' && again !== null) sync.sendAgain(message, again)
    },
  })
  const refused = decide.data?.ok === false ? decide.data.failure : null
  return (
    <div className="mt-1 text-sm text-phone" data-testid="doubtful-send">
      <p>{t('problem.unconfirmed')}</p>
      {message.doubt === undefined ? (
        <div className="mt-1 flex flex-wrap items-center justify-end gap-1.5">
          {refused !== null && (
            <p role="alert">
              {'code' in refused && refused.code === 'already_sent' ? t('unsent.tooEarly') : failureWords(t, refused)}
            </p>
          )}
          {again !== null && (
            <Button disabled={decide.isPending} onClick={() => decide.mutate('again')}>
              {t('unsent.again')}
            </Button>
          )}
          <Button look="ghost" disabled={decide.isPending} onClick={() => decide.mutate('leave')}>
            {t('unsent.leave')}
          </Button>
        </div>
      ) : (
        <p>{t(message.doubt === 'again' ? 'unsent.wasAgain' : 'unsent.wasLeft')}</p>
      )}
    </div>
  )
}
