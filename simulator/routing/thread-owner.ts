import { valueHead } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { Chat } from '../chat/entry.ts'
import type { ThreadOwner, ThreadRole } from '../control-api.ts'
import { stamp, tellNumber } from '../webhook/tell.ts'
import type { World } from '../world.ts'

/** What a partner may be on a number (https://developers.facebook.com/documentation/business-messaging/whatsapp/conversation-routing). */
export const ROLES: readonly ThreadRole[] = [
  'ai_agent',
  'ctwa',
  'customer_service',
  'escalation',
  'marketing',
  'utility',
]

/**
 * Who may write in a thread: always we on a number without a second partner; nobody in particular (`null`) once the
 * customer was silent for the 24 hours that the reply window lasts, too.
 */
export function ownerOf(number: BusinessNumber, chat: Chat, nowMs: number): ThreadOwner {
  if (number.routing === null) return 'us'
  return nowMs < chat.windowUntilMs ? chat.owner : null
}

/** To be called before the window is opened anew: a thread that has fallen idle does not go back to its last owner. */
export function settleOwner(number: BusinessNumber, chat: Chat, nowMs: number): void {
  chat.owner = ownerOf(number, chat, nowMs)
}

/** The thread changes hands, which is told: `control_passed` by who had it, `control_taken` by the escalation partner. */
export function handOver(
  world: World,
  number: BusinessNumber,
  handed: {
    readonly customer: Customer
    readonly chat: Chat
    readonly to: 'us' | 'partner'
    readonly how: 'control_passed' | 'control_taken'
    readonly metadata?: string
  },
): void {
  const { customer, chat, to, how, metadata } = handed
  const { routing } = number
  if (routing === null) return
  const roles = { us: routing.ourRole, partner: routing.partnerRole }
  chat.owner = to
  world.counters.add('handovers')
  tellNumber(world, number, 'messaging_handovers', {
    ...valueHead(number),
    type: how,
    sender: customer.phone ? { phone_number: customer.phone } : { user_id: customer.userId },
    timestamp: stamp(world.clock.nowMs()),
    [how]: {
      previous_owner_role: roles[to === 'us' ? 'partner' : 'us'],
      new_owner_role: roles[to],
      ...(metadata === undefined ? {} : { metadata }),
    },
  })
}
