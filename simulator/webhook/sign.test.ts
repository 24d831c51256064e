import { expect, test } from 'vitest'
import { metaJson } from './json.ts'
import { signatureHeaders } from './sign.ts'

test('the known vector of an empty webhook', () => {
  const headers = signatureHeaders('{"object":"whatsapp_business_account","entry":[]}', 'test_app_secret')
  expect(headers['x-hub-signature-256']).toBe('sha256=dec6a680679a968e7e0319355b23599cbfc54502c0784668e9618baa0c633756')
})

test('bytes are escaped as Meta does: no byte above 0x7f, slashes escaped, and still the same JSON', () => {
  const value = { text: 'مرحبا 👋', url: 'https://example.com/a', quote: '"', line: 'a\nb', back: 'c:\\d' }
  const json = metaJson(value)
  expect(json).toContain('\\u0645\\u0631\\u062d')
  expect(json).toContain('\\ud83d\\udc4b')
  expect(json).toContain('https:\\/\\/example.com\\/a')
  expect(Buffer.byteLength(json)).toBe(json.length)
  expect(JSON.parse(json)).toEqual(value)
})
