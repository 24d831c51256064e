import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useState } from 'react'
import type { Offer, OffersAnswer, OfferTrouble } from '../../../../contract/api/offers.ts'
import type { NumberId } from '../../../../contract/ids.ts'
import { failureWords } from '../../../app/failure-words.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { get } from '../../../sync/api.ts'
import { SearchField } from '../../../ui/search-field.tsx'
import { Skeleton } from '../../../ui/states.tsx'

/** Which number's lists are offered in a form. */
export const OffersOf = createContext<NumberId>('')

/** How long a list is shown without asking anew. Milliseconds; the server keeps it as long. */
const FRESH_MS = 60_000
const TROUBLES: Record<'flows' | 'products', Record<OfferTrouble, MessageKey>> = {
  flows: {
    refused: 'offer.flows.refused',
    unreachable: 'offer.unreachable',
    no_catalogue: 'offer.products.no_catalogue',
  },
  products: {
    refused: 'offer.products.refused',
    unreachable: 'offer.unreachable',
    no_catalogue: 'offer.products.no_catalogue',
  },
}

/** Meta's list of what the business has, to be searched and chosen from; the id can be typed all the same. */
export function OfferPicker(props: {
  readonly kind: 'flows' | 'products'
  readonly onChoose: (id: string, catalogId: string | null) => void
}): ReactNode {
  const t = useT()
  const [open, setOpen] = useState(false)
  return (
    <details className="text-sm" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="w-fit text-ink-2 underline underline-offset-2 phone:py-3">
        {t(props.kind === 'flows' ? 'offer.flows' : 'offer.products')}
      </summary>
      {open && (
        <List
          kind={props.kind}
          onChoose={(id, catalogId) => {
            props.onChoose(id, catalogId)
            setOpen(false)
          }}
        />
      )}
    </details>
  )
}

function List({
  kind,
  onChoose,
}: {
  readonly kind: 'flows' | 'products'
  readonly onChoose: (id: string, catalogId: string | null) => void
}): ReactNode {
  const t = useT()
  const numberId = useContext(OffersOf)
  const [sought, setSought] = useState('')
  const result = useQuery({
    queryKey: ['offers', kind, numberId],
    queryFn: () => get<OffersAnswer>(`/numbers/${numberId}/${kind}`),
    staleTime: FRESH_MS,
  }).data
  if (result === undefined) return <Skeleton className="mt-2 h-24" />
  if (!result.ok) return <Note>{failureWords(t, result.failure)}</Note>
  const { offers, catalogId, more, trouble } = result.value
  if (trouble !== null) return <Note>{t(TROUBLES[kind][trouble])}</Note>
  const found = offers.filter((offer) => fits(offer, sought))
  return (
    <div className="mt-2 rounded-sm border border-line p-2">
      <SearchField label={t('offer.search')} value={sought} onChange={setSought} />
      {found.length === 0 && <Note>{t('offer.none')}</Note>}
      <ul aria-label={t(kind === 'flows' ? 'offer.flows' : 'offer.products')} className="mt-1 max-h-56 overflow-y-auto">
        {found.map((offer) => (
          <li key={offer.id}>
            <button
              type="button"
              onClick={() => onChoose(offer.id, catalogId)}
              className="flex min-h-9 w-full flex-wrap items-baseline gap-x-2 rounded-sm px-2 py-1 text-start hover:bg-hover phone:min-h-11"
            >
              <bdi>{offer.name}</bdi>
              <bdi className="text-xs text-ink-3">{offer.id}</bdi>
              {offer.price !== undefined && <bdi className="ms-auto text-xs text-ink-2">{offer.price}</bdi>}
            </button>
          </li>
        ))}
      </ul>
      {more && <Note>{t('offer.more')}</Note>}
    </div>
  )
}

function Note({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <p role="status" className="mt-1 text-sm text-ink-2">
      {children}
    </p>
  )
}

function fits({ id, name }: Offer, sought: string): boolean {
  const words = sought.trim().toLocaleLowerCase()
  return name.toLocaleLowerCase().includes(words) || id.toLowerCase().includes(words)
}
