import { opaque } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import { chatOf } from '../chat/store.ts'
import { handOver, ownerOf, ROLES } from '../routing/thread-owner.ts'
import { isPart } from '../send/check.ts'
import type { World } from '../world.ts'
import type { GraphAnswer, GraphCall, GraphFailure } from './call.ts'

const ACTIONS = ['pass', 'release', 'take']
/** Characters. */
const METADATA_MAX = 2_000

/**
 * `POST /{phone}/thread_control`: passing, releasing or taking a thread. On a number without a second partner there is
 * nobody to pass to: accepted, and nothing comes of it.
 */
export function threadControl(world: World, number: BusinessNumber, call: GraphCall): GraphAnswer {
  const failure = checkShape(call.input)
  if (failure) return failure
  const { action, to, recipient, control_pass: pass, metadata } = call.input
  if (action === 'take' && number.routing?.ourRole !== 'escalation') return { code: 2494191 }
  const customer = find(number, to, recipient)
  if (number.routing !== null) {
    if (!customer) return { code: 100, details: 'There is no conversation with this recipient.' }
    const chat = chatOf(number, customer.key)
    const owner = ownerOf(number, chat, world.clock.nowMs())
    if (action === 'take') handOver(world, number, { customer, chat, to: 'us', how: 'control_taken' })
    else if (owner === 'partner') return { code: 131070 }
    else if (action === 'release') chat.owner = null
    else if (!isPart(pass) || pass.target_role !== number.routing.partnerRole)
      return { code: 100, details: 'No partner on this number has the target role.' }
    else {
      const more = typeof metadata === 'string' ? { metadata } : {}
      handOver(world, number, { customer, chat, to: 'partner', how: 'control_passed', ...more })
    }
  }
  return { json: { messaging_product: 'whatsapp', request_id: opaque(world.chance, 'request', 16) } }
}

function checkShape(input: GraphCall['input']): GraphFailure | null {
  const { messaging_product: product, action, to, recipient, control_pass: pass, metadata } = input
  if (product !== 'whatsapp') return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  if (!ACTIONS.includes(String(action))) return { code: 100, details: `action must be one of ${ACTIONS.join(', ')}.` }
  if ((to === undefined) === (recipient === undefined)) return { code: 100, details: 'Give either to or recipient.' }
  if (action === 'pass' && !(isPart(pass) && ROLES.some((role) => role === pass.target_role)))
    return { code: 100, details: `control_pass.target_role must be one of ${ROLES.join(', ')}.` }
  return String(metadata ?? '').length > METADATA_MAX
    ? { code: 100, details: `metadata must be at most ${METADATA_MAX} characters long.` }
    : null
}

function find(number: BusinessNumber, to: unknown, recipient: unknown): Customer | undefined {
  const key =
    to === undefined
      ? number.customerByUserId.get(String(recipient))
      : number.customerByPhone.get(String(to).replace(/\D/g, ''))
  return number.customers.get(key ?? '')
}
