import type { ReactNode } from 'react'
import { isolatedNumber, useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'

/** How old a fact is. */
export function KnownAt({ atMs }: { readonly atMs: number | null }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  if (atMs === null) return <span className="text-xs text-ink-3">{t('health.knownNever')}</span>
  return (
    <time title={formats.moment(atMs)} className="text-xs text-ink-3">
      {t('health.knownAt', { time: isolatedNumber(formats.rowTime(atMs, nowMs)) })}
    </time>
  )
}
