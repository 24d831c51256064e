import type { IdentityKey } from '../contacts/identity-keys.ts'
import { appendEvents, joinProjection, type PublishRows } from '../inbox/append.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import { deriveOwners, type SignedThread } from './derive-owners.ts'
import { type OwnerSign, readOwnerSign } from './owner-signs.ts'
import {
  findThreads,
  type OwnedThread,
  type OwnerNotice,
  putOwners,
  readOwned,
  readOwnerNotices,
} from './owner-store.ts'

export interface NoteOwnersDeps {
  readonly database: Database
  readonly clock: Clock
  readonly publish: PublishRows
}

/**
 * Keeps with each thread which partner owns it, from all hand-overs and standby messages of an account of the last two
 * days; run again it changes nothing. Gives how many threads changed.
 */
export async function noteOwners(deps: NoteOwnersDeps, workspaceId: string, wabaId: string): Promise<number> {
  const nowMs = deps.clock.nowMs()
  const { rows, count } = await inWorkspace(deps.database, workspaceId, async (sql) => {
    await joinProjection(sql, workspaceId)
    const signed = (await readOwnerNotices(sql, workspaceId, wabaId, nowMs)).flatMap(signedNotice)
    const found = await findThreads(sql, workspaceId, wantedThreads(signed))
    const changed = await readOwned(sql, workspaceId, await putOwners(sql, workspaceId, ownersOf(signed, found)))
    const events = changed.map((conversation) => ({ type: 'conversation.changed', conversation }) as const)
    return { rows: await appendEvents(sql, workspaceId, nowMs, events), count: changed.length }
  })
  deps.publish(workspaceId, rows)
  return count
}

interface Signed {
  readonly numberId: string
  readonly sign: OwnerSign
  readonly customer: readonly IdentityKey[]
}

function signedNotice(notice: OwnerNotice): Signed[] {
  const read = readOwnerSign(notice)
  return read === null ? [] : [{ numberId: notice.numberId, ...read }]
}

function wantedThreads(signed: readonly Signed[]) {
  const wanted = new Map<string, { numberId: string; identity: IdentityKey }>()
  for (const { numberId, customer } of signed) {
    for (const identity of customer) wanted.set(`${numberId} ${identity}`, { numberId, identity })
  }
  return [...wanted.values()]
}

/** Roles are learned number by number: a partner may have another one elsewhere. */
function ownersOf(signed: readonly Signed[], found: readonly OwnedThread[]) {
  const threadOf = new Map(found.map((thread) => [`${thread.numberId} ${thread.identity}`, thread]))
  const numbers = new Map<string, Map<string, SignedThread & { readonly signs: OwnerSign[] }>>()
  for (const { numberId, sign, customer } of signed) {
    const thread = customer.map((identity) => threadOf.get(`${numberId} ${identity}`)).find((one) => one !== undefined)
    if (thread === undefined) continue
    const threads = numbers.get(numberId) ?? new Map()
    numbers.set(numberId, threads)
    const known = threads.get(thread.conversationId)
    if (known === undefined) {
      threads.set(thread.conversationId, { signs: [sign], lastInboundAtMs: thread.lastInboundAtMs })
    } else known.signs.push(sign)
  }
  return [...numbers.values()].flatMap((threads) =>
    [...deriveOwners(threads)].map(([conversationId, owner]) => ({ conversationId, owner })),
  )
}
