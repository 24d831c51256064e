import type { OffersAnswer } from '../../contract/api/offers.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import type { Graph } from '../whatsapp/client.ts'
import type { GraphAnswer } from '../whatsapp/graph-answer.ts'
import { catalogRequest, flowsRequest, type ListPage, productsRequest } from '../whatsapp/list-requests.ts'
import { readOfferAccess } from './offer-store.ts'

/** How long a list is good for: long enough for one who writes, short enough for one who publishes. Milliseconds. */
const FRESH_MS = 60_000
/** Lists that are kept at once. */
const KEPT_MAX = 200

export type OfferKind = 'flows' | 'products'

export interface OfferDeps {
  readonly database: Database
  readonly clock: Clock
  readonly graph: Pick<Graph, 'ask'>
  readonly openToken: (workspaceId: string, numberId: string, sealed: Buffer) => string
}

export type ListOffers = (workspaceId: string, numberId: string, kind: OfferKind) => Promise<OffersAnswer | null>

/** Asks Meta for lists, and keeps what it answered for a minute; what could not be had is asked for again at once. */
export function createOfferList(deps: OfferDeps): ListOffers {
  const kept = new Map<string, { readonly answer: OffersAnswer; readonly atMs: number }>()
  return async (workspaceId, numberId, kind) => {
    const key = `${workspaceId} ${numberId} ${kind}`
    const nowMs = deps.clock.nowMs()
    const known = kept.get(key)
    if (known !== undefined && nowMs - known.atMs < FRESH_MS) return known.answer
    const answer = await askForOffers(deps, workspaceId, numberId, kind)
    kept.delete(key)
    if (answer === null || answer.trouble !== null) return answer
    if (kept.size >= KEPT_MAX) kept.delete(kept.keys().next().value ?? '')
    kept.set(key, { answer, atMs: nowMs })
    return answer
  }
}

/** `null` when the workspace has no such number that Meta knows. */
async function askForOffers(
  deps: OfferDeps,
  workspaceId: string,
  numberId: string,
  kind: OfferKind,
): Promise<OffersAnswer | null> {
  const access = await readWorkspace(deps.database, workspaceId, (sql) => readOfferAccess(sql, workspaceId, numberId))
  if (access === null) return null
  const token = deps.openToken(workspaceId, numberId, access.sealedToken)
  if (kind === 'flows') return listed(null, await deps.graph.ask(token, flowsRequest(access.wabaId)))
  const catalog = await deps.graph.ask(token, catalogRequest(access.wabaId))
  if (catalog.kind !== 'ok') return listed(null, catalog)
  if (catalog.value === null) return { ...NOTHING, trouble: 'no_catalogue' }
  return listed(catalog.value, await deps.graph.ask(token, productsRequest(catalog.value)))
}

const NOTHING: OffersAnswer = { offers: [], catalogId: null, more: false, trouble: null }

function listed(catalogId: string | null, answer: GraphAnswer<ListPage>): OffersAnswer {
  if (answer.kind === 'ok') return { ...NOTHING, ...answer.value, catalogId }
  return { ...NOTHING, catalogId, trouble: answer.kind === 'error' ? 'refused' : 'unreachable' }
}
