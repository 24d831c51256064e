import { contactBlock, fromFields, toFields, valueHead } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { isMedia, wireBody } from '../chat/bodies-on-the-wire.ts'
import type { ChatEntry } from '../chat/entry.ts'
import { WEBHOOK_MEDIA_MS } from '../media/store.ts'
import { tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { deviceStamp } from './message.ts'

/** Milliseconds before onboarding: only media sent since then follow the history; older ones never come. */
const FOLLOW_UP_MS = 14 * 86_400_000
/** Milliseconds between two follow-ups. */
const GAP_MS = 120

/** The real media of the last 14 days, one webhook each, under the ids that the placeholders had. */
export function tellMediaFollowUps(world: World, number: BusinessNumber): void {
  const onboardedAtMs = number.onboarding.atMs ?? world.clock.nowMs()
  let index = 0
  for (const chat of number.chats.values()) {
    const customer = number.customers.get(chat.customerKey)
    if (!customer) continue
    for (const entry of chat.entries) {
      const recent = entry.atMs >= onboardedAtMs - FOLLOW_UP_MS && entry.atMs < onboardedAtMs
      if (!recent || entry.deleted || !isMedia(entry.body)) continue
      world.clock.at(world.clock.nowMs() + index++ * GAP_MS, () => tellMedia(world, number, customer, entry))
    }
  }
}

function tellMedia(world: World, number: BusinessNumber, customer: Customer, entry: ChatEntry): void {
  const media = world.media.get(String((entry.body[entry.body.type] as { id?: unknown }).id))
  if (media) {
    media.expiresAtMs = world.clock.nowMs() + WEBHOOK_MEDIA_MS
    // The number may have had another id when the message came.
    if (media.numberId !== '') media.numberId = number.id
  }
  world.counters.add('history_media')
  const content = { id: entry.wamid, timestamp: deviceStamp(world, entry.atMs), ...wireBody(world, entry.body) }
  if (entry.by === 'customer') {
    tellNumber(world, number, 'history', {
      ...valueHead(number),
      contacts: [contactBlock(number, customer)],
      messages: [{ ...fromFields(customer), ...content }],
    })
    return
  }
  const echo = { from: number.business.phone, ...toFields(customer), ...content }
  tellNumber(world, number, 'history', { ...valueHead(number), message_echoes: [echo] })
}
