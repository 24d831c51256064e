import { expect } from 'vitest'
import type { AccountAnswer, HealthAnswer } from '../../contract/api/care.ts'
import { startMailServer } from '../support/mail-server.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, type Rig, scenario } from './rig.ts'

const LOGIN = { username: 'wasl', password: 'sesame' }

scenario('a business reserves a username, and hears when customers see it', { seed: 81 }, async (rig) => {
  const { numberId } = await rig.connectTiny()
  const account = async () => {
    const { body } = await rig.wasl.api.call('GET', `/api/v1/numbers/${numberId}/account`)
    return body as AccountAnswer
  }
  const { status } = await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/username`, {
    body: { username: 'tiny_shop' },
  })
  expect(status).toBe(204)
  await rig.settled()
  expect((await account()).answers.username.value).toMatchObject({ username: 'tiny_shop', status: 'reserved' })
  await rig.advance(MINUTE_MS)
  expect((await account()).usernameNews.map((one) => one.status)).toEqual(['approved', 'reserved'])
  // The news alone changes nothing: Meta is asked, within the minute.
  await rig.wasl.sweep()
  expect((await account()).answers.username.value).toMatchObject({ username: 'tiny_shop', status: 'approved' })
})

scenario('the page of health follows what comes in, and a lost connection', { seed: 82 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const verdict = async (key: string) => {
    const { body } = await rig.wasl.api.call('GET', `/api/v1/numbers/${numberId}/health`)
    const line = (body as HealthAnswer).lines.find((one) => one.key === key)
    return `${line?.status} ${line?.reason}`
  }
  await rig.wasl.sweep()
  await rig.write(phoneNumberId, 'c1', 'customer', 'Are you open?')
  expect(await Promise.all(['connection', 'webhook', 'subscription', 'history'].map(verdict))).toEqual([
    'ok live',
    'ok fresh',
    'ok all',
    'ok complete',
  ])
  await rig.control('POST', `numbers/${phoneNumberId}/device`, { do: 'disconnect' })
  await rig.settled()
  // The removal is believed when Graph has said it twice.
  await rig.advance(2 * MINUTE_MS)
  await rig.wasl.sweep()
  await rig.wasl.sweep()
  expect(await verdict('connection')).toBe('act removed')
})

scenario('nobody opens the phone: five mails, and one when the connection is lost', { seed: 83 }, async (rig) => {
  const mails = await startMailServer(LOGIN)
  try {
    const { phoneNumberId } = await rig.connectTiny()
    const { status } = await rig.wasl.api.call('POST', '/api/v1/mail', {
      body: {
        ...{ host: '127.0.0.1', port: mails.port, security: 'none', ...LOGIN, from: 'wasl@shop.example' },
        ...{ recipients: ['noura@shop.example'], language: 'en' },
      },
    })
    expect(status).toBe(204)
    await rig.control('POST', `numbers/${phoneNumberId}/device`, { do: 'switch_off' })
    await live(rig, 9.5 * DAY_MS)
    expect(mails.mails).toEqual([])
    await live(rig, 6 * DAY_MS)
    const subjects = mails.mails.map(({ subject }) => subject?.replace(/[+\d ]{8,}/, ' '))
    expect(subjects).toEqual([
      ...Array(5).fill('Open WhatsApp Business on the phone of '),
      expect.stringContaining('is no longer connected'),
    ])
  } finally {
    await mails.close()
  }
})

/** Time passes, six hours at a time, with what is done each minute done then. */
async function live(rig: Rig, ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 6 * HOUR_MS) {
    await rig.advance(6 * HOUR_MS)
    await rig.wasl.sweep()
  }
}
