import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { putConversation, putMessage } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
let conversation: string

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  conversation = await putConversation(db, workspace)
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
  }
})

const text = { type: 'text', body: 'Hello' } as const
let count = 0
const again = (againOf: string, more: object = {}) =>
  server.call('POST', `/api/v1/conversations/${conversation}/messages`, {
    body: { clientId: `again-${String(++count).padStart(4, '0')}`, content: text, againOf, ...more },
  })
const ours = (delivery: 'failed' | 'expired' | 'cancelled' | 'unconfirmed' | 'sent', id = conversation) =>
  putMessage(db, workspace, id, {
    author: 'agent',
    clientId: `first-${++count}-key`,
    wamid: null,
    delivery,
    content: text,
  })

test.each(['failed', 'expired', 'cancelled'] as const)(
  'one that is %s is sent again as a new one that names it',
  async (delivery) => {
    const failed = await ours(delivery)
    const { status, body } = await again(failed)
    expect(status).toBe(201)
    expect(body.message).toMatchObject({ againOf: failed, delivery: 'queued' })
    expect(body.message.id).not.toBe(failed)
    const { messages } = (await server.call('GET', `/api/v1/conversations/${conversation}/messages`)).body
    expect(messages.find(({ id }: { id: string }) => id === failed)).toMatchObject({ delivery })
    expect(messages.find(({ id }: { id: string }) => id === body.message.id)).toMatchObject({ againOf: failed })
  },
)

test('what was sent, was the customer’s, or is another customer’s is not sent again', async () => {
  const elsewhere = await putConversation(db, workspace, { phone: '966551234999' })
  for (const id of [
    await ours('sent'),
    await ours('unconfirmed'),
    await putMessage(db, workspace, conversation),
    await ours('failed', elsewhere),
    workspace.salem.id,
  ]) {
    const { status, body } = await again(id)
    expect([status, body.error.code]).toEqual([409, 'already_sent'])
  }
})

test('one of which nobody knows is sent again once a person has decided for it', async () => {
  const doubtful = await ours('unconfirmed')
  await db.owner.query(`update message set doubt = 'again' where id = $1`, [doubtful])
  expect((await again(doubtful)).status).toBe(201)
})

test('it is sent again once, however many ask at the same time; the same request is the same message', async () => {
  const failed = await ours('failed')
  const answers = await Promise.all(Array.from({ length: 8 }, () => again(failed)))
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 7 }, () => 409)])
  const { message } = answers.find(({ status }) => status === 201)?.body ?? {}
  const repeated = await again(failed, { clientId: message.clientId })
  expect([repeated.status, repeated.body.message.id]).toEqual([200, message.id])
  expect((await again(failed, { clientId: message.clientId, againOf: undefined })).body.error.code).toBe(
    'client_id_reused',
  )
})
