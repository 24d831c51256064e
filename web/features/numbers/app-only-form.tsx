import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type AppOnlyBody, appOnlyBody, NUMBER_NAME_LENGTH_MAX } from '../../../contract/api/app-only.ts'
import type { ConnectAnswer } from '../../../contract/api/workspace.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { sync } from '../../sync/browser.ts'
import { TextField } from '../../ui/fields.tsx'
import { SaveLine } from '../../ui/save-line.tsx'

/** A number that is held on the phone alone: written down, or with `number` corrected. */
export function AppOnlyForm({
  number,
  onKept,
}: {
  readonly number?: BusinessNumber
  readonly onKept?: (number: BusinessNumber) => void
}): ReactNode {
  const t = useT()
  const [given, setGiven] = useState<AppOnlyBody>({
    phone: number?.displayPhone ?? '',
    name: number?.verifiedName ?? '',
  })
  const keeping = useMutation({
    mutationFn: (body: AppOnlyBody) =>
      post<ConnectAnswer>(number === undefined ? '/numbers/app-only' : `/numbers/${number.id}/app-only`, body),
    onSuccess: (answer) => {
      if (!answer.ok) return
      sync.putNumber(answer.value.number)
      onKept?.(answer.value.number)
    },
  })
  const wish = appOnlyBody.safeParse(given)
  return (
    <form
      className="mt-3 flex max-w-xl flex-col gap-3"
      data-testid="app-only-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (wish.success) keeping.mutate(wish.data)
      }}
    >
      <TextField
        dir="ltr"
        type="tel"
        required
        label={t('appOnly.phone')}
        value={given.phone}
        onChange={(phone) => setGiven({ ...given, phone })}
      />
      <TextField
        required
        label={t('appOnly.name')}
        maxLength={NUMBER_NAME_LENGTH_MAX}
        value={given.name}
        onChange={(name) => setGiven({ ...given, name })}
      />
      <SaveLine
        label={t('appOnly.save')}
        busy={keeping.isPending || !wish.success}
        saved={keeping.data?.ok === true ? t('appOnly.saved') : ''}
        failure={keeping.data?.ok === false ? failureWords(t, keeping.data.failure) : null}
      />
    </form>
  )
}
