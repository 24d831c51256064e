import type { ReactNode } from 'react'
import type { Wamid } from '../../../contract/ids.ts'
import type { Quote } from '../../../contract/message.ts'
import { type Translate, useT } from '../../app/language.ts'
import { typeWords } from './message-words.ts'
import { originOf } from './origin.tsx'

/** What a message answers; pressing it goes to the original. */
export function QuoteBlock({
  quote,
  onJump,
}: {
  readonly quote: Quote
  readonly onJump: (wamid: Wamid) => void
}): ReactNode {
  const t = useT()
  const origin = quote.preview === undefined ? null : originOf(quote.preview.author)
  return (
    <button
      type="button"
      onClick={() => onJump(quote.wamid)}
      className="mb-1.5 block w-full rounded border-s-3 border-accent bg-ink/5 px-2 py-1 text-start text-sm text-ink-2 hover:bg-ink/10 phone:min-h-11"
    >
      <span className="sr-only">{t('quote.go')}</span>
      <span className="block text-xs font-medium text-ink-2">
        {origin === null ? (quote.preview === undefined ? t('quote.unknown') : t('quote.customer')) : t(origin.words)}
      </span>
      {quote.preview !== undefined && (
        <span dir="auto" className="line-clamp-2 [overflow-wrap:anywhere]">
          {previewWords(t, quote.preview)}
        </span>
      )}
      {quote.productId !== undefined && (
        <span className="block text-xs">{t('quote.product', { id: quote.productId })}</span>
      )}
    </button>
  )
}

function previewWords(t: Translate, preview: NonNullable<Quote['preview']>): string {
  if (preview.deleted) return t('message.deleted')
  return preview.text === '' ? typeWords(t, preview.type, preview.voice) : preview.text
}
