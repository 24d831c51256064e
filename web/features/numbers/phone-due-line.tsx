import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { BusinessNumber } from '../../../contract/number.ts'
import { type PhoneDue, phoneDue } from '../../../contract/phone-due.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useNowMs } from '../../app/use-formats.ts'

/** In one line: when the phone of a number has to be opened next. Nothing for a number without a phone. */
export function PhoneDueLine({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const due = phoneDue(number, useNowMs())
  if (due === null) return null
  const tone = due.stage === 'fine' ? 'text-ink-3' : due.stage === 'remind' ? 'text-phone' : 'text-danger'
  return (
    <span data-testid="phone-due-line" className={clsx('block text-sm', tone)}>
      {t(dueWords(due), { count: due.daysLeft })}
    </span>
  )
}

/** How long is left, as a sentence; `count` is the days. */
export function dueWords(due: Pick<PhoneDue, 'stage'>): MessageKey {
  switch (due.stage) {
    case 'fine':
      return 'phoneDue.fine'
    case 'remind':
      return 'phoneDue.remind'
    case 'urgent':
      return 'phoneDue.urgent'
    case 'over':
      return 'phoneDue.over'
    default:
      return due.stage satisfies never
  }
}
