import { identityKeyHash } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { GraphAnswer, GraphCall, GraphFailure } from '../graph/call.ts'
import { isAnimatedWebp } from '../media/animated.ts'
import type { World } from '../world.ts'
import { acceptMessage } from './accept.ts'
import { badValue, isPart, type Part } from './check.ts'
import type { LookUpMedia } from './check-media.ts'
import { checkMessage, type SendType } from './check-message.ts'
import { ownershipFailure } from './ownership.ts'
import { takePair, takeThroughput } from './rate.ts'
import { findRecipient, type Recipient } from './recipient.ts'
import { checkParameters, findTemplate } from './template-parameters.ts'

/** Milliseconds: reactions reach back, and mark-as-read too, this far. */
const REACH_MS = 30 * 86_400_000

/** `POST /{phone}/messages`: a message, a mark-as-read, or a typing indicator. */
export async function sendMessage(
  world: World,
  number: BusinessNumber,
  call: GraphCall,
  failLater: number | null,
): Promise<GraphAnswer> {
  const { input } = call
  if (number.connection !== 'connected') return { code: 133010 }
  if (input.status !== undefined) return markRead(world, number, input)
  if (input.messaging_account_id !== undefined && input.messaging_account_id !== number.accountId)
    return { code: 100, details: 'messaging_account_id is not a Messaging account of this number.' }
  const shape = checkMessage(input, lookUp(world, number))
  if (shape) return shape
  const type = (input.type ?? 'text') as SendType
  const recipient = findRecipient(number, input)
  if ('code' in recipient) return recipient
  const refused = checkTarget(world, number, type, input) ?? checkIdentity(input, recipient.customer)
  if (refused) return refused
  const template = checkTemplate(world, number, type, input, recipient)
  if (template && 'code' in template) return template
  const nowMs = world.clock.nowMs()
  const foreign = ownershipFailure(world, number, recipient.customer, type)
  if (foreign) return foreign
  const limited =
    throttleFault(world, number) ?? takePair(number, recipient.customer.key, nowMs) ?? takeThroughput(number, nowMs)
  if (limited) return limited
  return { json: await acceptMessage(world, number, { type, input, recipient, template, failLater }) }
}

function markRead(world: World, number: BusinessNumber, input: Part): GraphAnswer {
  if (input.messaging_product !== 'whatsapp')
    return { code: 100, message: '(#100) The parameter messaging_product is required.' }
  if (input.status !== 'read') return { code: 100, details: 'Param status must be one of {READ}.' }
  if (typeof input.message_id !== 'string') return { code: 131008, details: "Parameter 'message_id' is mandatory." }
  const entry = number.entries.get(input.message_id)
  if (entry?.by !== 'customer' || world.clock.nowMs() - entry.atMs > REACH_MS) {
    return badValue('Message ID must be of a message received by this number in the last 30 days.')
  }
  const typing = input.typing_indicator
  if (typing !== undefined && (!isPart(typing) || typing.type !== 'text'))
    return { code: 100, details: "Param typing_indicator['type'] must be text." }
  world.counters.add(typing === undefined ? 'api_reads' : 'api_typing')
  return { json: { success: true } }
}

function lookUp(world: World, number: BusinessNumber): LookUpMedia {
  return (id) => {
    const media = world.media.get(id)
    if (!media || media.deleted || media.expiresAtMs <= world.clock.nowMs()) return null
    if (media.numberId !== number.id && media.numberId !== '') return null
    const bytes = world.media.open(id)?.bytes ?? Buffer.alloc(0)
    return { media, size: bytes.length, animated: isAnimatedWebp(bytes) }
  }
}

/** What a reaction or a reply points at must exist; Meta refuses reactions to what is old, deleted or a reaction. */
function checkTarget(world: World, number: BusinessNumber, type: SendType, input: Part): GraphFailure | null {
  if (type === 'reaction' && isPart(input.reaction)) {
    const target = number.entries.get(String(input.reaction.message_id))
    if (!target || target.deleted || world.clock.nowMs() - target.atMs > REACH_MS)
      return badValue('Message ID must be of a message of the last 30 days that is neither deleted nor a reaction.')
  }
  return null
}

/** 137000 when the caller expects another identity than the recipient's. */
function checkIdentity(input: Part, customer: Customer): GraphFailure | null {
  const { recipient_identity_key_hash: expected } = input
  return expected === undefined || expected === identityKeyHash(customer) ? null : { code: 137000 }
}

type TemplateCheck = ReturnType<typeof findTemplate> | null

function checkTemplate(
  world: World,
  number: BusinessNumber,
  type: SendType,
  input: Part,
  recipient: Recipient,
): TemplateCheck {
  const account = world.accounts.get(number.accountId)
  if (type !== 'template' || !isPart(input.template) || !account) return null
  const template = findTemplate(account, input.template)
  if ('code' in template) return template
  if (template.category === 'AUTHENTICATION' && recipient.byUserId) return { code: 131062 }
  return checkParameters(template, input.template) ?? template
}

function throttleFault(world: World, number: BusinessNumber): GraphFailure | null {
  const { faults } = world.settings
  const hit = faults.graphThrottleRatio > 0 && world.chance.next(`throttle ${number.id}`) < faults.graphThrottleRatio
  return hit ? { code: 130429 } : null
}
