import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { graphErrorRule } from '../../../contract/graph-errors.ts'
import { useT } from '../../app/language.ts'
import { ACTOR_WORDS, COST_WORDS } from './refusal-words.ts'

/** Under what a refusal means: who must act, whether it cost anything, and its code for whoever helps. */
export function RefusalFacts({ code }: { readonly code: number }): ReactNode {
  const t = useT()
  const { actor, cost } = graphErrorRule(code)
  return (
    <ul className="flex flex-wrap gap-x-3 text-xs text-ink-2" data-testid="refusal-facts">
      <li>{t(ACTOR_WORDS[actor])}</li>
      <li>{t(COST_WORDS[cost])}</li>
      <li>
        <Link to="/refusals" search={{ code }} className="num text-accent underline phone:min-h-11">
          {t('refusals.code', { code })}
        </Link>
      </li>
    </ul>
  )
}
