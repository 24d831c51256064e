import type { StateReason } from '../../../contract/state-reason.ts'
import type { MessageKey } from '../../app/language.ts'
import type { PlaybookPage } from '../playbooks/built-in.ts'

/** What to do about a number, in order, and what that does and does not bring back. */
export interface WayBack {
  readonly steps: readonly MessageKey[]
  /** What stays and what cannot come back; `null`: nothing is lost. */
  readonly remains: MessageKey | null
  /** The number is connected anew. */
  readonly connects: boolean
  readonly page: Extract<PlaybookPage, 'keep-alive' | 'troubleshooting'>
  readonly section: string
}

const REMOVED = {
  remains: 'wayBack.removedRemains',
  connects: true,
  page: 'keep-alive',
  section: 'lost',
} as const satisfies Partial<WayBack>
const SUSPENDED = {
  remains: 'wayBack.suspendedRemains',
  connects: true,
  page: 'keep-alive',
  section: 'lost',
} as const satisfies Partial<WayBack>
const JUDGED = {
  remains: null,
  connects: false,
  page: 'troubleshooting',
  section: 'number',
} as const satisfies Partial<WayBack>

const WAYS: Record<StateReason, WayBack | null> = {
  connected: null,
  history_ended: null,
  confirmed: null,
  risk_over: null,
  phone_silent: {
    steps: ['wayBack.openPhone', 'wayBack.sayOpened'],
    remains: null,
    connects: false,
    page: 'keep-alive',
    section: 'open-the-phone',
  },
  token_ending: { steps: ['wayBack.newAccess'], remains: null, connects: true, page: 'keep-alive', section: 'token' },
  payment_failing: { steps: ['wayBack.payment'], remains: null, connects: false, page: 'keep-alive', section: 'token' },
  flagged: { steps: ['wayBack.writeLess', 'wayBack.quality'], ...JUDGED },
  device_changed: { steps: ['wayBack.confirmOnPhone', 'wayBack.orConnect'], ...SUSPENDED, section: 'new-phone' },
  suspended: { steps: ['wayBack.openPhone', 'wayBack.orConnect'], ...SUSPENDED },
  not_on_phone: { steps: ['wayBack.installApp', 'wayBack.connectShare'], ...SUSPENDED },
  not_in_api: { steps: ['wayBack.connectShare'], ...SUSPENDED },
  token_expired: { steps: ['wayBack.connectAccess'], ...SUSPENDED, section: 'token' },
  account_disconnected: { steps: ['wayBack.askWhy', 'wayBack.connectShare'], ...REMOVED },
  business_downgrade: { steps: ['wayBack.installApp', 'wayBack.connectShare'], ...REMOVED },
  change_number: { steps: ['wayBack.connectNew'], ...REMOVED },
  user_re_registered: { steps: ['wayBack.openPhone', 'wayBack.connectShare'], ...REMOVED, section: 'new-phone' },
  primary_inactivity: { steps: ['wayBack.openPhone', 'wayBack.connectShare'], ...REMOVED, section: 'open-the-phone' },
  companion_inactivity: { steps: ['wayBack.connectShare'], ...REMOVED },
  access_lost: { steps: ['wayBack.askWhy', 'wayBack.connectShare'], ...REMOVED },
  restricted_by_meta: { steps: ['wayBack.writeLess', 'wayBack.quality'], ...JUDGED },
  banned: { steps: ['wayBack.review'], ...JUDGED },
  deleted: { steps: ['wayBack.connectNew'], ...JUDGED, connects: true, remains: 'wayBack.removedRemains' },
}

/** The way back from a state for this reason; `null` when there is nothing to be done. */
export function wayBack(reason: StateReason | null): WayBack | null {
  return reason === null ? null : WAYS[reason]
}
