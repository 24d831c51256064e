import { toFields, valueHead, wamidSubject } from '../accounts/identity.ts'
import { wamid } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { wireBody } from './bodies-on-the-wire.ts'
import { type ChatEntry, type MessageBody, newEntry } from './entry.ts'
import { addEntry } from './store.ts'
import { tickPhoneMessage } from './ticks.ts'

/** The owner writes in the app: the chat shows it, an echo goes out unless it was written on an unsupported device, no status ever does. */
export function sendFromPhone(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  body: MessageBody,
  quoteWamid: string | null,
  mirrored = true,
): ChatEntry {
  const nowMs = world.clock.nowMs()
  const id = wamid(world.chance, wamidSubject(customer), true)
  const entry = newEntry({
    wamid: id,
    customerKey: customer.key,
    by: 'phone',
    atMs: nowMs,
    body,
    quoteWamid,
    ticks: 'sent',
  })
  addEntry(number, entry).unread = 0
  world.counters.add('phone_messages')
  world.chatChanged(number.id, customer.key)
  tickPhoneMessage(world, number, entry)
  if (mirrored) tellEcho(world, number, customer, { id, timestamp: stamp(nowMs), ...wireBody(world, body) })
  return entry
}

/** Tells one echo. Quotes are not told: implementers report `context` missing in echoes. */
export function tellEcho(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  message: Record<string, unknown>,
): void {
  if (number.connection !== 'connected') return
  number.limits.recentMs.push(world.clock.nowMs())
  world.counters.add('echo_webhooks')
  const contact = { ...(customer.phone ? { wa_id: customer.phone } : {}), user_id: customer.userId }
  tellNumber(world, number, 'smb_message_echoes', {
    ...valueHead(number),
    ...(customer.userId ? { contacts: [contact] } : {}),
    message_echoes: [{ from: number.business.phone, ...toFields(customer), ...message }],
  })
}
