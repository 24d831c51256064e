import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { putConversation } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { AppendedRow } from '../inbox/append.ts'
import { TestClock } from '../platform/clock.ts'
import { uuidv7Ids } from '../platform/ids.ts'
import type { SendDeps, SendOutcome } from './send-message.ts'
import { takeSends } from './take-sends.ts'

const COUNT = 40

let db: TestDatabase
let workspace: TestWorkspace
let published: (readonly AppendedRow[])[]

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  published = []
})

test('what comes while others are taken is taken together, in a feed without gaps', async () => {
  const conversation = await putConversation(db, workspace)
  const send = takeSends(deps(async () => false))
  const outcomes = await Promise.all(Array.from({ length: COUNT }, (_, index) => send(request(conversation, index))))
  expect(outcomes.every((outcome) => outcome.ok && outcome.created)).toBe(true)
  expect(new Set(outcomes.map(idOf)).size).toBe(COUNT)
  expect(published.length).toBeLessThan(COUNT / 2)
  const seqs = published.flat().map(({ seq }) => seq)
  expect(seqs.toSorted((a, b) => a - b)).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1))
})

test('one that cannot be taken keeps no other from being taken', async () => {
  const [good, bad] = [
    await putConversation(db, workspace),
    await putConversation(db, workspace, { phone: '966551110002' }),
  ]
  const broken = new Error('nobody knows what it costs')
  const send = takeSends(
    deps(async (_sql, _workspaceId, { conversationId }) => {
      if (conversationId === bad) throw broken
      return false
    }),
  )
  const asked = [good, bad, good, bad, good].map((id, index) => send(request(id as string, index)))
  const outcomes = await Promise.allSettled(asked)
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value.ok : outcome.reason))).toEqual([
    true,
    broken,
    true,
    broken,
    true,
  ])
  const { rows } = await db.owner.query('select count(*)::int as n from message where workspace_id = $1', [
    workspace.workspaceId,
  ])
  expect(rows[0].n).toBe(3)
})

test('what costs is counted one after another, also of what is taken together', async () => {
  const conversation = await putConversation(db, workspace)
  let left = 3
  const send = takeSends(
    deps(async () => {
      const stopped = left === 0
      await Promise.resolve()
      if (!stopped) left -= 1
      return stopped
    }),
  )
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => send(request(conversation, index))))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(3)
})

function deps(isCostStopped: SendDeps['isCostStopped']): SendDeps {
  const clock = new TestClock()
  return {
    ...{ database: db.database, clock, ids: uuidv7Ids(clock), isCostStopped },
    hasHardStop: async () => true,
    publish: (_workspaceId, rows) => void published.push(rows),
    sending: { holder: randomUUID(), wake: () => {} },
  }
}

function request(conversationId: string, index: number) {
  const body = { clientId: `client-id-${index}`, content: { type: 'text' as const, body: `No. ${index}` } }
  return { workspaceId: workspace.workspaceId, memberId: workspace.salem.id, conversationId, body }
}

function idOf(outcome: SendOutcome): string | null {
  return outcome.ok ? outcome.message.id : null
}
