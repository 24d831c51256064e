import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { type Graph, openGraph } from './client.ts'

let stub: GraphStub
let graph: Graph

beforeAll(async () => {
  stub = await startGraphStub()
  graph = openGraph({ baseUrl: `${stub.url}/` })
})
afterAll(() => stub.close())
beforeEach(() => {
  stub.calls.length = 0
})

describe('an answer of Graph as a value', () => {
  test('Meta’s error, whatever the status', async () => {
    const error = {
      message: '(#131056) (Business Account, Consumer Account) pair rate limit hit',
      type: 'OAuthException',
      code: 131056,
      error_data: { messaging_product: 'whatsapp', details: 'Too many messages' },
      fbtrace_id: 'Az8or2yhqkZfEZ',
    }
    for (const status of [200, 400, 500]) {
      stub.answer(() => ({ status, body: { error } }))
      expect(await graph.sendMessage('t', '1', {})).toEqual({
        kind: 'error',
        status,
        error: { code: 131056, title: error.message, details: 'Too many messages', traceId: 'Az8or2yhqkZfEZ' },
      })
    }
  })

  test('a cut connection and an answer nobody can read are unclear', async () => {
    stub.answer(() => 'cut')
    expect(await graph.sendMessage('t', '1', {})).toMatchObject({ kind: 'unclear', why: 'connection_lost' })
    stub.answer(() => ({ status: 503, raw: Buffer.from('<html>') }))
    expect(await graph.sendMessage('t', '1', {})).toEqual({
      kind: 'unclear',
      why: 'unreadable',
      detail: 'HTTP 503: <html>',
    })
    stub.answer(() => ({ body: { messages: [{}] } }))
    expect(await graph.sendMessage('t', '1', {})).toMatchObject({ kind: 'unclear', why: 'unreadable' })
  })

  test('a refused connection surely did not happen', async () => {
    const gone = await startGraphStub()
    await gone.close()
    expect(await openGraph({ baseUrl: gone.url }).sendMessage('t', '1', {})).toMatchObject({ kind: 'unreachable' })
  })

  test('a redirect is not followed with the token', async () => {
    stub.answer((call) =>
      call.path === '/1' ? { status: 302, headers: { location: `${stub.url}/elsewhere` } } : { body: { id: '1' } },
    )
    expect(await graph.readNumber('t', '1')).toMatchObject({ kind: 'unclear' })
    expect(stub.calls.map((call) => call.path)).toEqual(['/1'])
  })
})

describe('what Graph tells', () => {
  test('a token’s accounts, each once, and that it never expires', async () => {
    stub.answer(() => ({
      body: {
        data: {
          is_valid: true,
          expires_at: 0,
          granular_scopes: [
            { scope: 'whatsapp_business_management', target_ids: ['1', '2'] },
            { scope: 'whatsapp_business_messaging', target_ids: ['1'] },
            { scope: 'email' },
            { scope: 'business_management', target_ids: ['3'] },
          ],
        },
      },
    }))
    expect(await graph.debugToken({ appId: 'a', appSecret: 's' }, 't')).toEqual({
      kind: 'ok',
      value: {
        isValid: true,
        expiresAtMs: null,
        wabaIds: ['1', '2'],
        scopes: ['whatsapp_business_management', 'whatsapp_business_messaging', 'email', 'business_management'],
      },
    })
    expect(stub.calls[0]?.query.get('input_token')).toBe('t')
  })

  test('a file’s size as a number, also when Meta writes it as a string', async () => {
    stub.answer(() => ({ body: { url: 'https://x', mime_type: 'image/jpeg', file_size: '303833', id: '1' } }))
    expect(await graph.findMedia('t', '9', '1')).toMatchObject({ value: { sizeBytes: 303_833 } })
  })

  test('asks in the version of the path and puts ids into it safely', async () => {
    stub.answer(() => ({ body: { request_id: 'r' } }))
    await graph.requestSync('t', '../x?y', 'history')
    expect(stub.calls[0]?.path).toBe('/..%2Fx%3Fy/smb_app_data')
  })
})
