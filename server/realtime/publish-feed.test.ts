import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ReadyRow } from './frames.ts'
import { type FeedHub, openFeedHub } from './publish-feed.ts'
import { listenToFeed } from './watch-feed.ts'

const AT = new Date(Date.UTC(2026, 10, 23, 9))

let db: TestDatabase
let workspace: TestWorkspace
let hub: FeedHub
let errors: unknown[]

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  errors = []
  hub = openFeedHub({ database: db.database, onError: (error) => errors.push(error) })
  return () => hub.close()
})

describe('the feed hub', () => {
  test('passes rows on in order, whatever order they are published in, each once', () => {
    const seen = collect()
    hub.publish(workspace.workspaceId, [row(1), row(2)])
    hub.publish(workspace.workspaceId, [row(5)])
    hub.publish(workspace.workspaceId, [row(2), row(4)])
    hub.publish(workspace.workspaceId, [row(3), row(4)])
    expect(seen.seqs).toEqual([1, 2, 3, 4, 5])
  })

  test('fills a hole from the feed when the missing row is never published', async () => {
    await append(3)
    const seen = collect()
    hub.publish(workspace.workspaceId, [row(1)])
    hub.publish(workspace.workspaceId, [row(3)])
    await seen.until(3)
    expect(seen.seqs).toEqual([1, 2, 3])
  })

  test('goes on behind a hole whose rows were dropped', async () => {
    await append(5)
    await db.owner.query('delete from feed where workspace_id = $1 and seq in (2, 3)', [workspace.workspaceId])
    const seen = collect()
    hub.publish(workspace.workspaceId, [row(1)])
    hub.publish(workspace.workspaceId, [row(5)])
    await seen.until(5)
    expect(seen.seqs).toEqual([1, 4, 5])
  })

  test('keeps workspaces apart', async () => {
    const other = await createTestWorkspace(db)
    const seen = collect()
    hub.publish(other.workspaceId, [row(1)])
    hub.publish(workspace.workspaceId, [row(1)])
    expect(seen.seqs).toEqual([1])
  })

  test('reads what another process committed when PostgreSQL tells of it', async () => {
    const listener = await listenToFeed({
      databaseUrl: db.url,
      hub,
      heads: async () => [],
      onError: (e) => errors.push(e),
    })
    try {
      const seen = collect()
      hub.publish(workspace.workspaceId, [row(0)])
      await append(2)
      await db.owner.query("select pg_notify('wasl_feed', $1)", [`${workspace.workspaceId}:2`])
      await seen.until(2)
      expect(seen.seqs).toEqual([0, 1, 2])
    } finally {
      await listener.close()
    }
    expect(errors).toEqual([])
  })

  test('listens again after its connection was cut, and catches up on what it missed', async () => {
    const listener = await listenToFeed({
      databaseUrl: db.url,
      hub,
      heads: async () => [{ workspaceId: workspace.workspaceId, seq: 2 }],
      onError: () => undefined,
    })
    try {
      const seen = collect()
      hub.publish(workspace.workspaceId, [row(0)])
      await append(2)
      await db.owner.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'listen wasl_feed'",
      )
      await seen.until(2)
      expect(seen.seqs).toEqual([0, 1, 2])
    } finally {
      await listener.close()
    }
  })
})

function row(seq: number): ReadyRow {
  return { seq, atMs: AT.getTime(), eventJson: `{"type":"unrecognised.counted","total":${seq}}` }
}

async function append(count: number): Promise<void> {
  await db.owner.query(
    `insert into feed select $1, n, $2, jsonb_build_object('type', 'unrecognised.counted', 'total', n)
       from generate_series(1, $3::int) n`,
    [workspace.workspaceId, AT, count],
  )
}

/** Collects what the hub passes on; `until` waits for a position. */
function collect(): { seqs: number[]; until(seq: number): Promise<void> } {
  const seqs: number[] = []
  let check = () => {}
  hub.subscribe(workspace.workspaceId, (frame) => {
    const message = JSON.parse(frame.text) as { rows: { seq: number }[] }
    seqs.push(...message.rows.map((one) => one.seq))
    check()
  })
  return {
    seqs,
    until: (seq) =>
      new Promise((resolve) => {
        check = () => {
          if (seqs.includes(seq)) resolve()
        }
        check()
      }),
  }
}
