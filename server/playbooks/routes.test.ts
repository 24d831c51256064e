import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { PLAYBOOK_BODY_LENGTH_MAX } from '../../contract/api/playbooks.ts'
import { type ApiServer, type CallOptions, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

const PAGE = { title: 'من يجيب متى', body: '# x\n- الصباح: **نورة**', language: 'ar' }

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
})
afterAll(async () => {
  expect(server.errors).toEqual([])
  await server.close()
  await db.close()
})

const write = (body: object, as?: string) =>
  server.call('POST', '/api/v1/playbooks', { body: { ...PAGE, ...body }, ...(as === undefined ? {} : { as }) })
const rewrite = (id: string, body: object, options: CallOptions = {}) =>
  server.call('POST', `/api/v1/playbooks/${id}`, { body: { ...PAGE, ...body }, ...options })
const remove = (id: string, removed: boolean) =>
  server.call('POST', `/api/v1/playbooks/${id}/removal`, { body: { removed } })
const titles = async () =>
  (await server.call('GET', '/api/v1/playbooks')).body.playbooks.map((page: { title: string }) => page.title)

describe('the firm’s own pages', () => {
  test('are written with who wrote them and when, and read by everybody', async () => {
    const { status, body } = await write({}, workspace.salem.id)
    expect(status).toBe(201)
    expect(body.playbook).toEqual({
      ...PAGE,
      id: expect.any(String),
      version: 1,
      memberId: workspace.salem.id,
      writtenAtMs: server.clock.nowMs(),
      removedAtMs: null,
    })
    const { body: list } = await server.call('GET', '/api/v1/playbooks', { as: workspace.maya.id })
    expect(list.playbooks).toEqual([body.playbook])
  })

  test('two who write at once: the second is told, and the first one’s words stay', async () => {
    const { id, version } = (await write({ title: 'Tone' })).body.playbook
    const answers = await Promise.all([
      rewrite(id, { title: 'Tone: kind', version }),
      rewrite(id, { title: 'Tone: short', version }),
    ])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
    const won = answers.find(({ status }) => status === 200)?.body.playbook.title
    const lost = answers.find(({ status }) => status === 409)
    expect(lost?.body.error.code).toBe('changed_meanwhile')
    expect(await titles()).toContain(won)
    const kept = await db.owner.query('select title from playbook_version where playbook_id = $1 order by version', [
      id,
    ])
    expect(
      kept.rows.map((row) => row.title),
      'what it said before is kept',
    ).toEqual(['Tone', won])
  })

  test('a removal can be taken back', async () => {
    const { id } = (await write({ title: 'Old rules' })).body.playbook
    expect((await remove(id, true)).status).toBe(204)
    expect(await titles()).not.toContain('Old rules')
    expect((await remove(id, false)).status).toBe(204)
    expect(await titles()).toContain('Old rules')
  })

  test.each([
    ['no title', { title: '  ' }],
    ['too long a text', { body: 'x'.repeat(PLAYBOOK_BODY_LENGTH_MAX + 1) }],
    ['a language we do not speak', { language: 'fr' }],
  ])('%s is refused', async (_name, body) => {
    expect((await write(body)).status).toBe(400)
  })

  test('of another workspace are not there', async () => {
    const { id, version } = (await write({ title: 'Secret' })).body.playbook
    const other = await createTestWorkspace(db)
    const there = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: 'http://127.0.0.1:1' })
    const answers = await Promise.all([
      there.call('POST', `/api/v1/playbooks/${id}`, { body: { ...PAGE, version } }),
      there.call('POST', `/api/v1/playbooks/${id}/removal`, { body: { removed: true } }),
      there.call('GET', '/api/v1/playbooks'),
    ])
    await there.close()
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 200])
    expect(answers[2]?.body.playbooks).toEqual([])
    expect(await titles(), 'it is still ours').toContain('Secret')
  })
})
