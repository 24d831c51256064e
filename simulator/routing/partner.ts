import { toFields, valueHead, wamidSubject } from '../accounts/identity.ts'
import { wamid } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { newEntry } from '../chat/entry.ts'
import { planStatuses } from '../chat/statuses.ts'
import { addEntry, chatOf } from '../chat/store.ts'
import type { PartnerAct } from '../control-api.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { handOver, ownerOf } from './thread-owner.ts'

/** What the other partner on the number does in a thread; one sentence when it cannot be done. */
export function actAsPartner(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  act: PartnerAct,
): { error: string } | { wamid: string } | { owner: string | null } {
  const { routing } = number
  if (routing === null) return { error: 'There is no other partner on this number; set one by PUT …/routing.' }
  const chat = chatOf(number, customer.key)
  const owner = ownerOf(number, chat, world.clock.nowMs())
  if (act.do === 'take') {
    if (routing.partnerRole !== 'escalation') return { error: 'Only the escalation partner may take a thread.' }
    handOver(world, number, { customer, chat, to: 'partner', how: 'control_taken' })
    return { owner: chat.owner }
  }
  if (owner === 'us') return { error: 'The thread is ours: the other partner can do nothing in it.' }
  if (act.do === 'send') return { wamid: write(world, number, customer, act.text) }
  if (owner === null) return { error: 'The thread belongs to nobody.' }
  if (act.do === 'release') chat.owner = null
  else {
    const { metadata } = act
    handOver(world, number, { customer, chat, to: 'us', how: 'control_passed', ...(metadata ? { metadata } : {}) })
  }
  return { owner: chat.owner }
}

/** A message that the other partner sends by the Cloud API: we hear of it and of its statuses on standby. */
function write(world: World, number: BusinessNumber, customer: Customer, text: string): string {
  const nowMs = world.clock.nowMs()
  const id = wamid(world.chance, wamidSubject(customer), true)
  const body = { type: 'text', text: { body: text } }
  const entry = newEntry({ wamid: id, customerKey: customer.key, by: 'api', atMs: nowMs, body, ticks: 'pending' })
  const chat = addEntry(number, entry)
  chat.owner = 'partner'
  chat.unread = 0
  // Throughput is shared by the partners of a number.
  number.limits.recentMs.push(nowMs)
  world.counters.add('partner_messages')
  world.chatChanged(number.id, customer.key)
  const echo = { from: number.business.phone, ...toFields(customer), id, timestamp: stamp(nowMs), ...body }
  tellNumber(world, number, 'standby', { ...valueHead(number), standby: { message_echoes: [echo] } })
  const failure = chat.windowUntilMs > nowMs ? null : 131047
  const out = { entry, customer, callbackData: null, category: 'service', byUserId: false, voice: false } as const
  planStatuses(world, number, { ...out, partner: true }, failure, false)
  return id
}
