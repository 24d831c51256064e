import clsx from 'clsx'
import type { ReactNode } from 'react'
import { type BusinessNumber, canSend, isAppOnly, type NumberState } from '../../../contract/number.ts'
import { type MessageKey, useT } from '../../app/language.ts'

/** What a person reads for each state. */
export const STATE_WORDS: Record<NumberState, MessageKey> = {
  preparing: 'numberState.preparing',
  connecting: 'numberState.connecting',
  syncing: 'numberState.syncing',
  live: 'numberState.live',
  at_risk: 'numberState.at_risk',
  offboarded: 'numberState.offboarded',
  removed: 'numberState.removed',
  restricted: 'numberState.restricted',
  disabled: 'numberState.disabled',
}

/** A dot whose colour and name tell how the number's connection stands. */
export function NumberDot({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  const words = t(standingWords(number))
  return (
    <span title={words} className="flex flex-none">
      <span className={clsx('size-2 rounded-full', isAppOnly(number) ? 'bg-ink-3' : dotColour(number.state))} />
      <span className="sr-only">{words}</span>
    </span>
  )
}

/** The state in words, on its colour. */
export function NumberPill({ number }: { readonly number: BusinessNumber }): ReactNode {
  const t = useT()
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-2 rounded-full px-3.5 py-1 text-sm font-medium',
        isAppOnly(number) ? 'bg-hover text-ink-2' : tone(number.state),
      )}
    >
      <span aria-hidden="true" className="size-2 rounded-full bg-current" />
      {t(standingWords(number))}
    </span>
  )
}

/** A number on the phone alone has no connection to speak of. */
function standingWords(number: BusinessNumber): MessageKey {
  return isAppOnly(number) ? 'model.appOnly' : STATE_WORDS[number.state]
}

function tone(state: NumberState): string {
  if (isOnItsWay(state) || state === 'at_risk') return 'bg-phone-soft text-phone'
  return canSend(state) ? 'bg-agent-soft text-agent' : 'bg-danger-soft text-danger'
}

function dotColour(state: NumberState): string {
  if (state === 'live') return 'bg-ok'
  return isOnItsWay(state) || canSend(state) ? 'bg-phone' : 'bg-danger'
}

function isOnItsWay(state: NumberState): boolean {
  return state === 'preparing' || state === 'connecting'
}
