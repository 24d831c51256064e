import type { ReactNode } from 'react'
import type { CardDifference, CardFault, CardPreview } from '../../../contract/api/rate-cards.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { marketWords } from './market-words.ts'
import { usePrice } from './use-money.ts'
import { categoryWords, ERA_WORDS } from './words.ts'

const FAULT_WORDS = {
  not_csv: 'costs.fault.notCsv',
  no_headings: 'costs.fault.noHeadings',
  no_rows: 'costs.fault.noRows',
  no_other: 'costs.fault.noOther',
  unknown_market: 'costs.fault.unknownMarket',
  market_twice: 'costs.fault.marketTwice',
  bad_amount: 'costs.fault.badAmount',
  other_currency: 'costs.fault.otherCurrency',
  no_currency: 'costs.fault.noCurrency',
  bad_count: 'costs.fault.badCount',
  tier_gap: 'costs.fault.tierGap',
  tier_start: 'costs.fault.tierStart',
  no_base: 'costs.fault.noBase',
} as const satisfies Record<CardFault['code'], MessageKey>

/** What a price list would change, or the lines that keep it from being taken. */
export function CardChanges({ preview }: { readonly preview: CardPreview }): ReactNode {
  const t = useT()
  const formats = useFormats()
  if (preview.faultsTotal > 0) return <Faults preview={preview} />
  const { currency, era, markets, tiered, comparedWith, differences, unchanged } = preview
  return (
    <div role="status" data-testid="card-changes" className="flex flex-col gap-1 text-sm text-ink-2">
      <p>
        <bdi>{currency}</bdi> · {t('costs.cardMarkets', { count: markets })}
        {tiered > 0 && ` · ${t('costs.cardTiered', { count: tiered })}`} · {t(ERA_WORDS[era])}
      </p>
      <p>
        {comparedWith === null
          ? t('costs.comparedWithNone')
          : t('costs.comparedWith', {
              day: formats.dayOfYear(Date.parse(`${comparedWith.effectiveFrom}T12:00:00Z`)),
              changed: formats.number(differences.length),
              unchanged: formats.number(unchanged),
            })}
      </p>
      {differences.length > 0 && <Differences differences={differences} currency={currency ?? 'USD'} />}
    </div>
  )
}

function Faults({ preview }: { readonly preview: CardPreview }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const more = preview.faultsTotal - preview.faults.length
  return (
    <div role="alert" data-testid="card-faults" className="text-sm text-danger">
      <p className="font-medium">{t('costs.cardRefused')}</p>
      <ul className="mt-1 list-disc ps-5">
        {preview.faults.map(({ line, code, detail }) => (
          <li key={`${line} ${code} ${detail}`}>
            {line > 0 && `${t('costs.fault.line', { line: formats.number(line) })} `}
            {t(FAULT_WORDS[code], { detail: `\u2068${detail}\u2069` })}
          </li>
        ))}
      </ul>
      {more > 0 && <p>{t('costs.fault.more', { count: more })}</p>}
    </div>
  )
}

function Differences(props: { readonly differences: readonly CardDifference[]; readonly currency: string }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const price = usePrice(props.currency)
  const written = (amount: number | null) => (amount === null ? t('costs.noPrice') : price(amount))
  return (
    // Reached by keyboard so that it can be scrolled.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <div className="max-h-72 overflow-auto rounded-sm border border-line" tabIndex={0}>
      <table className="w-full">
        <thead className="text-ink-3">
          <tr>
            {(['costs.market', 'costs.category', 'costs.before', 'costs.after'] as const).map((key) => (
              <th key={key} scope="col" className="px-2.5 py-1 text-start font-normal">
                {t(key)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="text-ink">
          {props.differences.map(({ market, category, before, after }) => (
            <tr key={`${market} ${category}`} className="border-t border-line">
              <th scope="row" className="px-2.5 py-1 text-start font-normal">
                {marketWords(t, formats, market)}
              </th>
              <td className="px-2.5 py-1">{categoryWords(t, category)}</td>
              <td className="px-2.5 py-1">
                <span className="num">{written(before)}</span>
              </td>
              <td className="px-2.5 py-1">
                <span className="num">{written(after)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
