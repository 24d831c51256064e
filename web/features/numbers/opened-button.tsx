import { useMutation } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OpenedAnswer } from '../../../contract/api/number-states.ts'
import type { NumberId } from '../../../contract/ids.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { showToast } from '../../app/toast.ts'
import { post, remove } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'

/**
 * One tap: the phone was opened just now. The countdown begins anew at once, which the feed tells to every page; a tap by
 * mistake is taken back, since a phone that nobody opened would be lost without a warning.
 */
export function OpenedButton({
  numberId,
  className,
}: {
  readonly numberId: NumberId
  readonly className?: string
}): ReactNode {
  const t = useT()
  const path = `/numbers/${encodeURIComponent(numberId)}/opened`
  const opening = useMutation({
    mutationFn: () => post<OpenedAnswer>(path, {}),
    // Told over the page: the banner with this button is gone by then.
    onSuccess: ({ ok }) => {
      if (ok) showToast({ done: 'phoneDue.noted', undone: 'phoneDue.undone', undo: () => remove<OpenedAnswer>(path) })
    },
  })
  const failure = opening.data?.ok === false ? opening.data.failure : null
  return (
    <>
      <Button className={className} disabled={opening.isPending} onClick={() => opening.mutate()} data-testid="opened">
        <Check aria-hidden="true" className="size-4" />
        {t('phoneDue.opened')}
      </Button>
      {failure !== null && (
        <span role="alert" className="text-sm text-danger">
          {failureWords(t, failure)}
        </span>
      )}
    </>
  )
}
