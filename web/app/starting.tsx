import type { ReactNode } from 'react'
import { useSync } from '../sync/browser.ts'
import { Mark } from '../ui/mark.tsx'
import { failureWords } from './failure-words.ts'
import { useT } from './language.ts'

/** Before the first snapshot: a sign of life, and what is wrong when it does not come. */
export function Starting(): ReactNode {
  const t = useT()
  const failure = useSync((state) => state.startFailure)
  return (
    <main className="grid h-full place-items-center p-6 text-center" aria-busy={failure === null}>
      <div className="flex max-w-md flex-col items-center gap-3">
        <Mark className="size-12" />
        <h1 className="text-lg font-semibold">{failure === null ? t('starting.title') : t('starting.failed')}</h1>
        <p role="status" className="text-ink-2">
          {failure === null ? t('starting.lead') : `${failureWords(t, failure)} ${t('starting.again')}`}
        </p>
      </div>
    </main>
  )
}
