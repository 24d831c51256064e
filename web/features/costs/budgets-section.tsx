import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import type { Budget, BudgetBody, BudgetsAnswer } from '../../../contract/api/budgets.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { get, post } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { Button } from '../../ui/button.tsx'
import { SelectField, TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { ProgressBar } from '../../ui/states.tsx'
import { MILLIONTHS, useMoney } from './use-money.ts'

/** Budgets of a month: how far they are spent, and for the owner to set and take away. */
export function BudgetsSection(): ReactNode {
  const t = useT()
  const queries = useQueryClient()
  const isOwner = useSync((state) => state.session?.me?.role === 'owner')
  const answer = useQuery({ queryKey: ['costs', 'budgets'], queryFn: () => get<BudgetsAnswer>('/costs/budgets') }).data
  const saving = useMutation({
    mutationFn: (body: BudgetBody) => post<undefined>('/costs/budgets', body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['costs'] }),
  })
  if (answer?.ok !== true) return null
  const { budgets, currency } = answer.value
  return (
    <Section title={t('costs.budgets')} lead={t('costs.budgetsLead')}>
      {budgets.length === 0 && <p className="text-ink-2">{t('costs.noBudget')}</p>}
      <ul className="flex flex-col gap-4">
        {budgets.map((budget) => (
          <BudgetLine
            key={budget.id}
            budget={budget}
            currency={currency}
            onRemove={isOwner ? () => saving.mutate({ ...budget, amount: null }) : null}
          />
        ))}
      </ul>
      {isOwner && <BudgetForm currency={currency} busy={saving.isPending} onSave={saving.mutate} />}
      {saving.data?.ok === false && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, saving.data.failure)}
        </p>
      )}
    </Section>
  )
}

function BudgetLine(props: {
  readonly budget: Budget
  readonly currency: string
  readonly onRemove: (() => void) | null
}): ReactNode {
  const t = useT()
  const money = useMoney(props.currency)
  const { numberId, amount, spent, hardStop, passedPercent } = props.budget
  const number = useSync((state) => (numberId === null ? undefined : state.inbox?.numbers[numberId]))
  const name = numberId === null ? t('costs.allNumbers') : (number?.displayPhone ?? numberId)
  const over = (passedPercent ?? 0) >= 100
  return (
    <li className="flex flex-col gap-1.5" data-testid="budget">
      <div className="flex items-center gap-3">
        <bdi className="flex-1 font-medium">{name}</bdi>
        {props.onRemove !== null && (
          <Button look="ghost" onClick={props.onRemove}>
            {t('costs.removeBudget')}
          </Button>
        )}
      </div>
      <ProgressBar label={name} percent={(spent / amount) * 100} />
      <p className={over ? 'text-sm text-danger' : 'text-sm text-ink-2'}>
        {t('costs.spentOf', { spent: money(spent), amount: money(amount) })}{' '}
        {over ? t(hardStop ? 'costs.overStopped' : 'costs.over') : hardStop ? t('costs.willStop') : ''}
      </p>
    </li>
  )
}

function BudgetForm(props: {
  readonly currency: string
  readonly busy: boolean
  readonly onSave: (body: BudgetBody) => void
}): ReactNode {
  const t = useT()
  const numbers = Object.values(useSync((state) => state.inbox?.numbers) ?? {})
  const [numberId, setNumberId] = useState('')
  const [amount, setAmount] = useState('')
  const [hardStop, setHardStop] = useState(false)
  const millionths = Math.round(Number(amount) * MILLIONTHS)
  return (
    <form
      className="mt-4 flex flex-wrap items-end gap-3 border-t border-line pt-4"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSave({ numberId: numberId === '' ? null : numberId, amount: millionths, hardStop })
        setAmount('')
      }}
    >
      <SelectField
        label={t('costs.budgetFor')}
        value={numberId}
        choices={[
          { value: '', label: t('costs.allNumbers') },
          ...numbers.map(({ id, displayPhone }) => ({ value: id, label: displayPhone })),
        ]}
        onChoose={setNumberId}
      />
      <TextField
        label={t('costs.budgetAmount', { currency: props.currency })}
        type="number"
        required
        min="0.01"
        step="0.01"
        value={amount}
        onChange={setAmount}
      />
      <label className="flex min-h-9 items-center gap-2 text-sm phone:min-h-11">
        <input type="checkbox" checked={hardStop} onChange={(event) => setHardStop(event.target.checked)} />
        {t('costs.hardStop')}
      </label>
      <Button look="primary" type="submit" disabled={props.busy || !(millionths > 0)}>
        {t('costs.setBudget')}
      </Button>
    </form>
  )
}
