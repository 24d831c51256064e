import type { FastifyInstance } from 'fastify'
import type { Account } from '../accounts/account.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import type { FreeAnswers, MessagingLimit } from '../control-api.ts'
import { tellAccount } from '../webhook/tell.ts'
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
  app.put(`${base}/messaging-limit`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    const account = number && world.accounts.get(number.accountId)
    if (!account) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : setTier(world, account, body.tier))
  })
  app.put(`${base}/free-answers`, (request, reply) => {
    const [number, body] = [numberOf(request.params), jsonBody(request.body)]
    if (!number) return answer(reply, missing, 404)
    return answer(reply, 'error' in body ? body : setFreeAnswers(number, body.used, world.clock.nowMs()))
  })
}

/** Meta moves the portfolio to another limit, and says so. */
function setTier(world: World, account: Account, tier: unknown): MessagingLimit | { readonly error: string } {
  if (typeof tier !== 'string' || !/^TIER_(\d+K?|UNLIMITED)$/.test(tier))
    return { error: 'tier is one of Meta’s words, as TIER_250, TIER_2K or TIER_UNLIMITED.' }
  account.messagingTier = tier
  const value = { max_daily_conversations_per_business: tier, max_phone_numbers_per_business: 20 }
  tellAccount(world, account.id, 'business_capability_update', value)
  return { tier }
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
