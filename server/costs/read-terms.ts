import type { Sql } from '../platform/db.ts'
import { accountTerms } from './account-terms.ts'
import { readRateCards } from './card-store.ts'
import { readCostSettings } from './cost-store.ts'
import type { LedgerTerms } from './ledger-lines.ts'
import { readPriceNotices } from './volume-store.ts'

/** By what the messages of a workspace are priced. */
export async function readTerms(sql: Sql, workspaceId: string): Promise<LedgerTerms> {
  return {
    settings: await readCostSettings(sql, workspaceId),
    cards: await readRateCards(sql, workspaceId),
    account: accountTerms(await readPriceNotices(sql, workspaceId)),
  }
}
