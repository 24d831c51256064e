import type { ReactNode } from 'react'
import type { ContactsContent } from '../../../../contract/message-content.ts'
import { useT } from '../../../app/language.ts'
import { Avatar } from '../../../ui/avatar.tsx'

/** Contact cards somebody sent. */
export function CardsContent({ content }: { readonly content: ContactsContent }): ReactNode {
  const t = useT()
  return (
    <div className="flex min-w-56 flex-col gap-2">
      {content.requested === true && <p className="text-xs text-ink-3">{t('cards.requested')}</p>}
      {content.cards.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: cards of one message never change their order
        <div key={`${index} ${card.name}`} className="flex gap-3">
          <Avatar name={card.name} seed={card.name} />
          <div className="min-w-0 text-sm">
            <bdi className="block text-base font-medium">{card.name}</bdi>
            {card.organisation !== undefined && <bdi className="block text-ink-2">{card.organisation}</bdi>}
            {card.position !== undefined && <bdi className="block text-ink-2">{card.position}</bdi>}
            {card.phones.map((phone) => (
              <span key={phone.phone} className="num block text-ink-2">
                {phone.phone}
              </span>
            ))}
            {[...card.emails, ...(card.urls ?? []), ...(card.addresses ?? [])].map((line) => (
              <bdi key={line} className="block text-ink-2">
                {line}
              </bdi>
            ))}
            {card.birthday !== undefined && <span className="num block text-ink-2">{card.birthday}</span>}
          </div>
        </div>
      ))}
    </div>
  )
}
