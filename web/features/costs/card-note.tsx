import type { ReactNode } from 'react'
import type { CostsAnswer } from '../../../contract/api/costs.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { ERA_WORDS } from './words.ts'

/** By which prices the month was reckoned, and how far they can be trusted. */
export function CardNote({ costs }: { readonly costs: CostsAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const { card, unpriced } = costs
  return (
    <div className="mt-2 flex flex-col gap-1 text-sm text-ink-2">
      {card === null ? (
        <p role="alert" className="text-danger">
          {t('costs.noCard', { currency: costs.currency })}
        </p>
      ) : (
        <p>
          {t('costs.card', { day: formats.day(Date.parse(`${card.effectiveFrom}T12:00:00Z`), 0) })}{' '}
          {t(ERA_WORDS[card.era])}{' '}
          {card.imported ? (
            <bdi>{card.source}</bdi>
          ) : (
            <a href={card.source} target="_blank" rel="noopener noreferrer" className="text-accent underline">
              {t('costs.source')}
            </a>
          )}
        </p>
      )}
      {card?.example === true && <p className="text-note">{t('costs.example')}</p>}
      {unpriced > 0 && <p className="text-note">{t('costs.unpriced', { count: unpriced })}</p>}
      <p>{t('costs.truth')}</p>
    </div>
  )
}
