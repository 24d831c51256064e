import type { ReactNode } from 'react'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { RULE_WORDS } from './words.ts'

/** What is wrong at a place of the builder. */
export function Faults({
  faults,
  place,
}: {
  readonly faults: readonly TemplateFault[]
  readonly place: string
}): ReactNode {
  const t = useT()
  const here = faults.filter((one) => one.place === place)
  return here.map(({ rule, values }) => (
    <p key={rule} className="mt-1 text-sm text-danger" data-rule={rule}>
      {t(RULE_WORDS[rule], values)}
    </p>
  ))
}
