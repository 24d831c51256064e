import { expect } from 'vitest'
import type { FeedRow, InboxEventType } from '../../contract/inbox-event.ts'
import { applyFeedRows, type InboxState, type Thread } from '../../contract/inbox-state.ts'
import { readMembers } from '../../server/identity/member-store.ts'
import { readMessagesPage, readSnapshot } from '../../server/inbox/read-snapshot.ts'
import { readNumbers } from '../../server/numbers/number-store.ts'
import { TestClock } from '../../server/platform/clock.ts'
import type { TestDatabase } from './database.ts'
import type { TestWorkspace } from './workspace.ts'

const THREAD_MESSAGES_MAX = 100

/** What a browser of this member (the owner, unless told otherwise) that loads everything now would hold. */
export async function freshBrowser(
  db: TestDatabase,
  place: TestWorkspace,
  memberId = place.noura.id,
): Promise<InboxState> {
  const deps = { database: db.database, clock: new TestClock(), readMembers, readNumbers }
  const { state } = await readSnapshot(deps, place.workspaceId, memberId)
  const threads: Record<string, Thread> = {}
  for (const id of Object.keys(state.conversations)) threads[id] = await loadThread(db, place, id)
  return { ...state, threads }
}

/**
 * Proves that a browser that held `old`, and was told the rest by the feed alone, shows what one that loads anew
 * shows: every use case that changes anything must tell all of it. Gives the types of what it was told.
 */
export async function expectConverged(
  db: TestDatabase,
  place: TestWorkspace,
  old: InboxState,
): Promise<InboxEventType[]> {
  const feed = await feedSince(db, place, old.seq)
  expect(await reloadStale(db, place, applyFeedRows(old, feed))).toEqual(await freshBrowser(db, place, old.me))
  return feed.map(({ event }) => event.type)
}

/** Rows of the feed after a position. */
export async function feedSince(db: TestDatabase, place: TestWorkspace, seq: number): Promise<FeedRow[]> {
  const { rows } = await db.owner.query(
    'select seq::float8 as seq, at, event from feed where workspace_id = $1 and seq > $2 order by seq',
    [place.workspaceId, seq],
  )
  return rows.map(({ seq, at, event }) => ({ seq, atMs: at.getTime(), event }))
}

async function loadThread(db: TestDatabase, place: TestWorkspace, conversationId: string): Promise<Thread> {
  const page = await readMessagesPage(db.database, place.workspaceId, conversationId, {
    before: null,
    limit: THREAD_MESSAGES_MAX,
  })
  return { messages: page?.messages ?? [], hasOlder: page?.nextCursor != null, stale: false }
}

/** A browser loads a thread anew when it is stale, and one it did not have when it is opened. */
async function reloadStale(db: TestDatabase, place: TestWorkspace, state: InboxState): Promise<InboxState> {
  const threads: Record<string, Thread> = {}
  for (const id of Object.keys(state.conversations)) {
    const thread = state.threads[id]
    threads[id] = thread === undefined || thread.stale ? await loadThread(db, place, id) : thread
  }
  return { ...state, threads }
}
