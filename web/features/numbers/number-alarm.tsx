import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Unplug } from 'lucide-react'
import type { ReactNode } from 'react'
import { canSend } from '../../../contract/number.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { alarms, REASON_WORDS } from './state-words.ts'

/** Above the inbox, for each number that is lost or soon will be: why, and where the way back is told. */
export function NumberAlarm(): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const numbers = Object.values(useSync((state) => state.inbox?.numbers) ?? {})
  return numbers
    .filter((number) => alarms(number, nowMs))
    .map((number) => (
      <div
        key={number.id}
        role={canSend(number.state) ? 'status' : 'alert'}
        data-testid="number-alarm"
        data-state={number.state}
        className={clsx(
          'flex items-center gap-3 px-4 py-2 text-sm',
          canSend(number.state) ? 'bg-phone-soft text-phone' : 'bg-danger-soft text-danger',
        )}
      >
        <Unplug aria-hidden="true" className="size-4 flex-none narrow:hidden" />
        <p className="min-w-0 flex-1">
          <strong className="font-semibold num">{number.displayPhone}</strong>
          {' · '}
          {number.stateReason !== null && t(REASON_WORDS[number.stateReason])}{' '}
          <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="text-inherit underline">
            {t('alarm.open')}
          </Link>
        </p>
      </div>
    ))
}
