import type { BusinessNumber, NumberMode } from '../../contract/number.ts'
import { type AppendedRow, appendEvents, holdFeed, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import type { GraphNumber } from '../whatsapp/graph-answer.ts'
import { type Known, planNumber } from './number-return.ts'
import { findReturning, type NewNumber, putNumber, putRoute, readNumber } from './number-store.ts'
import type { TokenSeal } from './token-seal.ts'

export interface KeepNumberDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly publish: PublishRows
  readonly tokens: TokenSeal
  /** Queues, in the same transaction, the requests for contacts and history. */
  readonly askForSyncs: (sql: Sql, workspaceId: string, numberId: string) => Promise<void>
  /** Takes up deliveries for this number that came before anybody knew it. */
  readonly replayUnplaced: (phoneNumberId: string, wabaId: string) => Promise<void>
}

/** A number that Meta has confirmed, with what it takes to speak for it. */
export interface ConfirmedNumber {
  readonly wabaId: string
  readonly token: string
  /** `null`: never. */
  readonly tokenExpiresAtMs: number | null
  readonly number: Pick<GraphNumber, 'phoneNumberId' | 'displayPhone' | 'verifiedName'>
  readonly mode: NumberMode
  /** Whether the owner agreed that contacts and history are imported. */
  readonly imports: boolean
  /** When the owner finished the signup: Meta's 24 hours for the two syncs run from then. */
  readonly onboardedAtMs: number
  /** The number that comes back or changes its mode, though it may be connected still. */
  readonly numberId: string | null
}

/** `number_exists`: it is connected here already, or in another workspace. */
export type KeepOutcome =
  | { readonly ok: true; readonly number: BusinessNumber }
  | { readonly ok: false; readonly code: 'number_exists' }

/**
 * Stores a number, makes its deliveries find this workspace and queues its syncs, in one transaction; then takes up what
 * came before it was known. A number that comes back keeps its id, and so its threads and whatever waits to be sent.
 */
export async function keepNumber(
  deps: KeepNumberDeps,
  workspaceId: string,
  confirmed: ConfirmedNumber,
): Promise<KeepOutcome> {
  const { phoneNumberId } = confirmed.number
  const stored = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const known = await findReturning(sql, workspaceId, { phoneNumberId, phone: digitsOf(confirmed) })
    const plan = planNumber(confirmed, known)
    if (plan === null) return null
    const number = newNumber(deps, workspaceId, confirmed, known)
    await putNumber(sql, workspaceId, { ...number, ...plan }, new Date(deps.clock.nowMs()))
    if (!(await putRoute(sql, workspaceId, number))) throw new OtherWorkspace()
    if (plan.syncs) await deps.askForSyncs(sql, workspaceId, number.id)
    return announce(sql, workspaceId, number.id, deps.clock.nowMs())
  }).catch((error: unknown) => {
    // Two requests that connect the same number meet at its unique key, and one workspace at another's route.
    if (error instanceof OtherWorkspace || isUniqueViolation(error)) return null
    throw error
  })
  if (stored === null) return { ok: false, code: 'number_exists' }
  deps.publish(workspaceId, stored.rows)
  await deps.replayUnplaced(phoneNumberId, confirmed.wabaId)
  return { ok: true, number: stored.number }
}

function newNumber(
  deps: KeepNumberDeps,
  workspaceId: string,
  confirmed: ConfirmedNumber,
  known: Known | null,
): Omit<NewNumber, 'state' | 'syncs'> {
  const { phoneNumberId, displayPhone, verifiedName } = confirmed.number
  const id = known?.id ?? deps.ids.next()
  return {
    id,
    phoneNumberId,
    wabaId: confirmed.wabaId,
    phone: digitsOf(confirmed),
    displayPhone,
    verifiedName,
    mode: confirmed.mode,
    onboardedAt: new Date(confirmed.onboardedAtMs),
    tokenExpiresAt: confirmed.tokenExpiresAtMs === null ? null : new Date(confirmed.tokenExpiresAtMs),
    sealedToken: deps.tokens.seal(workspaceId, id, confirmed.token),
  }
}

function digitsOf({ number }: ConfirmedNumber): string {
  return number.displayPhone.replace(/\D/g, '')
}

/** Tells the feed how the number stands now. */
async function announce(
  sql: Sql,
  workspaceId: string,
  numberId: string,
  nowMs: number,
): Promise<{ number: BusinessNumber; rows: readonly AppendedRow[] }> {
  await holdFeed(sql, workspaceId)
  const number = await readNumber(sql, workspaceId, numberId)
  if (number === null) throw new Error(`Number ${numberId} is gone within its own transaction`)
  return { number, rows: await appendEvents(sql, workspaceId, nowMs, [{ type: 'number.changed', number }]) }
}

class OtherWorkspace extends Error {}

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && (error as Error & { code?: unknown }).code === '23505'
}
