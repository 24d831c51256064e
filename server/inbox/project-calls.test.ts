import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { call, MORNING_MS, message, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import { checkIntegrity } from './check-integrity.ts'

const RANG = call({ wamid: 'wacid.1', at: 100 })
const OVER = call({ wamid: 'wacid.1', at: 105, outcome: 'answered', seconds: 84 })

let db: TestDatabase
let place: TestWorkspace
let heard: number

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  heard = 0
})

/** Each fact is a batch of its own. */
async function tell(...events: readonly ChannelEvent[]): Promise<void> {
  const deps = {
    ...testProjection(db),
    heard: (_: string, count: number) => {
      heard += count
    },
  }
  for (const event of events) await project(deps, place, [event])
}

async function conversation() {
  const { rows } = await db.owner.query(
    `select inbound_count as count, extract(epoch from last_inbound_at)::int - $2 as opened, last ->> 'type' as last
       from conversation where workspace_id = $1`,
    [place.workspaceId, MORNING_MS / 1000],
  )
  return rows[0]
}

async function calls() {
  const { rows } = await db.owner.query(
    `select author, source, content, extract(epoch from sent_at)::int - $2 as at from message
      where workspace_id = $1 and content ->> 'type' = 'call'`,
    [place.workspaceId, MORNING_MS / 1000],
  )
  return rows
}

test.each([
  ['in order', [RANG, OVER]],
  ['the end first', [OVER, RANG]],
  ['twice', [OVER, RANG, OVER, RANG]],
])('a call is one line that opens the window when it rang, and counts as no message (%s)', async (_, facts) => {
  await tell(message({ wamid: 'wamid.1', at: 0 }), ...facts)
  expect(await conversation()).toEqual({ count: 1, opened: 100, last: 'call' })
  const content = { type: 'call', by: 'customer', outcome: 'answered', seconds: 84 }
  expect(await calls()).toEqual([{ author: 'unknown', source: 'live', content, at: 100 }])
  expect(heard, 'only messages use up what a number may send').toBe(1)
  expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
})

test('a call of somebody who never wrote opens a conversation and its window; an older message lengthens nothing', async () => {
  await tell(RANG)
  expect(await conversation()).toEqual({ count: 0, opened: 100, last: 'call' })
  await tell(message({ wamid: 'wamid.1', at: 50 }))
  expect(await conversation()).toEqual({ count: 1, opened: 100, last: 'call' })
  await tell(message({ wamid: 'wamid.2', at: 150 }))
  expect(await conversation()).toEqual({ count: 2, opened: 150, last: 'text' })
})

test('a call of the business stands in the thread and opens nothing', async () => {
  await tell(call({ wamid: 'wacid.2', at: 9, by: 'business', outcome: 'missed' }))
  expect(await conversation()).toEqual({ count: 0, opened: null, last: 'call' })
  expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
})
