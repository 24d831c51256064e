import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { putConversation, putTemplate } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer

beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
})
afterAll(async () => {
  await server.close()
  await db.close()
})

test('an authentication template goes to a phone number only; other templates to a user id too', async () => {
  const hidden = await putConversation(db, workspace, { phone: null, userId: 'SA.1029384756' })
  const known = await putConversation(db, workspace)
  const wording = await putTemplate(db, workspace, 'AUTHENTICATION')
  const code = { ...wording, components: [{ type: 'body', parameters: [{ type: 'text', text: '123456' }] }] }
  const news = await putTemplate(db, workspace, 'UTILITY')
  const refused = await take(hidden, code)
  expect([refused.status, refused.body.error.code]).toEqual([422, 'phone_number_needed'])
  expect((await take(hidden, news)).status).toBe(201)
  expect((await take(known, code)).status).toBe(201)
})

function take(conversation: string, content: object) {
  return server.call('POST', `/api/v1/conversations/${conversation}/messages`, {
    body: { clientId: randomUUID(), content },
  })
}
