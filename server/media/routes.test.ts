import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ApiError } from '../../contract/error-codes.ts'
import type { MessageContent } from '../../contract/message-content.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../test/support/graph-stub.ts'
import { putConversation, putMessage, putToken } from '../../test/support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { MEDIA_BYTES_MAX } from './fetch-media.ts'

const BYTES = Buffer.from('0123456789')
const IMAGE: MessageContent = { type: 'image', media: { mediaId: '77', mimeType: 'image/jpeg', sha256: null } }

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
let conversation: string

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  conversation = await putConversation(db, workspace)
  await putToken(db, workspace)
})
afterAll(async () => {
  await server.close()
  await graph.close()
  await db.close()
})
beforeEach(() => {
  graph.calls.length = 0
  graph.answer((call): StubAnswer | undefined => {
    if (call.path === '/77')
      return { body: { url: `${graph.url}/file`, mime_type: 'image/jpeg', file_size: '10', id: '77' } }
    if (call.path !== '/file') return undefined
    const range = /^bytes=(\d+)-(\d+)$/.exec(call.headers.range ?? '')
    if (range === null) return { raw: BYTES, headers: { 'content-type': 'image/jpeg' } }
    const [from, to] = [Number(range[1]), Number(range[2])]
    return {
      status: 206,
      raw: BYTES.subarray(from, to + 1),
      headers: { 'content-type': 'image/jpeg', 'content-range': `bytes ${from}-${to}/10` },
    }
  })
})

describe('the file of a message', () => {
  test('comes from Meta with the bearer token, by an address that is asked for first', async () => {
    const answer = await get(IMAGE)
    expect([answer.status, await answer.text()]).toEqual([200, '0123456789'])
    expect(graph.calls.map((call) => [call.path, call.headers.authorization])).toEqual([
      ['/77', 'Bearer EAAtoken'],
      ['/file', 'Bearer EAAtoken'],
    ])
    expect(graph.calls[0]?.query.get('phone_number_id')).toBe(workspace.number.phoneNumberId)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/jpeg',
      'content-length': '10',
      'content-disposition': 'inline',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    })
  })

  test('comes in parts when the browser asks for a part', async () => {
    const answer = await get(IMAGE, { range: 'bytes=2-4' })
    expect([answer.status, await answer.text()]).toEqual([206, '234'])
    expect(answer.headers.get('content-range')).toBe('bytes 2-4/10')
  })

  test('is saved when that is asked for', async () => {
    const id = await putMessage(db, workspace, conversation, { content: IMAGE })
    const answer = await fetch(`${server.url}/api/v1/messages/${id}/media?download=1`)
    expect(answer.headers.get('content-disposition')).toBe('attachment')
  })

  test('that is a page of a customer never runs in the inbox', async () => {
    const page: MessageContent = {
      type: 'document',
      media: { mediaId: '77', mimeType: 'text/html', sha256: null },
      filename: 'x.html',
    }
    const answer = await get(page)
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  })
})

describe('there is no file', () => {
  test.each<[string, MessageContent, number, string]>([
    ['of a placeholder', { type: 'media_placeholder' }, 410, 'media_unavailable'],
    [
      'that never comes',
      { type: 'image', media: { mediaId: null, mimeType: null, sha256: null } },
      410,
      'media_unavailable',
    ],
    [
      'that Meta has dropped',
      { type: 'image', media: { mediaId: '78', mimeType: null, sha256: null } },
      410,
      'media_unavailable',
    ],
    ['of a text', { type: 'text', body: 'x' }, 404, 'not_found'],
  ])('%s', async (_name, content, status, code) => {
    const answer = await get(content)
    expect([answer.status, await errorCode(answer)]).toEqual([status, code])
  })

  test('while Meta does not answer', async () => {
    graph.answer(() => 'cut')
    const answer = await get(IMAGE)
    expect([answer.status, await errorCode(answer)]).toEqual([502, 'graph_unreachable'])
  })

  test('larger than Meta allows', async () => {
    graph.answer(() => ({ body: { url: `${graph.url}/file`, file_size: MEDIA_BYTES_MAX + 1 } }))
    const answer = await get(IMAGE)
    expect([answer.status, await errorCode(answer)]).toEqual([413, 'too_large'])
    expect(graph.calls).toHaveLength(1)
  })
})

async function get(content: MessageContent, headers: Record<string, string> = {}): Promise<Response> {
  const id = await putMessage(db, workspace, conversation, { content })
  return fetch(`${server.url}/api/v1/messages/${id}/media`, { headers })
}

async function errorCode(answer: Response): Promise<string> {
  return ((await answer.json()) as ApiError).error.code
}
