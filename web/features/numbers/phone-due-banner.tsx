import { Link } from '@tanstack/react-router'
import clsx from 'clsx'
import { Smartphone } from 'lucide-react'
import type { ReactNode } from 'react'
import { type PhoneDue, phoneDue } from '../../../contract/phone-due.ts'
import { useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { OpenedButton } from './opened-button.tsx'
import { dueWords } from './phone-due-line.tsx'

/** Above the inbox from the tenth silent day on, for each phone: how long is left, and the one tap. */
export function PhoneDueBanner(): ReactNode {
  const t = useT()
  const nowMs = useNowMs()
  const numbers = Object.values(useSync((state) => state.inbox?.numbers) ?? {})
  return numbers.map((number) => {
    const due = phoneDue(number, nowMs)
    if (due === null || due.stage === 'fine') return null
    return (
      <div
        key={number.id}
        role="status"
        data-testid="phone-due"
        data-stage={due.stage}
        className={clsx('flex flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2 text-sm', toneOf(due.stage))}
      >
        <Smartphone aria-hidden="true" className="size-4 flex-none narrow:hidden" />
        <p className="min-w-0 flex-1">
          <strong className="font-semibold">
            {t('phoneDue.banner', { phone: `\u2066${number.displayPhone}\u2069` })}
          </strong>{' '}
          {t(dueWords(due), { count: due.daysLeft })}{' '}
          <Link to="/numbers/$numberId" params={{ numberId: number.id }} className="text-inherit underline">
            {t('phoneDue.why')}
          </Link>
        </p>
        <OpenedButton numberId={number.id} className="border-current/40! bg-transparent! text-inherit!" />
      </div>
    )
  })
}

function toneOf(stage: PhoneDue['stage']): string {
  return stage === 'remind' ? 'bg-phone-soft text-phone' : 'bg-danger-soft text-danger'
}
