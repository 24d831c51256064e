import type { CostSettings } from '../../contract/api/costs.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import type { EnterCostsDeps } from './enter-costs.ts'
import { answerPrice, type LedgerTerms } from './ledger-lines.ts'
import { clearStale, holdLedger } from './ledger-store.ts'
import { monthSpan } from './month-span.ts'
import { priceTold, type TellingState, type ToldPricing } from './price-told.ts'
import { cardOn } from './rate-card.ts'
import { readTerms } from './read-terms.ts'
import { putReprices, type Reprice, type RepricedRow, readRepriced } from './reprice-store.ts'
import { dropVolumes, putVolumes } from './volume-store.ts'

/** Amounts from before this month are none of ours. */
const FIRST_MONTH = '2020-01'

/**
 * Reckons the ledger anew, from the month of the day on that a price list or a setting has changed; volume tiers make a month the
 * least that can be reckoned. Estimates stay what they were when somebody sent by them. `false` when nothing had changed.
 */
export async function refreshCosts({ database }: EnterCostsDeps, workspaceId: string): Promise<boolean> {
  return inWorkspace(database, workspaceId, async (sql) => {
    const { staleFrom } = await holdLedger(sql, workspaceId)
    if (staleFrom === null) return false
    const terms = await readTerms(sql, workspaceId)
    const month = [staleFrom.slice(0, FIRST_MONTH.length), FIRST_MONTH].sort().at(-1) as string
    await dropVolumes(sql, workspaceId, month)
    await repriceFrom(sql, workspaceId, month, terms)
    await clearStale(sql, workspaceId, staleFrom)
    return true
  })
}

async function repriceFrom(sql: Sql, workspaceId: string, month: string, terms: LedgerTerms): Promise<void> {
  const { timeZone, currency } = terms.settings
  const state: TellingState = {
    ...{ cards: terms.cards, currency, terms: terms.account },
    ...{ volumes: new Map(), conversations: new Set() },
  }
  const from = new Date(monthSpan(month, timeZone).fromMs)
  for await (const page of readRepriced(sql, workspaceId, { from, timeZone })) {
    await putReprices(
      sql,
      workspaceId,
      currency,
      page.map((row) => repriced(row, state, terms.settings)),
    )
  }
  await putVolumes(sql, workspaceId, state.volumes)
}

function repriced(row: RepricedRow, state: TellingState, { currency }: CostSettings): Reprice {
  const { numberId, wamid, day, country, pricing } = row
  if (row.basis === 'phone') {
    const estimate = answerPrice(cardOn(state.cards, currency, day), country)
    return { numberId, wamid, category: 'service', reason: 'phone', amount: 0, estimate }
  }
  return { numberId, wamid, ...priceTold({ ...row, pricing: (pricing ?? {}) as ToldPricing }, state), estimate: null }
}
