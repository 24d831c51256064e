import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { liveMessages } from '../payload/live-messages.ts'
import type { SentMessage } from '../payload/webhook.ts'
import { inThreadOrder, judgeMessages } from './judge.ts'

const AT_MS = Date.UTC(2026, 10, 23, 9)

let testDatabase: TestDatabase
let workspace: TestWorkspace
let messages: SentMessage[]

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  workspace = await createTestWorkspace(testDatabase)
})
afterAll(() => testDatabase.close())
beforeEach(async () => {
  await testDatabase.owner.query('truncate message, conversation, identity, contact cascade')
  messages = liveMessages({ seed: 1, series: 'case', count: 3, startMs: AT_MS })
  for (const [index, message] of messages.entries()) await store(message, index)
})

describe('the judge', () => {
  test('finds nothing when everything stands as it was sent', async () => {
    expect(await judge()).toEqual({ lost: 0, duplicated: 0, misordered: 0, told: [] })
  })

  test('misses a message that is not there', async () => {
    await testDatabase.owner.query('delete from message where wamid = $1', [messages[0]?.wamid])
    expect(await judge()).toMatchObject({ lost: 1, duplicated: 0 })
  })

  test.each([
    ['author', "'phone'"],
    ['source', "'history'"],
    ['content', `'{"type": "text", "body": "other words"}'`],
  ])('counts a wrong %s as lost', async (column, value) => {
    await testDatabase.owner.query(`update message set ${column} = ${value} where wamid = $1`, [messages[1]?.wamid])
    expect(await judge()).toMatchObject({ lost: 1, duplicated: 0, misordered: 0 })
  })

  test('counts a message under another customer as lost', async () => {
    await testDatabase.owner.query(
      'update message set conversation_id = (select conversation_id from message where wamid = $1) where wamid = $2',
      [messages[0]?.wamid, messages[1]?.wamid],
    )
    expect((await judge()).told[0]).toContain('is filed under')
  })

  test('sees a message twice, and one that nobody sent', async () => {
    await testDatabase.owner.query('alter table message drop constraint message_workspace_id_number_id_wamid_key')
    await store(messages[0] as SentMessage, 3)
    await store({ ...(messages[0] as SentMessage), wamid: 'wamid.unheard' }, 4)
    expect(await judge()).toMatchObject({ lost: 0, duplicated: 2 })
  })

  test('sees a wrong time', async () => {
    await testDatabase.owner.query("update message set sent_at = sent_at + interval '1 second' where wamid = $1", [
      messages[2]?.wamid,
    ])
    expect(await judge()).toMatchObject({ lost: 0, misordered: 1 })
  })

  test('orders by time, then by wamid', () => {
    const [a, b, c] = messages as [SentMessage, SentMessage, SentMessage]
    const later = { ...a, atMs: a.atMs + 1000 }
    expect(inThreadOrder([later, c, b]).map((message) => message.wamid)).toEqual([
      ...[b.wamid, c.wamid].sort(),
      later.wamid,
    ])
  })
})

function judge() {
  return judgeMessages(
    testDatabase.owner,
    new Map(messages.map((message) => [message.wamid, { message, source: 'live' as const }])),
  )
}

async function store(message: SentMessage, index: number): Promise<void> {
  const id = (kind: number) => `01930000-0000-7000-8000-0000000${kind}000${index}`
  const at = new Date(message.atMs)
  const { workspaceId, number } = workspace
  const { owner } = testDatabase
  await owner.query('insert into contact (workspace_id, id, phone, created_at) values ($1, $2, $3, $4)', [
    workspaceId,
    id(1),
    message.phone,
    at,
  ])
  await owner.query(
    'insert into conversation (workspace_id, id, number_id, contact_id, last_at, created_at) values ($1, $2, $3, $4, $5, $5)',
    [workspaceId, id(2), number.id, id(1), at],
  )
  await owner.query(
    `insert into message (workspace_id, id, number_id, conversation_id, wamid, author, source, sent_at, content, base_rank, content_rank, created_at)
     values ($1, $2, $3, $4, $5, 'customer', 'live', $6, $7, 0, 0, $6)`,
    [workspaceId, id(3), number.id, id(2), message.wamid, at, JSON.stringify({ type: 'text', body: message.body })],
  )
}
