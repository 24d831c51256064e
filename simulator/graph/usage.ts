import type { Account } from '../accounts/account.ts'
import type { World } from '../world.ts'
import type { GraphFailure } from './call.ts'

/** Management calls per account and hour: with a registered number, and without one. */
const MANAGEMENT_PER_HOUR = 5_000
const UNREGISTERED_PER_HOUR = 200
const HOUR_MS = 3_600_000

/** 80007 when the account's management calls of the hour are used up; else counts this one. */
export function takeManagement(world: World, account: Account): GraphFailure | null {
  const nowMs = world.clock.nowMs()
  const calls = account.managementCallsMs
  while (calls.length > 0 && (calls[0] ?? 0) <= nowMs - HOUR_MS) calls.shift()
  if (calls.length >= perHour(world, account)) return { code: 80007 }
  calls.push(nowMs)
  return null
}

/** The usage headers of an answer: percentages, and minutes until access is regained. */
export function usageHeaders(world: World, account: Account | null): Record<string, string> {
  const used = account ? account.managementCallsMs.length / perHour(world, account) : 0
  const percent = Math.min(100, Math.ceil(used * 100))
  const app = { call_count: percent, total_cputime: 1, total_time: 1 }
  if (!account) return { 'x-app-usage': JSON.stringify(app) }
  const use = { type: 'whatsapp', ...app, estimated_time_to_regain_access: percent >= 100 ? 60 : 0 }
  return { 'x-app-usage': JSON.stringify(app), 'x-business-use-case-usage': JSON.stringify({ [account.id]: [use] }) }
}

function perHour(world: World, account: Account): number {
  const numbers = [...world.numbers.values()].filter((number) => number.accountId === account.id)
  const registered = numbers.some((number) => number.connection === 'connected' || number.connection === 'offboarded')
  return registered ? MANAGEMENT_PER_HOUR : UNREGISTERED_PER_HOUR
}
