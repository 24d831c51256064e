import { opaque } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import { syncContacts } from '../history/contacts.ts'
import { syncHistory } from '../history/sync.ts'
import type { World } from '../world.ts'
import type { GraphAnswer, GraphCall } from './call.ts'

/** Milliseconds after onboarding in which the two syncs may be asked for. */
const SYNC_MS = 24 * 3_600_000

/** `POST /{phone}/smb_app_data`: contacts and history, each once per onboarding. */
export function smbAppData(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const { messaging_product: product, sync_type: type } = call.input
  if (product !== 'whatsapp') return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  if (type !== 'smb_app_state_sync' && type !== 'history')
    return { code: 100, details: 'sync_type must be one of smb_app_state_sync, history.' }
  const { onboarding } = number
  if (number.connection !== 'connected' || onboarding.atMs === null) return { code: 133010 }
  if (world.clock.nowMs() - onboarding.atMs > SYNC_MS) return { code: 2593108 }
  const slot = type === 'history' ? 'historyRequestId' : 'contactsRequestId'
  if (onboarding[slot] !== null) return { code: 2593107 }
  const requestId = opaque(world.chance, 'request', 16)
  onboarding[slot] = requestId
  if (type === 'history') syncHistory(world, number)
  else syncContacts(world, number)
  return { json: { messaging_product: 'whatsapp', request_id: requestId } }
}
