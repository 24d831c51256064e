import type { FastifyInstance } from 'fastify'
import type { BusinessNumber } from '../accounts/number.ts'
import type { FreeAnswers } from '../control-api.ts'
import type { World } from '../world.ts'
import { answer, jsonBody } from './answer.ts'

/** `/control/numbers/{phoneNumberId}/…`: what Meta's invoices depend on. */
export function billingRoutes(app: FastifyInstance, world: World): void {
  const base = '/control/numbers/:numberId'
  const numberOf = (params: unknown): BusinessNumber | undefined =>
    world.numbers.get((params as { numberId: string }).numberId)
  const missing = { error: 'There is no such number.' }

  app.put(`${base}/payment`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    const account = number && world.accounts.get(number.accountId)
    if (!account) return answer(reply, missing, 404)
    if ('error' in body) return answer(reply, body)
    if (typeof body.fails !== 'boolean') return answer(reply, { error: 'fails is true or false.' })
    account.paymentFails = body.fails
    return answer(reply, { fails: body.fails })
  })
  app.put(`${base}/free-answers`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    if (!number) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : setFreeAnswers(number, body.used, world.clock.nowMs()))
  })
}

/** As if so many of the month's free service messages had been delivered already. */
function setFreeAnswers(
  number: BusinessNumber,
  used: unknown,
  nowMs: number,
): FreeAnswers | { readonly error: string } {
  if (typeof used !== 'number' || !Number.isInteger(used) || used < 0)
    return { error: 'used is a whole number from 0.' }
  number.limits.freeServiceByMonth.set(new Date(nowMs).toISOString().slice(0, 7), used)
  return { used }
}
