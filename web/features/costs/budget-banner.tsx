import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Coins, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Budget, BudgetsAnswer } from '../../../contract/api/budgets.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import { IconButton } from '../../ui/button.tsx'
import { useMoney } from './use-money.ts'

/** Nobody should write long against a budget that has just been spent. Milliseconds. */
const ASK_EVERY_MS = 15_000
/** Alarms that somebody has put aside in this browser; so many of them are remembered. */
const KEY = 'wasl.budget-seen'
const SEEN_MAX = 50

/** Above the inbox, for each budget of which a share was passed: how far it is spent, until somebody has seen it. */
export function BudgetBanner(): ReactNode {
  const answer = useQuery({
    queryKey: ['costs', 'budgets'],
    queryFn: () => get<BudgetsAnswer>('/costs/budgets'),
    refetchInterval: ASK_EVERY_MS,
  }).data
  const [seen, setSeen] = useState(readSeen)
  if (answer?.ok !== true) return null
  const { budgets, month, currency } = answer.value
  return budgets.map((budget) => {
    const alarm = `${budget.id} ${month} ${budget.passedPercent}`
    if (budget.passedPercent === null || seen.includes(alarm)) return null
    const putAside = () => {
      const all = [...seen, alarm].slice(-SEEN_MAX)
      setSeen(all)
      keepSeen(all)
    }
    return <Alarm key={budget.id} budget={budget} currency={currency} onClose={putAside} />
  })
}

function Alarm(props: { readonly budget: Budget; readonly currency: string; readonly onClose: () => void }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const money = useMoney(props.currency)
  const { numberId, passedPercent, amount, hardStop } = props.budget
  const number = useSync((state) => (numberId === null ? undefined : state.inbox?.numbers[numberId]))
  const spent = (passedPercent ?? 0) >= 100
  return (
    <div
      role="status"
      data-testid="budget-alarm"
      data-percent={passedPercent}
      className={clsx(
        'flex items-center gap-x-3 px-4 py-2 text-sm',
        spent ? 'bg-danger-soft text-danger' : 'bg-note-soft text-note',
      )}
    >
      <Coins aria-hidden="true" className="size-4 flex-none narrow:hidden" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">
          {t('costs.alarm', { percent: formats.percent(passedPercent ?? 0), amount: money(amount) })}
        </strong>{' '}
        {number !== undefined && <span className="num">{number.displayPhone} </span>}
        {spent && hardStop && `${t('costs.alarmStopped')} `}
        <Link to="/costs" className="text-inherit underline">
          {t('costs.alarmMore')}
        </Link>
      </p>
      <IconButton label={t('costs.alarmSeen')} onClick={props.onClose} className="text-inherit!">
        <X aria-hidden="true" className="size-4" />
      </IconButton>
    </div>
  )
}

function readSeen(): readonly string[] {
  return (localStorage.getItem(KEY) ?? '').split('\n')
}

function keepSeen(alarms: readonly string[]): void {
  try {
    localStorage.setItem(KEY, alarms.join('\n'))
  } catch {
    // No room: they are put aside until the page is loaded again.
  }
}
