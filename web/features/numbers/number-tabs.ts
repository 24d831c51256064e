import type { MessageKey } from '../../app/language.ts'

/** The tabs of a number's page, in the order in which they stand. Their routes are in `web/app/number-routes.tsx`. */
export const NUMBER_TABS = [
  { to: '/numbers/$numberId', words: 'number.overview', unconnected: true },
  { to: '/numbers/$numberId/health', words: 'number.health', unconnected: false },
  { to: '/numbers/$numberId/devices', words: 'number.devices', unconnected: true },
  { to: '/numbers/$numberId/account', words: 'number.account', unconnected: false },
  { to: '/numbers/$numberId/gaps', words: 'gaps.tab', unconnected: false },
  { to: '/numbers/$numberId/duty', words: 'duty.tab', unconnected: true },
  { to: '/numbers/$numberId/mode', words: 'number.mode', unconnected: true },
] as const satisfies readonly {
  readonly to: string
  readonly words: MessageKey
  /** Whether it says anything of a number that was never connected. */
  readonly unconnected: boolean
}[]
