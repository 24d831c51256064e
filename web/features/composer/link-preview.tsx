import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { linkify } from '../../ui/linkify.ts'

/** Whether the customer sees a preview of the page behind a link; asked only where there is a link. */
export function LinkPreview(props: {
  readonly text: string
  readonly shown: boolean
  readonly onChange: (shown: boolean) => void
}): ReactNode {
  const t = useT()
  if (!linkify(props.text).some(({ kind }) => kind === 'link')) return null
  return (
    <label className="inline-flex items-center gap-1.5 text-sm text-ink-2 phone:min-h-11">
      <input
        type="checkbox"
        className="accent-accent"
        checked={props.shown}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      {t('composer.linkPreview')}
    </label>
  )
}
