import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type AccountAnswer, PICTURE_BYTES_MAX } from '../../../contract/api/care.ts'
import type { BusinessNumber } from '../../../contract/number.ts'
import { failureWords } from '../../app/failure-words.ts'
import { isolated, useT } from '../../app/language.ts'
import { postBytes, type Result } from '../../sync/api.ts'
import { buttonClass } from '../../ui/button.tsx'

const TOO_LARGE: Result<undefined> = { ok: false, failure: { kind: 'refused', code: 'too_large', status: 413 } }

/** As customers see it; our own copy, so that nobody here asks Meta's servers for it. */
export function ProfilePicture({
  number,
  picture,
  mayChange,
}: {
  readonly number: BusinessNumber
  readonly picture: AccountAnswer['picture']
  readonly mayChange: boolean
}): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  // The address stays the same: what was changed here is fetched anew.
  const [turn, setTurn] = useState(0)
  const changing = useMutation({
    mutationFn: async (file: File) =>
      file.size > PICTURE_BYTES_MAX ? TOO_LARGE : postBytes<undefined>(`/numbers/${number.id}/picture`, file),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['account', number.id] })
      setTurn((last) => last + 1)
    },
  })
  const failure = changing.data?.ok === false ? changing.data.failure : null
  return (
    <div className="mb-3 flex flex-wrap items-center gap-4">
      {picture === 'kept' ? (
        <img
          src={`/api/v1/numbers/${number.id}/picture?turn=${turn}`}
          alt={t('profile.picture', { name: isolated(number.verifiedName) })}
          data-testid="profile-picture"
          className="size-24 rounded-full border border-line object-cover"
        />
      ) : (
        <p className="text-sm text-ink-3">{t(picture === null ? 'profile.noPicture' : 'profile.pictureMissing')}</p>
      )}
      {mayChange && (
        <label className={buttonClass('plain', 'cursor-pointer focus-within:outline-2 focus-within:outline-accent')}>
          {t(changing.isPending ? 'profile.pictureChanging' : 'profile.pictureChange')}
          <input
            type="file"
            accept="image/*"
            className="sr-only"
            disabled={changing.isPending}
            onChange={(event) => {
              const file = event.target.files?.[0]
              event.target.value = ''
              if (file !== undefined) changing.mutate(file)
            }}
          />
        </label>
      )}
      <span role="status" className="text-sm text-agent">
        {changing.data?.ok === true && t('profile.pictureChanged')}
      </span>
      {failure !== null && (
        <p role="alert" className="basis-full text-sm text-danger">
          {failureWords(t, failure)}
        </p>
      )}
    </div>
  )
}
