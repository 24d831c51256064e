import type { ReactNode } from 'react'
import { COUNTS, LENGTHS } from '../../../../contract/send-limits.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { SelectField } from '../../../ui/fields.tsx'
import { type CardDraft, type CardKind, NEW_CARD } from './draft.ts'
import { Field } from './field.tsx'
import type { Faults } from './find-faults.ts'
import { HeaderFields, type PartProps } from './frame-fields.tsx'
import { OfferPicker } from './offer-picker.tsx'
import { Repeated } from './repeated.tsx'

const KINDS: readonly (readonly [CardKind, MessageKey])[] = [
  ['link', 'build.cards.link'],
  ['reply', 'build.cards.reply'],
  ['product', 'build.cards.product'],
]

/** Cards beside each other, all of one kind. */
export function CardFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <>
      <SelectField
        label={t('build.cardsAre')}
        value={draft.cardsAre}
        choices={KINDS.map(([value, words]) => ({ value, label: t(words) }))}
        onChoose={(cardsAre) => onChange({ cardsAre })}
      />
      {draft.cardsAre === 'product' && (
        <Field
          label={t('build.catalogId')}
          hint={t('build.catalogIdHint')}
          value={draft.catalogId}
          dir="ltr"
          place="action.cards.0.action.catalog_id"
          faults={faults}
          onChange={(catalogId) => onChange({ catalogId })}
        />
      )}
      <Repeated
        legend={t('template.cards')}
        parts={draft.cards}
        min={COUNTS.cardsMin}
        max={COUNTS.cards}
        fresh={NEW_CARD}
        addLabel={t('template.addCard')}
        removeLabel={(number) => t('build.removeCard', { number })}
        onChange={(cards) => onChange({ cards })}
      >
        {(card, index, put) => (
          <fieldset className="flex flex-col gap-3 rounded-sm border border-line p-3">
            <legend className="px-1 text-sm">{t('template.card', { number: index + 1 })}</legend>
            {draft.cardsAre === 'product' ? (
              <>
                <Field
                  label={t('build.productId')}
                  value={card.productId}
                  dir="ltr"
                  place={`action.cards.${index}.action.product_retailer_id`}
                  faults={faults}
                  onChange={(productId) => put({ ...card, productId })}
                />
                <OfferPicker
                  kind="products"
                  onChoose={(productId, catalogId) => {
                    const cards = draft.cards.map((one, at) => (at === index ? { ...one, productId } : one))
                    onChange({ cards, catalogId: catalogId ?? draft.catalogId })
                  }}
                />
              </>
            ) : (
              <PictureCard
                card={card}
                isLink={draft.cardsAre === 'link'}
                place={`action.cards.${index}`}
                faults={faults}
                onChange={put}
              />
            )}
          </fieldset>
        )}
      </Repeated>
    </>
  )
}

function PictureCard(props: {
  readonly card: CardDraft
  readonly isLink: boolean
  readonly place: string
  readonly faults: Faults
  readonly onChange: (card: CardDraft) => void
}): ReactNode {
  const t = useT()
  const { card, isLink, place, faults, onChange } = props
  return (
    <>
      <HeaderFields
        header={card.header}
        kinds={['image', 'video']}
        {...{ faults, place: `${place}.header` }}
        onChange={(header) => onChange({ ...card, header })}
      />
      <Field
        label={t('build.cardBody')}
        value={card.body}
        max={LENGTHS.body}
        optional
        lines
        place={`${place}.body.text`}
        faults={faults}
        onChange={(body) => onChange({ ...card, body })}
      />
      <Field
        label={t('build.label')}
        value={card.label}
        max={LENGTHS.label}
        place={isLink ? `${place}.action.parameters.display_text` : `${place}.action.buttons.0.quick_reply.title`}
        faults={faults}
        onChange={(label) => onChange({ ...card, label })}
      />
      {isLink && (
        <Field
          label={t('build.url')}
          value={card.url}
          type="url"
          dir="ltr"
          place={`${place}.action.parameters.url`}
          faults={faults}
          onChange={(url) => onChange({ ...card, url })}
        />
      )}
    </>
  )
}
