import type { FastifyInstance } from 'fastify'
import type { BusinessNumber } from '../accounts/number.ts'
import type { PartnerAct, Routing } from '../control-api.ts'
import { actAsPartner } from '../routing/partner.ts'
import { ROLES } from '../routing/thread-owner.ts'
import type { World } from '../world.ts'
import { answer, jsonBody } from './answer.ts'

const ACTS = ['send', 'pass', 'release', 'take']

/** `/control/numbers/{phoneNumberId}/routing` and `…/chats/{key}/partner`: another partner on the number. */
export function partnerRoutes(app: FastifyInstance, world: World): void {
  const base = '/control/numbers/:numberId'
  const missing = { error: 'There is no such number or customer.' }
  app.put(`${base}/routing`, (request, reply) => {
    const { numberId } = request.params as { numberId: string }
    const [number, body] = [world.numbers.get(numberId), jsonBody(request.body)]
    if (!number) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : setRouting(number, body))
  })
  app.post(`${base}/chats/:key/partner`, (request, reply) => {
    const { numberId, key } = request.params as { numberId: string; key: string }
    const number = world.numbers.get(numberId)
    const [customer, body] = [number?.customers.get(key), jsonBody(request.body)]
    if (!number || !customer) return answer(reply, missing, 404)
    if ('error' in body) return answer(reply, body)
    if (!ACTS.includes(String(body.do))) return answer(reply, { error: `do is one of ${ACTS.join(', ')}.` })
    if (body.do === 'send' && (typeof body.text !== 'string' || body.text === ''))
      return answer(reply, { error: 'text is missing.' })
    return answer(reply, actAsPartner(world, number, customer, body as unknown as PartnerAct))
  })
}

function setRouting(number: BusinessNumber, body: Readonly<Record<string, unknown>>): unknown {
  const { ourRole, partnerRole } = body
  if (partnerRole === null) number.routing = null
  else {
    const known = (role: unknown): boolean => ROLES.some((each) => each === role)
    if (!known(ourRole) || !known(partnerRole) || ourRole === partnerRole)
      return { error: `ourRole and partnerRole are two of ${ROLES.join(', ')}; or partnerRole is null.` }
    number.routing = { ourRole, partnerRole } as Routing
  }
  return number.routing ?? {}
}
