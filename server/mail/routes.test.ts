import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MailAnswer } from '../../contract/api/mail.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type MailServer, startMailServer } from '../../test/support/mail-server.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { apiJobs } from '../jobs.ts'
import { inWorkspace } from '../platform/db.ts'
import { MAIL_JOB, queueMail } from './send-mail.job.ts'

const LOGIN = { username: 'wasl', password: 'sésame' }

let db: TestDatabase
let workspace: TestWorkspace
let mailServer: MailServer
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  mailServer = await startMailServer(LOGIN)
})
afterAll(async () => {
  await mailServer.close()
  await db.close()
})
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  mailServer.mails.length = 0
  mailServer.refuse(null)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const settings = (more: object = {}) => ({
  host: '127.0.0.1',
  port: mailServer.port,
  security: 'none',
  ...LOGIN,
  from: 'wasl@shop.example',
  recipients: ['noura@shop.example', 'salem@shop.example'],
  language: 'ar',
  ...more,
})
const save = (more: object = {}) => server.call('POST', '/api/v1/mail', { body: settings(more) })
const trial = () => server.call('POST', '/api/v1/mail/test', { body: {} })
const read = async () => (await server.call('GET', '/api/v1/mail')).body as MailAnswer

describe('the mail settings', () => {
  test('come back as they were saved, but for the password, which is nowhere in the clear', async () => {
    expect((await read()).settings).toBeNull()
    expect((await save()).status).toBe(204)
    const { password: _, ...shown } = settings()
    expect((await read()).settings).toEqual({ ...shown, hasPassword: true })
    const { rows } = await db.owner.query(
      'select sealed_password as sealed from mail_settings where workspace_id = $1',
      [workspace.workspaceId],
    )
    expect(rows[0].sealed.includes(LOGIN.password)).toBe(false)
  })

  test('saved without a password keep the one there was; null takes it away', async () => {
    await save()
    await save({ password: undefined, recipients: ['maya@shop.example'] })
    expect((await trial()).status).toBe(204)
    await save({ password: null })
    expect((await read()).settings?.hasPassword).toBe(false)
  })

  test.each([
    ['no recipient', { recipients: [] }],
    ['a recipient that is no address', { recipients: ['noura'] }],
    ['a header in the address', { from: 'a@b.example\r\nBcc: x@y.example' }],
    ['a port that is none', { port: 0 }],
    ['a server that is none', { host: 'mail server' }],
  ])('%s is refused', async (_name, wrong) => {
    expect((await save(wrong)).status).toBe(400)
  })
})

describe('the test', () => {
  test('sends a mail at once, to everybody, in the language of the settings', async () => {
    await save()
    expect((await trial()).status).toBe(204)
    expect(mailServer.mails).toHaveLength(1)
    const [mail] = mailServer.mails
    expect(mail?.subject).toBe('تجربة البريد من وصل')
    expect([mail?.to].flat().map((to) => to?.text)).toEqual(['noura@shop.example, salem@shop.example'])
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated')
  })

  test.each([
    ['a wrong password', { password: 'wrong' }, 'login_refused'],
    ['a server that wants no TLS where we want it', { security: 'starttls' }, 'not_secure'],
    ['a door with nobody behind it', { port: 1 }, 'not_reached'],
  ])('says what is wrong with %s', async (_name, wrong, why) => {
    await save(wrong)
    const answer = await trial()
    expect([answer.status, answer.body.error.code]).toEqual([502, 'mail_failed'])
    expect(answer.body.error.details).toEqual({ why, answer: expect.stringMatching(/./) })
    expect(mailServer.mails).toEqual([])
  })

  test('before anything is saved there is nothing to test', async () => {
    expect((await trial()).status).toBe(404)
  })
})

describe('a mail', () => {
  const mail = () => ({
    id: server.deps.ids.next(),
    cause: 'phone_due:n1:10',
    recipients: ['noura@shop.example'],
    subject: 'Open the phone',
    body: 'Today.\n',
  })
  const queue = (one: ReturnType<typeof mail>) =>
    inWorkspace(db.database, workspace.workspaceId, (sql) =>
      queueMail(sql, workspace.workspaceId, one, new Date(server.clock.nowMs())),
    )
  const run = (mailId: string, isLastAttempt = false) =>
    apiJobs(server.deps)[MAIL_JOB]?.({ workspaceId: workspace.workspaceId, mailId }, { attempt: 1, isLastAttempt })
  const states = async () => (await read()).mails.map(({ state }) => state)

  test('of one cause is written once, and sent once', async () => {
    await save()
    const one = mail()
    expect([await queue(one), await queue(mail())]).toEqual([true, false])
    await run(one.id)
    await run(one.id)
    expect(mailServer.mails.map(({ subject }) => subject)).toEqual(['Open the phone'])
    expect(await states()).toEqual(['sent'])
  })

  test('that is refused waits, is tried again, and is given up at last with the reason', async () => {
    await save()
    const one = mail()
    await queue(one)
    mailServer.refuse(451)
    await expect(run(one.id)).rejects.toThrow('did not take the mail')
    expect(await states()).toEqual(['waiting'])
    await run(one.id, true)
    expect((await read()).mails).toMatchObject([{ state: 'failed', failure: expect.stringContaining('451') }])
    expect(mailServer.mails).toEqual([])
  })
})
