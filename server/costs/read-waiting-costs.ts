import type { Sql } from '../platform/db.ts'
import { sentLine } from './ledger-lines.ts'
import { readWaiting } from './ledger-read-store.ts'
import { type AmountByNumber, readFreeSoFar } from './month-store.ts'
import { readTerms } from './read-terms.ts'
import { readVolumes } from './volume-store.ts'

/** What the messages that wait to be sent will cost, by our estimate and by number: a budget counts them already. */
export async function readWaitingCosts(sql: Sql, workspaceId: string): Promise<AmountByNumber> {
  const terms = await readTerms(sql, workspaceId)
  const { timeZone } = terms.settings
  const waiting = await readWaiting(sql, workspaceId, timeZone)
  const months = [...new Set(waiting.map(({ day }) => day.slice(0, '2026-11'.length)))].sort()
  const amounts = new Map<string, number>()
  if (months[0] === undefined) return amounts
  const volumes = await readVolumes(sql, workspaceId, months[0])
  const freeUsed = await readFreeSoFar(sql, workspaceId, months, timeZone)
  for (const one of waiting) {
    const { amount } = sentLine(one, terms, { volumes, freeUsed })
    amounts.set(one.numberId, (amounts.get(one.numberId) ?? 0) + (amount ?? 0))
  }
  return amounts
}
