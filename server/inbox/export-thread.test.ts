import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { deletion, MORNING_MS, message, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
})
afterAll(async () => {
  await server.close()
  await db.close()
})

test('a thread is exported whole, and the author of an echo is marked as likely', async () => {
  const many = Array.from({ length: 1_100 }, (_, index) =>
    message({ wamid: `wamid.h${index}`, via: 'history', at: -index }),
  )
  await project(testProjection(db), place, [
    ...many,
    message({ wamid: 'wamid.a', at: 10, text: '=1+1' }),
    message({ wamid: 'wamid.b', at: 20, text: 'On duty', via: 'echo', direction: 'out' }),
    message({ wamid: 'wamid.c', at: 40, text: 'Off duty', via: 'echo', direction: 'out' }),
    message({ wamid: 'wamid.d', at: 50, text: 'Gone' }),
    deletion({ wamid: 'wamid.e', targetWamid: 'wamid.d', at: 60 }),
  ])
  const once = {
    memberId: place.salem.id,
    timeZone: 'UTC',
    weekly: null,
    sinceMs: MORNING_MS,
    untilMs: MORNING_MS + 30_000,
  }
  expect((await server.call('POST', `/api/v1/numbers/${place.number.id}/duties`, { body: once })).status).toBe(201)
  const [conversation] = (await server.call('GET', '/api/v1/conversations')).body.conversations
  const path = `/api/v1/conversations/${conversation.id}/export.csv`
  const { status, headers, body } = await server.call('GET', path)
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8'])
  const lines = String(body).trimEnd().split('\r\n')
  expect(lines).toHaveLength(1 + 1_104)
  expect(lines.slice(1, 5)).toEqual([
    '2026-11-23 08:00:50,Customer,,text,,,,,yes,wamid.d',
    '2026-11-23 08:00:40,Phone,,text,Off duty,,,,,wamid.c',
    '2026-11-23 08:00:20,Phone,likely: Salem Al-Otaibi,text,On duty,,,,,wamid.b',
    "2026-11-23 08:00:10,Customer,,text,'=1+1,,,,,wamid.a",
  ])
  expect(new Set(lines).size, 'each once').toBe(lines.length)
  expect(String((await server.call('GET', `${path}?language=ar`)).body)).toContain('الأرجح: Salem Al-Otaibi')
  expect((await server.call('GET', path.replace(conversation.id, place.number.id))).status).toBe(404)
})
