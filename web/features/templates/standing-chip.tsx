import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { TemplateStanding } from '../../../contract/template-standing.ts'
import { useT } from '../../app/language.ts'
import { STANDING_WORDS } from './words.ts'

const LOOKS: Readonly<Partial<Record<TemplateStanding, string>>> = {
  approved: 'border-ok/40 text-ok',
  due: 'border-phone/40 bg-phone-soft text-phone',
  pending: 'border-campaign/40 bg-campaign-soft text-campaign',
  unsubmitted: 'border-line-strong text-ink-2',
  put_away: 'border-line-strong text-ink-2',
  archived: 'border-line-strong text-ink-2',
}

/** Where a template stands, in a word; the colour says nothing that the word does not. */
export function StandingChip({ standing }: { readonly standing: TemplateStanding }): ReactNode {
  const t = useT()
  return (
    <span
      data-standing={standing}
      className={clsx(
        'inline-flex flex-none items-center rounded-full border px-2.5 text-sm leading-5.5',
        LOOKS[standing] ?? 'border-danger/40 bg-danger-soft text-danger',
      )}
    >
      {t(STANDING_WORDS[standing].short)}
    </span>
  )
}
