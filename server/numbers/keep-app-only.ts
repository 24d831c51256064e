import { parsePhoneNumberFromString } from 'libphonenumber-js'
import type { AppOnlyBody } from '../../contract/api/app-only.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import { appendEvents, holdFeed, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace, type Sql } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { addAppOnly, correctAppOnly, isPhoneTaken, takeOffAppOnly } from './app-only-store.ts'
import { readNumber } from './number-store.ts'

export interface KeepAppOnlyDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
  readonly publish: PublishRows
}

export type AppOnlyOutcome =
  | { readonly ok: true; readonly number: BusinessNumber }
  | { readonly ok: false; readonly code: 'number_exists' | 'not_found' | 'bad_request' }

/**
 * Writes down a number that is held on the phone alone, or with `numberId` corrects one. When it is connected later it is
 * found again by its phone number and keeps its id, and so its roster and its devices.
 */
export async function keepAppOnly(
  deps: KeepAppOnlyDeps,
  workspaceId: string,
  { phone, name }: AppOnlyBody,
  numberId: string | null,
): Promise<AppOnlyOutcome> {
  const parsed = parsePhoneNumberFromString(`+${phone.replace(/\D/g, '')}`)
  if (parsed?.isPossible() !== true) return { ok: false, code: 'bad_request' }
  const nowMs = deps.clock.nowMs()
  const number = {
    id: numberId ?? deps.ids.next(),
    phone: parsed.number.slice(1),
    displayPhone: parsed.formatInternational(),
    name,
  }
  return told(deps, workspaceId, async (sql) => {
    if (await isPhoneTaken(sql, workspaceId, number)) return { fault: 'number_exists' }
    if (numberId !== null) {
      return (await correctAppOnly(sql, workspaceId, number)) ? { id: numberId } : { fault: 'not_found' }
    }
    const id = await addAppOnly(sql, workspaceId, number, new Date(nowMs))
    return id === null ? { fault: 'number_exists' } : { id }
  })
}

/** Takes one that was never connected off the list; written down again it is the same number. */
export function takeOff(deps: KeepAppOnlyDeps, workspaceId: string, numberId: string): Promise<AppOnlyOutcome> {
  return told(deps, workspaceId, async (sql) =>
    (await takeOffAppOnly(sql, workspaceId, numberId, new Date(deps.clock.nowMs())))
      ? { id: numberId }
      : { fault: 'not_found' },
  )
}

type Written = { readonly id: string } | { readonly fault: Extract<AppOnlyOutcome, { ok: false }>['code'] }

/** Writes in one transaction, and tells the feed how the number stands then. */
async function told(
  deps: KeepAppOnlyDeps,
  workspaceId: string,
  write: (sql: Sql) => Promise<Written>,
): Promise<AppOnlyOutcome> {
  const kept = await inWorkspace(deps.database, workspaceId, async (sql) => {
    const written = await write(sql)
    if ('fault' in written) return written.fault
    await holdFeed(sql, workspaceId)
    const view = await readNumber(sql, workspaceId, written.id)
    if (view === null) throw new Error(`Number ${written.id} is gone within its own transaction`)
    const event = { type: 'number.changed', number: view } as const
    return { view, rows: await appendEvents(sql, workspaceId, deps.clock.nowMs(), [event]) }
  }).catch((error: unknown) => {
    // Two that write down the same number at once meet at its unique key.
    if (error instanceof Error && (error as Error & { code?: unknown }).code === '23505')
      return 'number_exists' as const
    throw error
  })
  if (typeof kept === 'string') return { ok: false, code: kept }
  deps.publish(workspaceId, kept.rows)
  return { ok: true, number: kept.view }
}
