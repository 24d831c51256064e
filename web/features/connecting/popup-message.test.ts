import { describe, expect, test } from 'vitest'
import { popupResult, readPopupMessage } from './popup-message.ts'

const META = ['https://www.facebook.com', 'https://web.facebook.com']
const finish = { type: 'WA_EMBEDDED_SIGNUP', event: 'FINISH', version: 3, data: { waba_id: '1', phone_number_id: 2 } }
const from = (origin: string, data: unknown) => readPopupMessage({ origin, data }, META)

describe('a message of the popup', () => {
  test('is read from exactly the allowed origins, as text or as an object', () => {
    for (const origin of META) {
      expect(from(origin, JSON.stringify(finish))).toMatchObject({
        kind: 'said',
        said: { event: 'FINISH', wabaId: '1', phoneNumberId: '2' },
      })
      expect(from(origin, finish)).not.toBeNull()
    }
  })

  test.each([
    'https://evilfacebook.com',
    'https://www.facebook.com.evil.example',
    'http://www.facebook.com',
    'https://facebook.com',
    'https://www.facebook.com:8443',
    'http://127.0.0.1:4790',
    'null',
    '',
  ])('is not read from %s', (origin) => {
    expect(from(origin, JSON.stringify(finish))).toBeNull()
  })

  test.each([['cb=f1'], [null], [7], ['{"type":"other"}'], ['{"type":"WA_EMBEDDED_SIGNUP"}'], ['"text"']])(
    '%j is none',
    (data) => {
      expect(from('https://www.facebook.com', data)).toBeNull()
    },
  )

  test('keeps what an error says, under either of its names', () => {
    const data = { error_message: 'No', error_id: 524126, session_id: 's', current_step: 'PHONE' }
    expect(from('https://www.facebook.com', { ...finish, event: 'CANCEL', data })).toMatchObject({
      said: { event: 'CANCEL', errorMessage: 'No', errorCode: '524126', sessionId: 's', currentStep: 'PHONE' },
    })
  })
})

describe('the result', () => {
  const said = (event: string) => {
    const message = from('https://www.facebook.com', { ...finish, event })
    if (message?.kind !== 'said') throw new Error('no message')
    return message.said
  }
  test.each([
    [said('FINISH'), 'code', 'FINISH'],
    [null, 'code', 'FINISH'],
    [said('FINISH'), null, 'CANCEL'],
    [said('FINISH_ONLY_WABA'), null, 'FINISH_ONLY_WABA'],
    [said('ERROR'), null, 'ERROR'],
    [null, null, 'CANCEL'],
  ])('of %j with code %s is %s', (spoken, code, event) => {
    expect(popupResult(spoken, code)).toMatchObject({ event, code })
  })
})
