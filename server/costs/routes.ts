import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import {
  type CostSettings,
  type CostsAnswer,
  costSettingsBody,
  costsExportQuery,
  costsQuery,
  type ErasAnswer,
  type MessageCostAnswer,
} from '../../contract/api/costs.ts'
import { ApiFault, readInput } from '../platform/api-fault.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import { buildCosts } from './build-costs.ts'
import { readRateCards } from './card-store.ts'
import { putCostSettings, REPLAY_MAX, readCostSettings, readDelivered } from './cost-store.ts'
import { isStale, markStale } from './ledger-store.ts'
import { readMessageCost } from './message-cost-store.ts'
import { monthOf, monthSpan } from './month-span.ts'
import { queueCount } from './queue-count-store.ts'
import { replayEras } from './replay-eras.ts'
import { reportHead, reportLine } from './report-csv.ts'
import { readNames, readPhones, readReport, type Span } from './report-store.ts'

/** Whatever is changed about the account may change every amount. */
const FIRST_DAY = '2020-01-01'

const idParams = z.object({ id: z.uuid() })

export interface CostRoutesDeps {
  readonly database: Database
  readonly clock: Clock
  readonly identify: (cookieHeader: string | undefined) => Promise<{
    readonly workspaceId: string
    readonly member: { readonly id: string; readonly role: 'owner' | 'agent' }
  } | null>
}

/** `/api/v1/costs`: the report of a month, and how the account is billed; what one message cost (`contract/api/costs.ts`). */
export function costRoutes(app: FastifyInstance, deps: CostRoutesDeps): void {
  const { database, clock } = deps
  const identityOf = async (request: FastifyRequest) => {
    const identity = await deps.identify(request.headers.cookie)
    if (identity === null) throw new ApiFault('no_member')
    return identity
  }

  app.get('/api/v1/costs', async (request): Promise<CostsAnswer> => {
    const { workspaceId } = await identityOf(request)
    const nowMs = clock.nowMs()
    return readMonth(database, workspaceId, request.query, nowMs, async (sql, { month, settings, span }) => {
      const rows = await readReport(sql, workspaceId, span)
      const cards = await readRateCards(sql, workspaceId)
      return buildCosts({ month, nowMs, settings, cards, rows, recounting: await isStale(sql, workspaceId) })
    })
  })

  app.get('/api/v1/costs/export.csv', async (request, reply) => {
    const { workspaceId } = await identityOf(request)
    const { month: _, language } = readInput(costsExportQuery, request.query)
    const { name, lines } = await readMonth(database, workspaceId, request.query, clock.nowMs(), async (sql, asked) => {
      const rows = await readReport(sql, workspaceId, asked.span)
      const names = { numbers: await readPhones(sql, workspaceId), members: await readNames(sql, workspaceId) }
      const { currency } = asked.settings
      return { name: asked.month, lines: rows.map((row) => reportLine(row, names, currency)) }
    })
    return reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', `attachment; filename="costs-${name}.csv"`)
      .header('x-content-type-options', 'nosniff')
      .send(Readable.from([reportHead(language), ...lines], { objectMode: false }))
  })

  app.get('/api/v1/costs/eras', async (request): Promise<ErasAnswer> => {
    const { workspaceId } = await identityOf(request)
    return readMonth(database, workspaceId, request.query, clock.nowMs(), async (sql, { month, settings, span }) => {
      const rows = await readDelivered(sql, workspaceId, span)
      const eras = replayEras(rows, await readRateCards(sql, workspaceId), settings)
      return { month, currency: settings.currency, cut: rows.length === REPLAY_MAX, eras }
    })
  })

  app.get('/api/v1/messages/:id/cost', async (request): Promise<MessageCostAnswer> => {
    const { workspaceId } = await identityOf(request)
    const params = idParams.safeParse(request.params)
    if (!params.success) throw new ApiFault('not_found')
    const cost = await readWorkspace(database, workspaceId, (sql) => readMessageCost(sql, workspaceId, params.data.id))
    if (cost === undefined) throw new ApiFault('not_found')
    return { cost }
  })

  app.post('/api/v1/costs/settings', async (request, reply) => {
    const { workspaceId, member } = await identityOf(request)
    if (member.role !== 'owner') throw new ApiFault('owner_only')
    const settings = readInput(costSettingsBody, request.body)
    const by = { memberId: member.id, now: new Date(clock.nowMs()) }
    await inWorkspace(database, workspaceId, async (sql) => {
      await putCostSettings(sql, workspaceId, settings, by)
      await markStale(sql, workspaceId, FIRST_DAY)
      await queueCount(sql, workspaceId)
    })
    return reply.code(204).send()
  })
}

interface Month {
  readonly month: string
  readonly settings: CostSettings
  readonly span: Span
}

/** Reads with the month that was asked for, or the present one, in the account's time zone. */
function readMonth<T>(
  database: Database,
  workspaceId: string,
  query: unknown,
  nowMs: number,
  read: (sql: Sql, month: Month) => Promise<T>,
): Promise<T> {
  const asked = readInput(costsQuery, query).month
  return readWorkspace(database, workspaceId, async (sql) => {
    const settings = await readCostSettings(sql, workspaceId)
    const month = asked ?? monthOf(nowMs, settings.timeZone)
    const { fromMs, toMs } = monthSpan(month, settings.timeZone)
    const span = { from: new Date(fromMs), to: new Date(toMs), timeZone: settings.timeZone }
    return read(sql, { month, settings, span })
  })
}
