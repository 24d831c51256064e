import { fromFields, wamidSubject } from '../accounts/identity.ts'
import { wamid } from '../accounts/ids.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { Act } from '../control-api.ts'
import { stamp } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { wireBody } from './bodies-on-the-wire.ts'
import { messageBody } from './body.ts'
import { placeCall } from './calls.ts'
import { sendFromPhone, tellEcho } from './echo.ts'
import type { ChatEntry, MessageBody } from './entry.ts'
import { openWindow, receiveMessage, tellEvent } from './inbound.ts'
import { pay } from './payments.ts'
import { readByCustomer } from './statuses.ts'
import { chatOf } from './store.ts'

/** Milliseconds: how long WhatsApp lets people edit a message, and delete it for everybody. */
const EDIT_MS_MAX = 15 * 60_000
const DELETE_MS_MAX = 60 * 3_600_000

/** Orders, taps on buttons, and what no webhook can show. */
const FROM_CUSTOMERS_ONLY = ['order', 'unsupported', 'reply']

export type ActResult = { readonly wamid: string } | { readonly error: string }

/** Does what a person does in a chat: the owner on the phone, or the customer. */
export function perform(world: World, number: BusinessNumber, customer: Customer, act: Act): ActResult {
  if (act.by === 'phone' && act.do !== 'read' && number.offSinceMs !== null)
    return { error: 'The phone is switched off.' }
  if (act.do === 'send') return send(world, number, customer, act)
  if (act.do === 'read') return read(world, number, customer, act.by)
  if (act.do === 'call') return call(world, number, customer, act)
  const target = number.entries.get(act.wamid)
  if (!target || target.customerKey !== customer.key) return { error: `There is no message ${act.wamid} in this chat.` }
  if (target.deleted) return { error: 'The message was deleted.' }
  if (target.body.type === 'call') return { error: 'A call is no message.' }
  if (act.do === 'pay') {
    if (act.by === 'phone') return { error: 'Only customers pay.' }
    const error = pay(world, number, customer, target, act.outcome)
    return error === null ? { wamid: target.wamid } : { error }
  }
  if (act.do === 'react') return react(world, number, customer, act.by, target, act.emoji)
  const mine = act.by === 'customer' ? target.by === 'customer' : target.by !== 'customer'
  if (!mine) return { error: 'Only who wrote a message can edit or delete it.' }
  if (act.do === 'edit') return edit(world, number, customer, target, act.text)
  return remove(world, number, customer, target)
}

function send(world: World, number: BusinessNumber, customer: Customer, act: Extract<Act, { do: 'send' }>): ActResult {
  if ('mediaId' in act.message && !world.media.get(act.message.mediaId))
    return { error: `There is no media ${act.message.mediaId}.` }
  if (act.by === 'phone' && FROM_CUSTOMERS_ONLY.includes(act.message.type)) {
    return { error: `Only customers send what is called ${act.message.type} here.` }
  }
  const body = messageBody(world, number, act.message)
  const quoteWamid = act.quoteWamid ?? null
  const mirrored = act.unsupportedDevice === undefined
  if (act.by === 'phone') return { wamid: sendFromPhone(world, number, customer, body, quoteWamid, mirrored).wamid }
  if (number.management.blocked.has(customer.key)) return { error: 'The business has blocked this customer.' }
  return { wamid: receiveMessage(world, number, customer, body, act).wamid }
}

function call(world: World, number: BusinessNumber, customer: Customer, act: Extract<Act, { do: 'call' }>): ActResult {
  if (act.by === 'phone' && number.apiOnly) return { error: 'No phone holds this number.' }
  if (act.by === 'customer' && number.management.blocked.has(customer.key))
    return { error: 'The business has blocked this customer.' }
  return { wamid: placeCall(world, number, customer, act) }
}

/** Opening the chat: the owner's unread count goes (Meta tells nobody); the customer's reading makes `read` statuses. */
function read(world: World, number: BusinessNumber, customer: Customer, by: Act['by']): ActResult {
  const chat = chatOf(number, customer.key)
  if (by === 'phone') chat.unread = 0
  else for (const entry of chat.entries) readByCustomer(world, number, customer, entry)
  world.chatChanged(number.id, customer.key)
  return { wamid: chat.entries.at(-1)?.wamid ?? '' }
}

function react(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  by: Act['by'],
  target: ChatEntry,
  emoji: string | null,
): ActResult {
  const reaction = { message_id: target.wamid, ...(emoji ? { emoji } : {}) }
  if (by === 'customer') target.customerReaction = emoji
  else target.businessReaction = emoji
  return tellAct(world, number, customer, by, { type: 'reaction', reaction })
}

function edit(world: World, number: BusinessNumber, customer: Customer, target: ChatEntry, text: string): ActResult {
  if (world.clock.nowMs() - target.atMs > EDIT_MS_MAX) return { error: 'A message can be edited for 15 minutes.' }
  const body = editedBody(target.body, text)
  if (!body) return { error: 'Only text and captions can be edited.' }
  if (target.by === 'api') return { error: 'What the Cloud API sent cannot be edited.' }
  target.body = body
  target.edited = true
  const { type, ...content } = wireBody(world, body)
  const message = { context: { id: 'M0' }, type, ...content }
  return tellAct(world, number, customer, who(target), {
    type: 'edit',
    edit: { original_message_id: target.wamid, message },
  })
}

function remove(world: World, number: BusinessNumber, customer: Customer, target: ChatEntry): ActResult {
  if (world.clock.nowMs() - target.atMs > DELETE_MS_MAX)
    return { error: 'A message can be deleted for everybody for about two days.' }
  target.deleted = true
  return tellAct(world, number, customer, who(target), {
    type: 'revoke',
    revoke: { original_message_id: target.wamid },
  })
}

/** Tells a reaction, edit or deletion, which are messages of their own. */
function tellAct(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  by: Act['by'],
  body: MessageBody,
): ActResult {
  const nowMs = world.clock.nowMs()
  const id = wamid(world.chance, wamidSubject(customer), by === 'phone')
  world.chatChanged(number.id, customer.key)
  if (number.connection !== 'connected') return { wamid: id }
  if (by === 'phone') tellEcho(world, number, customer, { id, timestamp: stamp(nowMs), ...body })
  else {
    if (body.type === 'reaction') openWindow(number, chatOf(number, customer.key), nowMs)
    tellEvent(world, number, customer, { ...fromFields(customer), id, timestamp: stamp(nowMs), ...body })
  }
  return { wamid: id }
}

function editedBody(body: MessageBody, text: string): MessageBody | null {
  if (body.type === 'text') return { type: 'text', text: { body: text } }
  if (!['image', 'video', 'document'].includes(body.type)) return null
  return { ...body, [body.type]: { ...(body[body.type] as object), caption: text } }
}

function who(entry: ChatEntry): Act['by'] {
  return entry.by === 'customer' ? 'customer' : 'phone'
}
