import { Link } from '@tanstack/react-router'
import { AlarmClock } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from '../../app/language.ts'
import { useFormats, useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { alarmOf } from './sync-progress.ts'

/** On every page, while a sync's deadline is near and its request has not gone through: the first such number. */
export function SyncAlarm(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const nowMs = useNowMs()
  const numbers = useSync((state) => state.inbox?.numbers)
  for (const number of Object.values(numbers ?? {})) {
    const sync = alarmOf(number.syncs, nowMs)
    if (sync === undefined) continue
    const phone = `\u2066${number.displayPhone}\u2069`
    const name = t(sync.kind === 'history' ? 'sync.alarmHistory' : 'sync.alarmContacts', { phone })
    return (
      <p
        role="alert"
        data-testid="sync-alarm"
        className="flex flex-wrap items-center justify-center gap-2 bg-danger-soft px-4 py-1.5 text-center text-sm text-danger"
      >
        <AlarmClock aria-hidden="true" className="size-4 flex-none narrow:hidden" />
        <span>{t('sync.alarm', { name, time: formats.time(sync.deadlineMs ?? 0) })}</span>
        <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="font-medium text-danger underline">
          {t('sync.alarmOpen')}
        </Link>
      </p>
    )
  }
  return null
}
