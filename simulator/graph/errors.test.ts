import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'
import { errorRow } from './errors.ts'

/** Meta's page of error codes, read by HTTP status; two numbers with a dash are a range. */
const BY_STATUS: readonly (readonly [number, string])[] = [
  [401, '0 190'],
  [403, '10 200-299 368 130497 131031 131005'],
  [404, '132001'],
  [500, '3 131000 131016 131045 131057 133000 134102'],
  [503, '2 133004'],
  [400, '1 4 33 100 613 80007 130429 130472 131048 131056 131064'],
  [400, '131008 131009 131021 131026 131030 131037 131042 131044 131047 131049-131053'],
  [400, '131055 131059-131063 131065 131070 131020 131041 131201-131215'],
  [400, '132000 132005 132007 132008 132012 132015 132016 132018 132068 132069'],
  [400, '133005 133006 133008-133010 133015 133016 134011 134100 134101 134103 135000 137000'],
  [400, '138000-138038 139000-139004 139100-139103 147001-147005 200005-200007 1752041'],
  [400, '2388001 2388012 2388091 2388093 2388103 2388019 2388040 2388047 2388072 2388073 2388293 2388299'],
  [400, '2494100 2494164-2494179 2494191 2593079 2593085 2593107-2593109'],
]
const all = BY_STATUS.flatMap(([status, codes]) => codes.split(' ').flatMap((word) => spread(word, status)))
const UNKNOWN = errorRow(999_999)

test('every code of Meta’s page has its HTTP status and words of its own', () => {
  const wrong = all.filter(({ code, status }) => errorRow(code).status !== status)
  expect(wrong).toEqual([])
  expect(all.filter(({ code }) => errorRow(code).details === UNKNOWN.details)).toEqual([])
  expect(all.length).toBeGreaterThan(230)
})

describe('on the wire', () => {
  let phone: ConnectedPhone
  beforeEach(async () => {
    phone = await connectPhone()
    await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
  })
  afterEach(() => phone.close())
  const send = () => phone.send({ to: '966511111111', type: 'text', text: { body: 'x' } })

  test('every code can be the answer to a call, in Meta’s error body', async () => {
    for (const { code, status } of all) {
      await phone.control('POST', '/graph-error', { code, times: 1 })
      const { status: given, json } = await send()
      expect([given, json.error.code, json.error.type]).toEqual([status, code, 'OAuthException'])
      expect(json.error.fbtrace_id).toMatch(/^A\w+$/)
      if (code !== 0 && code !== 190) {
        expect(json.error.message).toMatch(new RegExp(`^\\(#${code}\\) \\S`))
        expect(json.error.error_data).toEqual({ messaging_product: 'whatsapp', details: expect.any(String) })
      }
    }
    await phone.control('POST', '/graph-error', { code: 190, times: 1 })
    const { error } = (await send()).json
    expect([error.error_subcode, error.error_data, error.message]).toEqual([
      463,
      undefined,
      expect.stringMatching(/^Error validating access token/),
    ])
  })

  test('and the reason of a failed status', async () => {
    const codes = all.map(({ code }) => code).filter((_code, index) => index % 12 === 0)
    for (const code of codes) {
      await phone.control('POST', '/graph-error', { code, times: 1, asynchronous: true })
      expect((await send()).status).toBe(200)
      await phone.advance(7_000)
    }
    const failed = phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
    expect(failed.map((status) => status.errors[0].code)).toEqual(codes)
    expect(failed[0].errors[0]).toEqual({
      code: 0,
      title: 'AuthException',
      message: 'AuthException',
      error_data: { details: expect.any(String) },
      href: expect.any(String),
    })
  })
})

function spread(word: string, status: number): { code: number; status: number }[] {
  const [from = 0, to = from] = word.split('-').map(Number)
  return Array.from({ length: to - from + 1 }, (_value, index) => ({ code: from + index, status }))
}
