import type { BusinessNumber } from '../accounts/number.ts'
import type { World } from '../world.ts'

/** Tells a change of a number in a field of the messages family, which has no `entry.time`. */
export function tellNumber(
  world: World,
  number: BusinessNumber,
  field: string,
  value: Readonly<Record<string, unknown>>,
): void {
  world.tell({ accountId: number.accountId, numberId: number.id, field, entryTimeS: null, value })
}

/** Tells a change of the account, stamped now or as given (Unix seconds). */
export function tellAccount(
  world: World,
  accountId: string,
  field: string,
  value: Readonly<Record<string, unknown>>,
  timeS?: number,
): void {
  const entryTimeS = timeS ?? Math.floor(world.clock.nowMs() / 1000)
  world.tell({ accountId, numberId: null, field, entryTimeS, value })
}

/** Unix seconds as the text that Meta puts into `timestamp`. */
export function stamp(atMs: number): string {
  return String(Math.floor(atMs / 1000))
}
