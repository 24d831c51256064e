/** Meta's pages about a number lag behind a signup, usually by seconds: it is asked again, ever less often. */
const DELAYS_MS = [5_000, 10_000, 20_000, 40_000, 60_000, 120_000, 300_000] as const
const LATER_MS = 900_000
/** After a day the two syncs can no longer be asked for: waiting on is no use. */
const CONFIRM_WITHIN_MS = 86_400_000

/** How long to wait before asking again whether a number shows as connected; `null`: no longer. */
export function confirmDelayMs(attempts: number, sinceSignupMs: number): number | null {
  if (sinceSignupMs > CONFIRM_WITHIN_MS) return null
  return DELAYS_MS[attempts - 1] ?? LATER_MS
}
