import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { type CardPreview, type CardsAnswer, cardImportBody } from '../../contract/api/rate-cards.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import { inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { draftCard } from './card-draft.ts'
import { CARDS_MAX, putRateCard, readImports, readRateCards, removeRateCard } from './card-store.ts'
import { markStale } from './ledger-store.ts'
import { queueCount } from './queue-count-store.ts'
import type { CostRoutesDeps } from './routes.ts'

const idParams = z.object({ id: z.uuid() })

/** `/api/v1/costs/cards`: the price lists in force, and those the owner takes from Meta's files (`contract/api/rate-cards.ts`). */
export function cardRoutes(app: FastifyInstance, deps: CostRoutesDeps & { readonly ids: Ids }): void {
  const { database, clock, ids } = deps
  const identityOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity
  }
  const ownerOf = async (request: FastifyRequest) => {
    const { workspaceId, member } = await identityOf(request)
    if (member.role !== 'owner') throw new ApiFault('owner_only')
    return { workspaceId, by: { memberId: member.id, now: new Date(clock.nowMs()) } }
  }

  app.get('/api/v1/costs/cards', async (request): Promise<CardsAnswer> => {
    const { workspaceId } = await identityOf(request)
    return readWorkspace(database, workspaceId, async (sql) => {
      const imports = await readImports(sql, workspaceId)
      const cards = (await readRateCards(sql, workspaceId)).map((card) => ({
        ...{ id: card.id, currency: card.currency, effectiveFrom: card.effectiveFrom, era: card.era },
        ...{ example: card.example, markets: card.rates.size, tiered: card.tiers.size },
        imported: imports.get(card.id) ?? null,
      }))
      return { cards: cards.reverse().sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1)) }
    })
  })

  app.post('/api/v1/costs/cards/preview', async (request): Promise<CardPreview> => {
    const { workspaceId } = await ownerOf(request)
    const asked = readInput(cardImportBody, request.body)
    const cards = await readWorkspace(database, workspaceId, (sql) => readRateCards(sql, workspaceId))
    return draftCard(asked, cards).preview
  })

  app.post('/api/v1/costs/cards', async (request, reply) => {
    const { workspaceId, by } = await ownerOf(request)
    const asked = readInput(cardImportBody, request.body)
    const id = ids.next()
    await inWorkspace(database, workspaceId, async (sql) => {
      const { card, preview } = draftCard(asked, await readRateCards(sql, workspaceId))
      if (card === null) throw new ApiFault('card_refused', preview)
      if (!(await putRateCard(sql, workspaceId, { ...card, id }, by)))
        throw new ApiFault('too_many', { max: CARDS_MAX })
      await recount(sql, workspaceId, card.effectiveFrom)
    })
    return reply.code(201).send({ id })
  })

  app.delete('/api/v1/costs/cards/:id', async (request, reply) => {
    const { workspaceId, by } = await ownerOf(request)
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    await inWorkspace(database, workspaceId, async (sql) => {
      const firstDay = await removeRateCard(sql, workspaceId, params.data.id, by)
      if (firstDay === null) throw new ApiFault('not_found')
      await recount(sql, workspaceId, firstDay)
    })
    return reply.code(204).send()
  })
}

/** Has what was priced by another list until now reckoned anew. */
async function recount(sql: Sql, workspaceId: string, fromDay: string): Promise<void> {
  await markStale(sql, workspaceId, fromDay)
  await queueCount(sql, workspaceId)
}
