import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { ProgressBar } from '../../ui/states.tsx'
import { historyOf, isRunning } from '../numbers/sync-progress.ts'

/** While history comes in: how far it is, above the list; more on the number's page. */
export function ImportStrip(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const numbers = useSync((state) => state.inbox?.numbers)
  const sync = Object.values(numbers ?? {})
    .map(historyOf)
    .find((history) => history !== undefined && isRunning(history))
  if (sync === undefined) return null
  const percent = sync.progressPercent
  return (
    <Link
      to="/numbers"
      data-testid="import-progress"
      className="mx-3 mb-2 block rounded-sm bg-surface-2 px-2.5 py-2 text-sm text-ink-2 no-underline hover:bg-hover"
    >
      <span className="mb-1.5 flex justify-between gap-2">
        <span>{t('import.running')}</span>
        <span className="num text-ink-3">{percent === null ? '' : formats.percent(percent)}</span>
      </span>
      <ProgressBar label={t('import.running')} percent={percent} />
    </Link>
  )
}
