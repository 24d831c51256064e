import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { isolated, useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { usernameFailure } from './username-words.ts'

/** Gives a username up, after a question: somebody else may have it a moment later, so there is no undo. */
export function GiveUpUsername({
  numberId,
  username,
}: {
  readonly numberId: string
  readonly username: string
}): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const removing = useMutation({
    mutationFn: () => post<undefined>(`/numbers/${numberId}/username/removal`, {}),
    onSuccess: (answer) => {
      if (answer.ok) setAsking(false)
      return queries.invalidateQueries({ queryKey: ['account', numberId] })
    },
  })
  return (
    <div className="mt-3 flex flex-wrap items-center gap-3 text-sm">
      {asking ? (
        <>
          <span>{t('username.giveUpSure', { username: isolated(username) })}</span>
          <Button look="danger" disabled={removing.isPending} onClick={() => removing.mutate()}>
            {t('username.yes')}
          </Button>
          <Button onClick={() => setAsking(false)}>{t('username.no')}</Button>
        </>
      ) : (
        <Button look="danger" onClick={() => setAsking(true)}>
          {t('username.giveUp')}
        </Button>
      )}
      {removing.data?.ok === false && (
        <p role="alert" className="text-danger">
          {usernameFailure(t, removing.data.failure)}
        </p>
      )}
    </div>
  )
}
