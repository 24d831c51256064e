import type { ReactNode } from 'react'
import { Button } from './button.tsx'

/** The end of a form: its button, that it was saved, and why it was not. */
export function SaveLine({
  label,
  busy,
  saved,
  failure,
}: {
  readonly label: string
  readonly busy: boolean
  /** What to say once it is saved; empty before. */
  readonly saved: string
  readonly failure: string | null
}): ReactNode {
  return (
    <>
      <p className="flex flex-wrap items-center gap-3">
        <Button look="primary" type="submit" disabled={busy}>
          {label}
        </Button>
        <span role="status" className="text-sm text-agent">
          {saved}
        </span>
      </p>
      {failure !== null && (
        <p role="alert" className="text-sm text-danger">
          {failure}
        </p>
      )}
    </>
  )
}
