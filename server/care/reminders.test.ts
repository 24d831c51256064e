import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { RemindersAnswer } from '../../contract/api/reminders.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { queueMail } from '../mail/send-mail.job.ts'
import { sendReminders } from './send-reminders.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let db: TestDatabase
let workspace: TestWorkspace
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  await setNumber('last_sign_at = $2', new Date(server.clock.nowMs()))
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const setNumber = (assignment: string, value: unknown) =>
  db.owner.query(`update business_number set ${assignment} where id = $1`, [workspace.number.id, value])
const saveMail = (more: object = {}) =>
  server.call('POST', '/api/v1/mail', {
    body: {
      ...{ host: '127.0.0.1', port: 25, security: 'none', username: null, from: 'wasl@shop.example' },
      ...{ recipients: ['noura@shop.example'], language: 'en', ...more },
    },
  })
const save = (body: object) => server.call('POST', '/api/v1/reminders', { body })
const read = async () => (await server.call('GET', '/api/v1/reminders')).body as RemindersAnswer
const sweep = () => sendReminders({ ...server.deps, queueMail }, workspace.workspaceId)
async function mails(): Promise<{ subject: string; body: string; recipients: string[] }[]> {
  const { rows } = await db.owner.query(
    'select subject, body, recipients from mail where workspace_id = $1 order by written_at, id',
    [workspace.workspaceId],
  )
  return rows
}

/** Looks every hour. */
async function live(hours: number): Promise<void> {
  for (let hour = 0; hour < hours; hour++) {
    server.clock.advanceMs(HOUR_MS)
    await sweep()
  }
}

describe('a phone that nobody opens', () => {
  test('is reminded of from the tenth day on, once a day, until the fourteenth', async () => {
    await saveMail()
    await live(10 * 24 - 1)
    expect(await mails()).toEqual([])
    await live(24)
    expect(await mails()).toMatchObject([
      {
        subject: `Open WhatsApp Business on the phone of +${workspace.number.phone}`,
        body: expect.stringMatching(/no sign of life for 10 days[\s\S]*4 days are left/),
        recipients: ['noura@shop.example'],
      },
    ])
    await live(10 * 24)
    expect((await mails()).map(({ body }) => /for (\d+) days/.exec(body)?.[1])).toEqual(['10', '11', '12', '13', '14'])
    expect((await read()).sent.map(({ kind, state }) => `${kind} ${state}`)).toEqual(
      Array(5).fill('open_phone waiting'),
    )
  })

  test('that is opened in between is left in peace, and counted anew', async () => {
    await saveMail()
    await live(10 * 24 + 1)
    expect(await mails()).toHaveLength(1)
    await setNumber('last_sign_at = $2', new Date(server.clock.nowMs()))
    await live(9 * 24)
    expect(await mails()).toHaveLength(1)
    await live(25)
    expect(await mails()).toHaveLength(2)
  })

  test('is reminded of once when two sweeps run together', async () => {
    await saveMail()
    server.clock.advanceMs(10 * DAY_MS)
    await Promise.all([sweep(), sweep(), sweep(), sweep()])
    expect(await mails()).toHaveLength(1)
    expect((await read()).sent).toHaveLength(1)
  })

  test('is told of in the language of the mail settings', async () => {
    await saveMail({ language: 'ar' })
    server.clock.advanceMs(13 * DAY_MS)
    await sweep()
    expect(await mails()).toMatchObject([
      { subject: expect.stringContaining('افتح واتساب للأعمال'), body: expect.stringContaining('بقي يوم واحد') },
    ])
  })
})

describe('a lost connection', () => {
  test.each([
    ['removed', 'primary_inactivity', 'The phone was not opened for about 14 days.'],
    ['removed', 'access_lost', 'has ended.\n'],
    ['offboarded', 'device_changed', 'accept to connect again'],
  ])('%s, %s: is told once, with its reason', async (state, reason, words) => {
    await saveMail()
    await sweep()
    expect(await mails()).toEqual([])
    await setNumber('state = $2', state)
    await setNumber('state_reason = $2', reason)
    await setNumber('state_since = $2', new Date(server.clock.nowMs()))
    await sweep()
    await live(100)
    expect(await mails()).toMatchObject([{ body: expect.stringContaining(words) }])
    // Back, and lost a second time: that is news again.
    await setNumber('state_since = $2', new Date(server.clock.nowMs()))
    await sweep()
    expect(await mails()).toHaveLength(2)
  })
})

describe('the settings', () => {
  test('remind everybody of the mail settings unless they name others', async () => {
    expect(await read()).toEqual({ enabled: true, recipients: null, hasMail: false, sent: [] })
    await saveMail()
    expect((await save({ enabled: true, recipients: ['salem@shop.example'] })).status).toBe(204)
    expect(await read()).toMatchObject({ recipients: ['salem@shop.example'], hasMail: true })
    server.clock.advanceMs(10 * DAY_MS)
    await sweep()
    expect((await mails()).map(({ recipients }) => recipients)).toEqual([['salem@shop.example']])
  })

  test('switch reminders off', async () => {
    await saveMail()
    await save({ enabled: false, recipients: null })
    server.clock.advanceMs(10 * DAY_MS)
    await sweep()
    expect(await mails()).toEqual([])
    await save({ enabled: true, recipients: null })
    await sweep()
    expect(await mails()).toHaveLength(1)
  })

  test('without a mail server nothing is written down, and nothing is lost', async () => {
    server.clock.advanceMs(10 * DAY_MS)
    await sweep()
    expect(await mails()).toEqual([])
    await saveMail()
    await sweep()
    expect(await mails()).toHaveLength(1)
  })

  test.each([
    { enabled: true, recipients: [] },
    { enabled: true, recipients: ['salem'] },
    { enabled: 'yes', recipients: null },
  ])('%j is refused', async (wrong) => {
    expect((await save(wrong)).status).toBe(400)
  })
})
