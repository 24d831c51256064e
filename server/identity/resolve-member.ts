import type { Member } from '../../contract/number.ts'
import { type Database, readWorkspace } from '../platform/db.ts'
import { readMembers } from './member-store.ts'
import { readMemberCookie } from './session-cookie.ts'

/** Milliseconds for which members that were read serve other requests too: each one asks who it comes from. */
const FRESH_MS = 1_000

/** Who is asking, and for which workspace. */
export interface Identity {
  readonly workspaceId: string
  readonly member: Member
}

/** Finds who a Cookie header names. */
export type Identify = (cookieHeader: string | undefined) => Promise<Identity | null>

/**
 * Gives a function that finds the member whom a Cookie header names; on a first visit, without a cookie, the owner; `null`
 * when the cookie names nobody of this workspace. Whom it does not know yet it looks for at once; whoever is
 * renamed or taken off is known by the old state for a second more.
 */
export function identifyMembers(database: Database, workspaceId: string): Identify {
  const read = () => readWorkspace(database, workspaceId, (sql) => readMembers(sql, workspaceId))
  let shared: { readonly members: Promise<Member[]>; readonly untilMs: number } | null = null
  const readShared = () => {
    const nowMs = performance.now()
    if (shared !== null && nowMs < shared.untilMs) return shared.members
    const members = read()
    const mine = { members, untilMs: nowMs + FRESH_MS }
    shared = mine
    members.catch(() => {
      if (shared === mine) shared = null
    })
    return members
  }
  return async (cookieHeader) => {
    const cookie = readMemberCookie(cookieHeader)
    const member = chooseMember(await readShared(), cookie) ?? chooseMember(await read(), cookie)
    return member === null ? null : { workspaceId, member }
  }
}

/** `members` has the owner first. */
export function chooseMember(members: readonly Member[], cookie: string | null): Member | null {
  const wanted = cookie === null ? members[0] : members.find((member) => member.id === cookie)
  return wanted ?? null
}
