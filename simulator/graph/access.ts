import type { Account } from '../accounts/account.ts'
import { waacId } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import type { AccessToken, World } from '../world.ts'
import type { GraphCall, GraphFailure } from './call.ts'

/** Who calls: our app itself (`app_id|app_secret`), or the holder of a token for some accounts. */
export type Caller = { readonly kind: 'app' } | { readonly kind: 'token'; readonly token: AccessToken }

/** The caller of a call, by its bearer token or `access_token`. */
export function callerOf(world: World, call: GraphCall): Caller | GraphFailure {
  const text = bearer(call)
  if (text === null) return { code: 104, status: 401, message: 'An access token is required to request this resource.' }
  if (text === `${world.app.id}|${world.app.secret}`) return { kind: 'app' }
  const token = world.tokens.get(text)
  if (!token || token.revoked) return { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' }
  if (token.expiresAtMs <= world.clock.nowMs()) {
    const when = new Date(token.expiresAtMs).toUTCString()
    return { code: 190, subcode: 463, message: `Error validating access token: Session has expired on ${when}.` }
  }
  return { kind: 'token', token }
}

export function bearer(call: Pick<GraphCall, 'authorization' | 'query'>): string | null {
  const match = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(call.authorization ?? '')
  return match?.[1] ?? call.query.access_token ?? null
}

/** The account of that id, when the caller may use it. */
export function accountFor(world: World, caller: Caller, id: string | undefined): Account | null {
  const account = id === undefined ? undefined : world.accounts.get(id)
  if (!account) return null
  return caller.kind === 'app' || caller.token.accountIds.has(account.id) ? account : null
}

/** The number of that id, or of the WhatsApp account of that id, when the caller may use it. */
export function numberFor(world: World, caller: Caller, id: string | undefined): BusinessNumber | null {
  if (id === undefined) return null
  const byWaac = (): BusinessNumber | undefined =>
    [...world.numbers.values()].find((each) => waacId(world.chance, each.id) === id)
  const number = world.numbers.get(id) ?? byWaac()
  return number && accountFor(world, caller, number.accountId) ? number : null
}

const REMOVED: GraphFailure = {
  code: 200,
  details: 'The business has removed this partner from the WhatsApp Business Account.',
}

/** After the owner disconnected in the app, the partner's access to the number is gone. */
export function removedFailure(number: BusinessNumber): GraphFailure | null {
  return number.connection === 'removed' ? REMOVED : null
}

/** And to the account, once the connection of each of its numbers has ended. */
export function removedFromAccount(world: World, account: Account): GraphFailure | null {
  const numbers = [...world.numbers.values()].filter((number) => number.accountId === account.id)
  const ended = numbers.filter((number) => number.connection === 'removed')
  const connected = numbers.some((number) => number.connection === 'connected' || number.connection === 'offboarded')
  return ended.length > 0 && !connected ? REMOVED : null
}
