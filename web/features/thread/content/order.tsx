import { Package } from 'lucide-react'
import type { ReactNode } from 'react'
import type { OrderContent as Order } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { useFormats } from '../../../app/use-formats.ts'
import { WrittenText } from './written-text.tsx'

/** What a customer ordered from the catalogue. */
export function OrderContent({ content }: { readonly content: Order }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const pieces = content.items.reduce((sum, item) => sum + item.quantity, 0)
  return (
    <div className="min-w-64">
      <p className="mb-1 flex items-center gap-2 font-medium">
        <Package aria-hidden="true" className="size-4 text-ink-2" />
        {t('order.pieces', { count: pieces })}
      </p>
      <table className="w-full text-sm">
        <tbody>
          {content.items.map((item) => (
            <tr key={item.productId} className="border-t border-ink/10">
              <th scope="row" className="py-1 pe-3 text-start font-normal">
                <bdi>{item.productId}</bdi>
              </th>
              <td className="num py-1 pe-3 text-ink-2">{formats.number(item.quantity)} ×</td>
              <td className="py-1 text-end">
                <bdi>{formats.money(item.price, item.currency)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          {totals(content).map(([currency, amount]) => (
            <tr key={currency} className="border-t border-ink/20 font-semibold">
              <th scope="row" colSpan={2} className="py-1 text-start">
                {t('order.total')}
              </th>
              <td className="py-1 text-end">
                <bdi>{formats.money(amount, currency)}</bdi>
              </td>
            </tr>
          ))}
        </tfoot>
      </table>
      {content.note !== undefined && (
        <div className="mt-1.5">
          <WrittenText text={content.note} />
        </div>
      )}
    </div>
  )
}

/** One sum for each currency: different money does not add up. */
function totals(order: Order): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>()
  for (const item of order.items) sums.set(item.currency, (sums.get(item.currency) ?? 0) + item.price * item.quantity)
  return [...sums]
}
