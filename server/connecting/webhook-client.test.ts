import { describe, expect, test } from 'vitest'
import { callWebhook } from './webhook-client.ts'

describe('our own webhook, called as Meta calls it', () => {
  test('needs an address, and that by HTTPS', async () => {
    expect(await callWebhook('', 'token')).toBe('no_address')
    expect(await callWebhook('http://127.0.0.1:1/webhooks/whatsapp', 'token')).toBe('not_https')
  })

  test('that does not answer says why', async () => {
    expect(await callWebhook('https://127.0.0.1:1/webhooks/whatsapp', 'token')).toEqual({
      failed: expect.stringMatching(/ECONNREFUSED|bad port/),
    })
  })
})
