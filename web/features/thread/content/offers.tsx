import type { ReactNode } from 'react'
import type { InteractiveContent as Interactive } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { WrittenText } from './written-text.tsx'

/** A message of ours with buttons, a list or a link; or a product somebody sent. */
export function InteractiveContent({ content }: { readonly content: Interactive }): ReactNode {
  const t = useT()
  return (
    <div>
      {content.header !== undefined && (
        <p dir="auto" className="font-semibold">
          {content.header}
        </p>
      )}
      {content.body === undefined ? (
        <p className="text-ink-2">{t('type.interactive')}</p>
      ) : (
        <WrittenText text={content.body} />
      )}
      {content.productId !== undefined && <bdi className="block text-sm text-ink-2">{content.productId}</bdi>}
      {content.footer !== undefined && (
        <p dir="auto" className="text-sm text-ink-3">
          {content.footer}
        </p>
      )}
      {content.buttons.length > 0 && (
        <ul aria-label={t('interactive.buttons')} className="mt-2 flex flex-wrap gap-1.5">
          {content.buttons.map((button, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons of one message never change their order
              key={`${index} ${button}`}
              dir="auto"
              className="rounded-full border border-bot/35 px-2.5 text-sm text-bot"
            >
              {button}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
