import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { verifySignature } from './verify-signature.ts'

// Test case 2 of RFC 4231.
const BODY = Buffer.from('what do ya want for nothing?')
const SIGNATURE = '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'

const header = (body: Buffer, secret: string) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

test('the vector of RFC 4231 is accepted, and its bytes come back', () => {
  expect(verifySignature(BODY, `sha256=${SIGNATURE}`, ['Jefe'])).toEqual(Buffer.from(SIGNATURE, 'hex'))
})

test('each of several secrets is good, whatever its place', () => {
  for (const secrets of [['Jefe'], ['other', 'Jefe'], ['Jefe', 'other']]) {
    expect(verifySignature(BODY, `sha256=${SIGNATURE}`, secrets)).not.toBeNull()
  }
})

test.each([
  ['no header', undefined],
  ['an empty header', ''],
  ['two headers', [`sha256=${SIGNATURE}`, `sha256=${SIGNATURE}`]],
  ['no prefix', SIGNATURE],
  ['SHA-1', `sha1=${SIGNATURE}`],
  ['one digit too few', `sha256=${SIGNATURE.slice(1)}`],
  ['one digit too many', `sha256=${SIGNATURE}0`],
  ['letters that are no digits', `sha256=${'g'.repeat(64)}`],
  ['another body', header(Buffer.from('what do ya want for nothing!'), 'Jefe')],
  ['another secret', header(BODY, 'jefe')],
])('%s is refused', (_name, value) => {
  expect(verifySignature(BODY, value, ['Jefe'])).toBeNull()
})

test('without a configured secret nothing is accepted', () => {
  expect(verifySignature(BODY, `sha256=${SIGNATURE}`, [])).toBeNull()
})

test('the raw bytes count: escapes, spaces, a line end', () => {
  const signature = header(Buffer.from('{"a":"\\u0645"}'), 's')
  for (const other of ['{"a":"م"}', '{"a": "\\u0645"}', '{"a":"\\u0645"}\n']) {
    expect(verifySignature(Buffer.from(other), signature, ['s'])).toBeNull()
  }
})

test('a single changed bit anywhere is refused', () => {
  const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: body.length * 8 - 1 }), (bit) => {
      const changed = Buffer.from(body)
      changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7))
      expect(verifySignature(changed, header(body, 's'), ['s'])).toBeNull()
    }),
    { seed: 20261123 },
  )
})
