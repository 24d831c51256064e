import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { chatOf } from '../chat/store.ts'
import type { GraphFailure } from '../graph/call.ts'
import { handOver, ownerOf } from '../routing/thread-owner.ts'
import type { World } from '../world.ts'
import type { SendType } from './check-message.ts'

/** 131070 while the thread is the other partner's. Meta's own agent gives way to everything but a template. */
export function ownershipFailure(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  type: SendType,
): GraphFailure | null {
  const owner = ownerOf(number, chatOf(number, customer.key), world.clock.nowMs())
  if (owner !== 'partner') return null
  return number.routing?.partnerRole === 'ai_agent' && type !== 'template' ? null : { code: 131070 }
}

/** Who writes has the thread. That an agent's giving way is told as a hand-over is decided here. */
export function takeThread(world: World, number: BusinessNumber, customer: Customer): void {
  const chat = chatOf(number, customer.key)
  if (ownerOf(number, chat, world.clock.nowMs()) === 'partner')
    handOver(world, number, { customer, chat, to: 'us', how: 'control_passed' })
  else chat.owner = 'us'
}
