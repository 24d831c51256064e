import { expect, test } from 'vitest'
import { archiveAddress } from './template-client.ts'

test.each([
  ['https://graph.facebook.com', 'https://api.facebook.com/1/message_templates/archive'],
  ['https://graph.facebook.com/', 'https://api.facebook.com/1/message_templates/archive'],
  ['http://127.0.0.1:4202', 'http://127.0.0.1:4202/1/message_templates/archive'],
])('archiving of Meta at %s', (baseUrl, address) => {
  expect(archiveAddress(baseUrl, '1/message_templates/archive').href).toBe(address)
})
