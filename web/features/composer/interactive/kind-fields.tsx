import type { ReactNode } from 'react'
import { ADDRESS_COUNTRIES, COUNTS, LENGTHS } from '../../../../contract/send-limits.ts'
import { type MessageKey, useT } from '../../../app/language.ts'
import { SelectField } from '../../../ui/fields.tsx'
import { CardFields } from './card-fields.tsx'
import { NEW_SHELF } from './draft.ts'
import { Field, Together } from './field.tsx'
import type { PartProps } from './frame-fields.tsx'
import { ListFields } from './list-fields.tsx'
import { OfferPicker } from './offer-picker.tsx'
import { BillFields, OrderStateFields } from './order-fields.tsx'
import { Repeated } from './repeated.tsx'

const COUNTRIES: Record<(typeof ADDRESS_COUNTRIES)[number], MessageKey> = {
  IN: 'build.country.IN',
  SG: 'build.country.SG',
}

/** What a kind has beside its text. */
export function KindFields(props: PartProps): ReactNode {
  const { kind } = props.draft
  switch (kind) {
    case 'button':
      return <ReplyFields {...props} />
    case 'list':
      return <ListFields {...props} />
    case 'cta_url':
      return <LinkFields {...props} />
    case 'flow':
      return <FlowFields {...props} />
    case 'address_message':
      return <CountryField {...props} />
    case 'product':
    case 'catalog_message':
      return <ProductFields {...props} />
    case 'product_list':
      return <ShelfFields {...props} />
    case 'carousel':
      return <CardFields {...props} />
    case 'order_details':
      return <BillFields {...props} />
    case 'order_status':
      return <OrderStateFields {...props} />
    case 'location_request_message':
    case 'request_contact_info':
      return null
    default:
      return kind satisfies never
  }
}

function ReplyFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <>
      <Repeated
        legend={t('build.replies')}
        parts={draft.replies}
        max={COUNTS.buttons}
        fresh=""
        addLabel={t('build.addReply')}
        removeLabel={(number) => t('build.removeReply', { number })}
        onChange={(replies) => onChange({ replies })}
      >
        {(title, index, put) => (
          <Field
            label={t('build.reply', { number: index + 1 })}
            value={title}
            max={LENGTHS.label}
            place={`action.buttons.${index}.reply.title`}
            faults={faults}
            onChange={put}
          />
        )}
      </Repeated>
      <Together faults={faults} places={['action.buttons']} />
    </>
  )
}

function LinkFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <>
      <LabelField {...{ draft, faults, onChange }} place="action.parameters.display_text" max={LENGTHS.label} />
      <Field
        label={t('build.url')}
        value={draft.url}
        type="url"
        dir="ltr"
        place="action.parameters.url"
        faults={faults}
        onChange={(url) => onChange({ url })}
      />
    </>
  )
}

function FlowFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <>
      <LabelField {...{ draft, faults, onChange }} place="action.parameters.flow_cta" max={LENGTHS.flowCta} />
      <Field
        label={t('build.flowId')}
        hint={t('build.flowIdHint')}
        value={draft.flowId}
        dir="ltr"
        place="action.parameters.flow_id"
        faults={faults}
        onChange={(flowId) => onChange({ flowId })}
      />
      <OfferPicker kind="flows" onChoose={(flowId) => onChange({ flowId })} />
      <Field
        label={t('build.screen')}
        value={draft.screen}
        dir="ltr"
        optional
        place="action.parameters.flow_action_payload.screen"
        faults={faults}
        onChange={(screen) => onChange({ screen })}
      />
    </>
  )
}

function LabelField({
  draft,
  faults,
  onChange,
  place,
  max,
}: PartProps & { readonly place: string; readonly max: number }) {
  const t = useT()
  return (
    <Field
      label={t('build.label')}
      value={draft.label}
      onChange={(label) => onChange({ label })}
      {...{ faults, place, max }}
    />
  )
}

function CountryField({ draft, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <SelectField
      label={t('build.country')}
      value={draft.country}
      choices={ADDRESS_COUNTRIES.map((value) => ({ value, label: t(COUNTRIES[value]) }))}
      onChoose={(country) => onChange({ country })}
    />
  )
}

/** The catalogue's own message shows one product beside it, if one is named. */
function ProductFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const isProduct = draft.kind === 'product'
  return (
    <>
      {isProduct && <CatalogField {...{ draft, faults, onChange }} />}
      <Field
        label={t(isProduct ? 'build.productId' : 'build.thumbnail')}
        value={draft.productId}
        dir="ltr"
        optional={!isProduct}
        place={isProduct ? 'action.product_retailer_id' : 'action.parameters.thumbnail_product_retailer_id'}
        faults={faults}
        onChange={(productId) => onChange({ productId })}
      />
      <OfferPicker
        kind="products"
        onChoose={(productId, catalogId) => onChange({ productId, catalogId: catalogId ?? draft.catalogId })}
      />
    </>
  )
}

function CatalogField({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <Field
      label={t('build.catalogId')}
      hint={t('build.catalogIdHint')}
      value={draft.catalogId}
      dir="ltr"
      place="action.catalog_id"
      faults={faults}
      onChange={(catalogId) => onChange({ catalogId })}
    />
  )
}

function ShelfFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  return (
    <>
      <CatalogField {...{ draft, faults, onChange }} />
      <Repeated
        legend={t('build.shelves')}
        parts={draft.shelves}
        max={COUNTS.sections}
        fresh={NEW_SHELF}
        addLabel={t('build.addShelf')}
        removeLabel={(number) => t('build.removeShelf', { number })}
        onChange={(shelves) => onChange({ shelves })}
      >
        {(shelf, index, put) => (
          <div className="flex flex-col gap-2">
            <Field
              label={t('build.shelfTitle', { number: index + 1 })}
              value={shelf.title}
              max={LENGTHS.sectionTitle}
              optional={draft.shelves.length === 1}
              place={`action.sections.${index}.title`}
              faults={faults}
              onChange={(title) => put({ ...shelf, title })}
            />
            <Field
              label={t('build.products')}
              hint={t('build.productsHint')}
              value={shelf.products}
              lines
              place={`action.sections.${index}.product_items`}
              faults={faults}
              onChange={(products) => put({ ...shelf, products })}
            />
            <OfferPicker
              kind="products"
              onChoose={(id, catalogId) => {
                const products = [shelf.products.trimEnd(), id].filter((line) => line !== '').join('\n')
                const shelves = draft.shelves.map((one, at) => (at === index ? { ...one, products } : one))
                onChange({ shelves, catalogId: catalogId ?? draft.catalogId })
              }}
            />
          </div>
        )}
      </Repeated>
      <Together faults={faults} places={['action.sections']} />
    </>
  )
}
