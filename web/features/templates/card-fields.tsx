import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { componentOf, type TemplateComponent } from '../../../contract/template.ts'
import { CARD_BODY_LENGTH_MAX, CARDS_MAX } from '../../../contract/template-rules.ts'
import type { TemplateFault } from '../../../contract/template-rules-text.ts'
import { useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { BodyFields } from './body-fields.tsx'
import { withComponent } from './builder-state.ts'
import { ButtonFields } from './button-fields.tsx'
import { Faults } from './faults.tsx'
import { HeaderFields } from './header-fields.tsx'

type Card = NonNullable<TemplateComponent['cards']>[number]
const NEW_CARD: Card = {
  components: [
    { type: 'HEADER', format: 'IMAGE' },
    { type: 'BODY', text: '' },
    { type: 'BUTTONS', buttons: [{ type: 'QUICK_REPLY', text: '' }] },
  ],
}

/** Two cards to begin with: fewer Meta does not take. */
export function newCarousel(): TemplateComponent {
  return { type: 'CAROUSEL', cards: [NEW_CARD, NEW_CARD] }
}

/** Cards that stand beside each other: each a picture, a text and buttons, all of one shape. */
export function CardFields({
  carousel,
  named,
  faults,
  onChange,
}: {
  readonly carousel: TemplateComponent
  readonly named: boolean
  readonly faults: readonly TemplateFault[]
  readonly onChange: (carousel: TemplateComponent) => void
}): ReactNode {
  const t = useT()
  const cards = carousel.cards ?? []
  const put = (next: readonly Card[]) => onChange({ ...carousel, cards: [...next] })
  return (
    <div className="flex flex-col gap-3">
      {cards.map((card, index) => {
        const place = `card.${index}`
        const set = (type: string, part: TemplateComponent | null) =>
          put(cards.with(index, { components: withComponent(card.components, type, part) }))
        return (
          <fieldset key={place} className="flex flex-col gap-3 rounded-md border border-line p-3">
            <legend className="px-1 text-sm font-medium">{t('template.card', { number: index + 1 })}</legend>
            <HeaderFields
              header={componentOf(card.components, 'HEADER')}
              formats={['IMAGE', 'VIDEO']}
              place={`${place}.header`}
              onChange={(header) => set('HEADER', header)}
              {...{ named, faults }}
            />
            <BodyFields
              body={componentOf(card.components, 'BODY') ?? { type: 'BODY', text: '' }}
              max={CARD_BODY_LENGTH_MAX}
              place={`${place}.body`}
              onChange={(body) => set('BODY', body)}
              {...{ named, faults }}
            />
            <ButtonFields
              buttons={componentOf(card.components, 'BUTTONS')?.buttons ?? []}
              place={`${place}.buttons`}
              onChange={(buttons) => set('BUTTONS', { type: 'BUTTONS', buttons })}
              faults={faults}
            />
            <p>
              <Button look="ghost" onClick={() => put(cards.toSpliced(index, 1))}>
                {t('template.removeCard')}
              </Button>
            </p>
          </fieldset>
        )
      })}
      <p>
        <Button disabled={cards.length >= CARDS_MAX} onClick={() => put([...cards, cards.at(-1) ?? NEW_CARD])}>
          <Plus aria-hidden="true" className="size-4" />
          {t('template.addCard')}
        </Button>
      </p>
      <Faults faults={faults} place="cards" />
    </div>
  )
}
