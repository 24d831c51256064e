import { expect, test } from 'vitest'
import { readMailError } from './client.ts'

test.each([
  [{ code: 'EAUTH', responseCode: 535, message: '535 5.7.8' }, 'login_refused', false],
  [{ code: 'ESOCKET', message: 'self-signed certificate' }, 'not_secure', false],
  [{ code: 'EENVELOPE', responseCode: 550, message: '550 no such user' }, 'refused', false],
  [{ code: 'EENVELOPE', responseCode: 451, message: '451 later' }, 'refused', true],
  [{ code: 'ETIMEDOUT', message: 'Connection timeout' }, 'not_reached', true],
  ['cut', 'not_reached', true],
])('%j is %s, again: %s', (error, why, again) => {
  expect(readMailError(error)).toMatchObject({ ok: false, why, again })
})
