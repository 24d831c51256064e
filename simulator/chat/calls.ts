import { contactBlock, fromFields, valueHead, wamidSubject } from '../accounts/identity.ts'
import { callId } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { Act } from '../control-api.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { type Chat, newEntry } from './entry.ts'
import { openWindow } from './inbound.ts'
import { addEntry } from './store.ts'

/** Seconds that it rings before the call is taken, and before a caller gives up. */
const TAKEN_AFTER_S = 5
const GIVEN_UP_AFTER_S = 45
/** What a caller's session offers; nobody here speaks, so that it only has the form. */
const OFFER = { sdp_type: 'offer', sdp: 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\n' }

/**
 * A call stands in the chat; a customer's opens the window, taken or not. With a phone it rings there and is told to nobody.
 * A number of the API alone is told of a customer's call: that it rings, and that it is over.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/calling/user-initiated-calls
 */
export function placeCall(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  { by, seconds = 0 }: Extract<Act, { do: 'call' }>,
): string {
  const nowMs = world.clock.nowMs()
  const { id, chat } = putCall(world, number, customer, { by, atMs: nowMs })
  world.counters.add('calls')
  world.chatChanged(number.id, customer.key)
  if (by === 'phone' || number.connection !== 'connected') return id
  openWindow(number, chat, nowMs)
  if (!number.apiOnly) return id
  const call = { ...fromFields(customer), to: number.business.phone, id, direction: 'USER_INITIATED' }
  tellCall(world, number, customer, { ...call, event: 'connect', timestamp: stamp(nowMs), session: OFFER })
  const startMs = nowMs + TAKEN_AFTER_S * 1000
  const endMs = seconds > 0 ? startMs + seconds * 1000 : nowMs + GIVEN_UP_AFTER_S * 1000
  const spoken = { start_time: stamp(startMs), end_time: stamp(endMs), duration: seconds }
  const end = { event: 'terminate', timestamp: stamp(endMs), status: seconds > 0 ? 'COMPLETED' : 'FAILED' }
  world.clock.at(endMs, () => tellCall(world, number, customer, { ...call, ...end, ...(seconds > 0 ? spoken : {}) }))
  return id
}

/** Puts a call into the chat, where it stays: calls are never shared as history. */
export function putCall(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  { by, atMs }: { readonly by: Act['by']; readonly atMs: number },
): { readonly id: string; readonly chat: Chat } {
  const id = callId(world.chance, wamidSubject(customer), by === 'phone')
  const entry = newEntry({ wamid: id, customerKey: customer.key, by, atMs, body: { type: 'call', call: {} } })
  return { id, chat: addEntry(number, entry) }
}

function tellCall(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  call: Readonly<Record<string, unknown>>,
): void {
  if (number.connection !== 'connected') return
  world.counters.add('call_webhooks')
  tellNumber(world, number, 'calls', {
    ...valueHead(number),
    contacts: [contactBlock(number, customer)],
    calls: [call],
  })
}
