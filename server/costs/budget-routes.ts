import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type BudgetsAnswer, budgetBody, type EstimateAnswer } from '../../contract/api/budgets.ts'
import { type PricesAnswer, pricesQuery } from '../../contract/api/costs.ts'
import { PRICE_CATEGORIES } from '../../contract/costs.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace } from '../platform/db.ts'
import { putBudget, readBudgets } from './budget-store.ts'
import { readCostSettings } from './cost-store.ts'
import { type CountCostsDeps, raiseAlarms } from './count-costs.ts'
import { monthOf } from './month-span.ts'
import { readEstimate } from './read-estimate.ts'
import { readPrices } from './read-prices.ts'
import type { CostRoutesDeps } from './routes.ts'

const estimateQuery = z.object({ category: z.enum(PRICE_CATEGORIES).default('service') })
const idParams = z.object({ id: z.uuid() })

/** `GET` and `POST /api/v1/costs/budgets`, and what a message will cost: `GET /api/v1/costs/prices`, `/api/v1/conversations/{id}/estimate`. */
export function budgetRoutes(app: FastifyInstance, deps: CostRoutesDeps & CountCostsDeps): void {
  const { database, clock, ids } = deps
  const identityOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity
  }

  app.get('/api/v1/costs/budgets', async (request): Promise<BudgetsAnswer> => {
    const { workspaceId } = await identityOf(request)
    return readWorkspace(database, workspaceId, async (sql) => {
      const { currency, timeZone } = await readCostSettings(sql, workspaceId)
      const month = monthOf(clock.nowMs(), timeZone)
      return { month, currency, budgets: await readBudgets(sql, workspaceId, month, currency) }
    })
  })

  app.post('/api/v1/costs/budgets', async (request, reply) => {
    const { workspaceId, member } = await identityOf(request)
    if (member.role !== 'owner') throw new ApiFault('owner_only')
    const budget = { ...readInput(budgetBody, request.body), id: ids.next() }
    const by = { memberId: member.id, now: new Date(clock.nowMs()) }
    await inWorkspace(database, workspaceId, async (sql) => {
      await putBudget(sql, workspaceId, budget, by)
      // A budget that is spent already says so at once.
      await raiseAlarms(deps, sql, workspaceId)
    })
    return reply.code(204).send()
  })

  app.get('/api/v1/costs/prices', async (request): Promise<PricesAnswer> => {
    const { workspaceId } = await identityOf(request)
    const { numberId } = readInput(pricesQuery, request.query)
    const asked = { numberId, nowMs: clock.nowMs() }
    const prices = await readWorkspace(database, workspaceId, (sql) => readPrices(sql, workspaceId, asked))
    if (prices === null) throw new ApiFault('not_found')
    return prices
  })

  app.get('/api/v1/conversations/:id/estimate', async (request): Promise<EstimateAnswer> => {
    const { workspaceId } = await identityOf(request)
    const { category } = readInput(estimateQuery, request.query)
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    const asked = { conversationId: params.data.id, category, nowMs: clock.nowMs() }
    const estimate = await readWorkspace(database, workspaceId, (sql) => readEstimate(sql, workspaceId, asked))
    if (estimate === null) throw new ApiFault('not_found')
    return estimate
  })
}
