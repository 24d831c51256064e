import type { ReactNode } from 'react'
import { CURRENCY_OF } from '../../../../contract/payment-rules.ts'
import { LENGTHS } from '../../../../contract/send-limits.ts'
import { useT } from '../../../app/language.ts'
import { SelectField } from '../../../ui/fields.tsx'
import { ORDER_STATE_WORDS } from '../../thread/order-words.ts'
import { NEW_ITEM, ORDER_STATES } from './draft.ts'
import { Field } from './field.tsx'
import type { PartProps } from './frame-fields.tsx'
import { PayFields } from './pay-fields.tsx'
import { Repeated } from './repeated.tsx'

/** How many goods a bill is written for by hand. */
const ITEMS_MAX = 20

/** A bill: what, how many, for how much, and by what it is paid. */
export function BillFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const { order } = draft
  return (
    <>
      <ReferenceField {...{ draft, faults, onChange }} />
      <Repeated
        legend={t('build.items')}
        parts={order.items}
        max={ITEMS_MAX}
        fresh={NEW_ITEM}
        addLabel={t('build.addItem')}
        removeLabel={(number) => t('build.removeItem', { number })}
        onChange={(items) => onChange({ order: { ...order, items } })}
      >
        {(item, index, put) => (
          <div className="grid gap-2 sm:grid-cols-3">
            <Field
              label={t('build.itemName', { number: index + 1 })}
              value={item.name}
              max={LENGTHS.itemName}
              place={`action.parameters.order.items.${index}.name`}
              faults={faults}
              onChange={(name) => put({ ...item, name })}
            />
            <Field
              label={t('build.itemPrice', { currency: CURRENCY_OF[order.market] })}
              value={item.price}
              dir="ltr"
              inputMode="decimal"
              place={`order.items.${index}.price`}
              faults={faults}
              onChange={(price) => put({ ...item, price })}
            />
            <Field
              label={t('build.itemQuantity')}
              value={item.quantity}
              dir="ltr"
              inputMode="numeric"
              place={`order.items.${index}.quantity`}
              faults={faults}
              onChange={(quantity) => put({ ...item, quantity })}
            />
          </div>
        )}
      </Repeated>
      <Field
        label={t('build.tax')}
        hint={t('build.taxHint')}
        value={order.tax}
        dir="ltr"
        inputMode="decimal"
        optional
        place="order.tax"
        faults={faults}
        onChange={(tax) => onChange({ order: { ...order, tax } })}
      />
      <PayFields {...{ draft, faults, onChange }} />
    </>
  )
}

/** What became of an order that was billed before. */
export function OrderStateFields({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const { order } = draft
  return (
    <>
      <ReferenceField {...{ draft, faults, onChange }} />
      <SelectField
        label={t('build.orderState')}
        value={order.state}
        choices={ORDER_STATES.map((value) => ({ value, label: t(ORDER_STATE_WORDS[value]) }))}
        onChoose={(state) => onChange({ order: { ...order, state } })}
      />
      <Field
        label={t('build.orderNote')}
        value={order.note}
        optional
        max={LENGTHS.orderNote}
        place="action.parameters.order.description"
        faults={faults}
        onChange={(note) => onChange({ order: { ...order, note } })}
      />
    </>
  )
}

function ReferenceField({ draft, faults, onChange }: PartProps): ReactNode {
  const t = useT()
  const isLonger = draft.order.market === 'BR'
  return (
    <Field
      label={t('build.reference')}
      value={draft.order.reference}
      dir="ltr"
      max={isLonger ? LENGTHS.referenceIdInBrazil : LENGTHS.referenceId}
      hint={t('build.referenceHint')}
      place="action.parameters.reference_id"
      faults={faults}
      onChange={(reference) => onChange({ order: { ...draft.order, reference } })}
    />
  )
}
