import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { CardLine, CardsAnswer } from '../../../contract/api/rate-cards.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get, remove } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { CardImport } from './card-import.tsx'

/** The price lists that amounts are reckoned by, and for the owner to take Meta's newest, or to take one away again. */
export function CardsSection({ currency }: { readonly currency: string }): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const isOwner = useSync((state) => state.session?.me?.role === 'owner')
  const [importing, setImporting] = useState(false)
  const answer = useQuery({ queryKey: ['costs', 'cards'], queryFn: () => get<CardsAnswer>('/costs/cards') }).data
  const removing = useMutation({
    mutationFn: (id: string) => remove(`/costs/cards/${id}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['costs'] }),
  })
  if (answer?.ok !== true) return null
  const cards = answer.value.cards.filter((card) => card.currency === currency || card.imported !== null)
  return (
    <Section title={t('costs.cards')} lead={t('costs.cardsLead')}>
      <ul className="flex flex-col">
        {cards.map((card) => (
          <Line key={card.id} card={card} onRemove={isOwner ? () => removing.mutate(card.id) : null} />
        ))}
      </ul>
      {removing.data?.ok === false && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, removing.data.failure)}
        </p>
      )}
      {isOwner && !importing && (
        <Button className="mt-3" onClick={() => setImporting(true)}>
          {t('costs.importCard')}
        </Button>
      )}
      {importing && <CardImport onEnd={() => setImporting(false)} />}
    </Section>
  )
}

function Line({ card, onRemove }: { readonly card: CardLine; readonly onRemove: (() => void) | null }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { imported } = card
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line py-2" data-testid="rate-card">
      <span className="min-w-44 flex-1">
        <span className="font-medium">
          {t('costs.cardSince', { day: formats.dayOfYear(Date.parse(`${card.effectiveFrom}T12:00:00Z`)) })}{' '}
          <bdi>{card.currency}</bdi>
        </span>
        <span className="block text-sm text-ink-2">
          {imported === null
            ? t(card.example ? 'costs.cardExample' : 'costs.cardWithWasl')
            : t('costs.cardImported', {
                file: `\u2068${imported.fileName}\u2069`,
                name: `\u2068${imported.memberName}\u2069`,
                day: formats.dayOfYear(imported.atMs),
              })}
        </span>
      </span>
      <span className="text-sm text-ink-2">
        {t('costs.cardMarkets', { count: card.markets })}
        {card.tiered > 0 && ` · ${t('costs.cardTiered', { count: card.tiered })}`}
      </span>
      {imported !== null && onRemove !== null && (
        <Button look="ghost" onClick={onRemove}>
          {t('costs.removeCard')}
        </Button>
      )}
    </li>
  )
}
