import type { ReactNode } from 'react'
import type { NumberId, UnixMs } from '../../../contract/ids.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useLikelyNames } from './duty-queries.ts'

/** Who probably wrote on the phone, by the roster, said as a likelihood; nothing when the roster says nothing. */
export function LikelyHolder({ numberId, atMs }: { readonly numberId: NumberId; readonly atMs: UnixMs }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const names = useLikelyNames(numberId, atMs)
  if (names.length === 0) return null
  return (
    <span className="font-normal text-ink-2" title={t('duty.likelyLead')} data-testid="likely-holder">
      {t('duty.likely', { names: formats.anyOf(names.map((name) => `\u2068${name}\u2069`)) })}
    </span>
  )
}
