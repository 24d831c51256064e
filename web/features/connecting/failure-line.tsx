import type { ReactNode } from 'react'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import type { Result } from '../../sync/api.ts'

/** Why the server did not take what was posted; nothing when it did. */
export function FailureLine({ result }: { readonly result: Result<unknown> | undefined }): ReactNode {
  const t = useT()
  if (result === undefined || result.ok) return null
  return (
    <p role="alert" className="mt-2 text-sm text-danger">
      {failureWords(t, result.failure)}
    </p>
  )
}
