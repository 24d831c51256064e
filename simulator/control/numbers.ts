import type { FastifyInstance } from 'fastify'
import { actOnDevice, deviceOf } from '../accounts/device.ts'
import { graphId, opaque } from '../accounts/ids.ts'
import { addCustomer, type BusinessNumber, type Customer } from '../accounts/number.ts'
import { changeAddressBook, changeIdentity } from '../accounts/people.ts'
import { perform } from '../chat/acts.ts'
import { chatList, chatMessages } from '../chat/view.ts'
import type { Act, DeviceAct, NewCustomer, NewIdentity } from '../control-api.ts'
import type { World } from '../world.ts'
import { answer, jsonBody } from './answer.ts'

/** `/control/numbers/{phoneNumberId}/…`: the phone and its customers. */
export function numberRoutes(app: FastifyInstance, world: World): void {
  const base = '/control/numbers/:numberId'
  const numberOf = (params: unknown): BusinessNumber | undefined =>
    world.numbers.get((params as { numberId: string }).numberId)
  const customerOf = (params: unknown): Customer | undefined =>
    numberOf(params)?.customers.get((params as { key: string }).key)
  const missing = { error: 'There is no such number or customer.' }

  app.get(`${base}/chats`, (request, reply) => {
    const number = numberOf(request.params)
    return answer(reply, number ? chatList(number, world.clock.nowMs()) : missing, 404)
  })
  app.get(`${base}/chats/:key`, (request, reply) => {
    const [number, customer] = [numberOf(request.params), customerOf(request.params)]
    const { before } = request.query as { before?: string }
    return answer(
      reply,
      number && customer ? chatMessages(number, customer.key, before === undefined ? null : Number(before)) : missing,
      404,
    )
  })
  app.post(`${base}/chats/:key/acts`, (request, reply) => {
    const [number, customer, body] = [numberOf(request.params), customerOf(request.params), jsonBody(request.body)]
    if (!number || !customer) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : actIn(world, number, customer, body))
  })
  app.get(`${base}/customers`, (request, reply) => {
    const number = numberOf(request.params)
    return answer(reply, number ? [...number.customers.values()] : missing, 404)
  })
  app.post(`${base}/customers`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    if (!number) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : newCustomer(world, number, body as unknown as NewCustomer))
  })
  app.put(`${base}/customers/:key/identity`, (request, reply) => {
    const [number, customer, body] = [numberOf(request.params), customerOf(request.params), jsonBody(request.body)]
    if (!number || !customer) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : changeIdentity(world, number, customer, body as NewIdentity))
  })
  app.put(`${base}/contacts/:key`, (request, reply) => {
    const [number, customer, body] = [numberOf(request.params), customerOf(request.params), jsonBody(request.body)]
    if (!number || !customer) return answer(reply, missing, 404)
    const { addressBookName: name } = body as { addressBookName?: unknown }
    if (name !== null && typeof name !== 'string')
      return answer(reply, { error: 'addressBookName is a name, or null to remove the contact.' })
    return answer(reply, changeAddressBook(world, number, customer, name))
  })
  app.get(`${base}/device`, (request, reply) => {
    const number = numberOf(request.params)
    return answer(reply, number ? deviceOf(number) : missing, 404)
  })
  app.post(`${base}/device`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    if (!number) return answer(reply, missing, 404)
    if ('error' in body) return answer(reply, body)
    if (!DEVICE_ACTS.includes(String(body.do)))
      return answer(reply, { error: `do is one of ${DEVICE_ACTS.join(', ')}.` })
    return answer(reply, actOnDevice(world, number, body as unknown as DeviceAct) ?? deviceOf(number))
  })
}

const DEVICE_ACTS = [
  'disconnect',
  'reregister',
  'change_number',
  'switch_off',
  'switch_on',
  'unlink_device',
  'link_device',
]
const ACTS = ['send', 'react', 'edit', 'delete', 'read', 'call', 'pay']
const OUTCOMES = ['pending', 'captured', 'failed']
/** A day: longer calls are a mistake of who asks for them. */
const CALL_SECONDS_MAX = 86_400
const MESSAGE_TYPES = [
  'text',
  'image',
  'video',
  'audio',
  'document',
  'sticker',
  'location',
  'contacts',
  'order',
  'unsupported',
  'reply',
]

function actIn(
  world: World,
  number: BusinessNumber,
  customer: Customer,
  body: Readonly<Record<string, unknown>>,
): unknown {
  if (!ACTS.includes(String(body.do))) return { error: `do is one of ${ACTS.join(', ')}.` }
  if (body.by !== 'customer' && body.by !== 'phone') return { error: 'by is customer or phone.' }
  const message = body.message as { type?: unknown } | undefined
  if (body.do === 'send' && !MESSAGE_TYPES.includes(String(message?.type)))
    return { error: `message.type is one of ${MESSAGE_TYPES.join(', ')}.` }
  if (body.do === 'pay' && !OUTCOMES.includes(String(body.outcome)))
    return { error: `outcome is one of ${OUTCOMES.join(', ')}.` }
  const { seconds = 0 } = body
  if (body.do === 'call' && !(typeof seconds === 'number' && seconds >= 0 && seconds <= CALL_SECONDS_MAX))
    return { error: `seconds is a number up to ${CALL_SECONDS_MAX}.` }
  return perform(world, number, customer, body as unknown as Act)
}

function newCustomer(world: World, number: BusinessNumber, wish: NewCustomer): unknown {
  if (typeof wish.profileName !== 'string' || wish.profileName === '') return { error: 'profileName is missing.' }
  const key = wish.key ?? `new-${opaque(world.chance, 'customer', 8)}`
  if (number.customers.has(key)) return { error: `There is a customer ${key} already.` }
  const { country } = number.business
  const phone =
    wish.phone === undefined ? `${number.business.phone.slice(0, 4)}${graphId(world.chance).slice(0, 8)}` : wish.phone
  if (phone !== null && number.customerByPhone.has(phone)) return { error: `Somebody has the number ${phone} already.` }
  return addCustomer(number, {
    key,
    profileName: wish.profileName,
    language: wish.language ?? 'ar',
    phone,
    userId: wish.userId === undefined ? `${country}.${graphId(world.chance)}` : wish.userId,
    username: wish.username ?? null,
    addressBookName: wish.addressBookName ?? null,
  })
}
