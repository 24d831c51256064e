import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { GraphErrorRow } from '../../../contract/graph-errors.ts'
import { useT } from '../../app/language.ts'
import { MenuButton } from '../../app/menu-button.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { findRefusals, spellCodes } from './find-refusals.ts'
import { ACTION_WORDS, ACTOR_WORDS, COST_WORDS, REFUSAL_WORDS } from './refusal-words.ts'

/** Every refusal of WhatsApp's: what it means, who must act, what it costs, what Wasl does. */
export function RefusalsPage(): ReactNode {
  const t = useT()
  const asked: { readonly code?: number } = useSearch({ strict: false })
  const [query, setQuery] = useState(asked.code === undefined ? '' : String(asked.code))
  const found = findRefusals(query, (row) => t(REFUSAL_WORDS[row.message]))
  return (
    <Page title={t('refusals.title')} lead={t('refusals.lead')} menu={<MenuButton />}>
      <div className="flex max-w-sm">
        <SearchField label={t('refusals.search')} value={query} onChange={setQuery} />
      </div>
      <ul className="rounded-md border border-line bg-surface px-5" data-testid="refusals">
        {found.map((row) => (
          <Refusal key={row.message} row={row} />
        ))}
      </ul>
      {found.length === 0 && (
        <p role="status" className="text-ink-2">
          {t('refusals.none')}
        </p>
      )}
    </Page>
  )
}

function Refusal({ row }: { readonly row: GraphErrorRow }): ReactNode {
  const t = useT()
  return (
    <li className="border-t border-line py-3 first:border-t-0">
      <p className="max-w-prose">{t(REFUSAL_WORDS[row.message])}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-2">
        <li>{t(ACTOR_WORDS[row.actor])}</li>
        <li>{t(COST_WORDS[row.cost])}</li>
        <li>{t(ACTION_WORDS[row.action])}</li>
      </ul>
      <p className="mt-1 text-sm text-ink-3">
        {t('refusals.codes')}{' '}
        <bdi dir="ltr" className="num">
          {spellCodes(row.codes)}
        </bdi>
      </p>
    </li>
  )
}
