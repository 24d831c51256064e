import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HealthAnswer, HealthKey, SupportBundle } from '../../contract/api/care.ts'
import { noteArrivals } from '../../server/care/note-arrivals.ts'
import { apiJobs } from '../../server/jobs.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { putConversation, putMessage } from '../support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../support/workspace.ts'
import { type ConnectedNumber, connectSimulated } from './connected-number.ts'

const DAY_MS = 86_400_000

let db: TestDatabase
let workspace: TestWorkspace
let phone: ConnectedNumber
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  phone = await connectSimulated(db, workspace)
  return async () => {
    await phone.close()
    expect(phone.server.errors).toEqual([])
    await db.owner.query('delete from number_route')
  }
})

const at = (edge: string) => `/api/v1/numbers/${phone.numberId}/${edge}`
const ask = () => phone.server.call('POST', at('meta-answers'), { body: {} })
const health = async () => (await phone.server.call('GET', at('health'))).body as HealthAnswer
async function verdicts(...keys: HealthKey[]): Promise<string[]> {
  const { lines } = await health()
  return keys.map((key) => {
    const line = lines.find((one) => one.key === key)
    return `${line?.status} ${line?.reason}`
  })
}

describe('the health page', () => {
  test('before anybody asked, nothing is claimed; after asking, Meta’s answers are there with their age', async () => {
    expect(await verdicts('token', 'subscription', 'quality')).toEqual(Array(3).fill('look unasked'))
    expect((await ask()).status).toBe(204)
    // Nobody listens: Meta sends our app nothing at all.
    expect(await verdicts('token', 'subscription', 'quality', 'limit', 'sending', 'payment')).toEqual([
      'ok valid',
      'act needed_missing',
      'ok high',
      'ok standard',
      'ok free',
      'ok there',
    ])
    const askedAtMs = phone.simulator.world.clock.nowMs()
    await phone.advance(DAY_MS)
    expect((await health()).lines.find(({ key }) => key === 'quality')?.atMs).toBe(askedAtMs)
  })

  test('tells which webhook fields Meta sends, and which are missing', async () => {
    const url = 'http://127.0.0.1:1/webhook'
    phone.simulator.world.settings.subscription = { url, verifyToken: 'v', fields: ['messages', 'account_update'] }
    await ask()
    const { fields } = await health()
    expect(fields.find(({ name }) => name === 'messages')).toEqual({ name: 'messages', needed: true, subscribed: true })
    expect(fields.filter(({ subscribed, needed }) => needed && !subscribed).map(({ name }) => name)).toEqual([
      'history',
      'smb_app_state_sync',
      'smb_message_echoes',
    ])
    phone.simulator.world.settings.subscription = { url, verifyToken: 'v' }
    await phone.advance(60_000)
    await ask()
    expect(await verdicts('subscription')).toEqual(['ok all'])
  })

  test('sees the token run out, and keeps Meta’s code and trace id of what is refused then', async () => {
    await ask()
    await phone.advance(47 * DAY_MS)
    await ask()
    expect(await verdicts('token')).toEqual(['look ends_soon'])
    await phone.advance(20 * DAY_MS)
    await ask()
    expect(await verdicts('token', 'errors')).toEqual(['act over', 'act access'])
    const [error] = (await health()).errors
    expect(error).toMatchObject({ from: 'question', code: 190, traceId: expect.stringMatching(/^A/) })
    // What Meta said before is still shown, with its age.
    expect(await verdicts('quality')).toEqual(['ok high'])
  })

  test('pressing twice asks once', async () => {
    const calls = () => phone.simulator.world.accounts.get(phone.wabaId)?.managementCallsMs.length ?? 0
    const before = calls()
    await ask()
    const once = calls()
    expect(once).toBeGreaterThan(before)
    expect((await ask()).status).toBe(204)
    expect(calls()).toBe(once)
  })

  test('tells how much of the hour’s management calls is used, by the headers of Meta’s answers', async () => {
    expect(await verdicts('management')).toEqual(['ok free'])
    const nowMs = phone.simulator.world.clock.nowMs()
    const calls = phone.simulator.world.accounts.get(phone.wabaId)?.managementCallsMs
    calls?.push(...Array.from({ length: 4_700 }, () => nowMs))
    await ask()
    const line = (await health()).lines.find(({ key }) => key === 'management')
    const percent = Math.ceil((calls?.length ?? 0) / 50)
    expect(line).toMatchObject({ reason: 'resting', values: { percent, untilMs: nowMs + 5 * 60_000 }, atMs: nowMs })
    await phone.advance(5 * 60_000)
    expect(await verdicts('management')).toEqual(['ok free'])
  })

  test('counts what failed, by code, and what went through in the last minute', async () => {
    const number = { ...workspace, number: { ...workspace.number, id: phone.numberId } }
    const conversationId = await putConversation(db, number)
    for (const code of [131047, 131047, 131026]) {
      const id = await putMessage(db, number, conversationId, { author: 'agent', delivery: 'failed' })
      await db.owner.query('update message set error = $2 where id = $1', [
        id,
        JSON.stringify({ code, title: 'Re-engagement message', details: null, traceId: `A${code}` }),
      ])
    }
    const { errors } = await health()
    expect(errors.map(({ code, count, traceId }) => [code, count, traceId]).sort()).toEqual([
      [131026, 1, 'A131026'],
      [131047, 2, 'A131047'],
    ])
    const nowMs = phone.simulator.world.clock.nowMs()
    for (let n = 0; n < 3; n++) {
      const id = await putMessage(db, number, conversationId, { author: 'customer', sentAtMs: nowMs })
      await db.owner.query('update message set id = $2 where id = $1', [id, phone.server.deps.ids.next()])
    }
    const line = (await health()).lines.find(({ key }) => key === 'throughput')
    expect(line?.values).toMatchObject({ minuteIn: 3, secondIn: 3, minuteOut: 0, peak: 3, max: 20 })
  })

  test('says when something came last, and how long it waited to be read', async () => {
    expect(await verdicts('webhook')).toEqual(['look never'])
    const { clock, database } = phone.server.deps
    const onError = (error: unknown) => void phone.server.errors.push(error)
    const note = noteArrivals({ database, clock, onError })
    const firstMs = clock.nowMs() - 250
    await note(workspace.workspaceId, new Map([[phone.numberId, firstMs]]))
    // Within the half minute nothing more is written; after it, it is.
    await note(workspace.workspaceId, new Map([[phone.numberId, firstMs + 29_000]]))
    const line = async () => (await health()).lines.find(({ key }) => key === 'webhook')
    expect(await line()).toMatchObject({ reason: 'fresh', atMs: firstMs, values: { lagSeconds: 0.3 } })
    await phone.advance(3 * DAY_MS)
    expect(await verdicts('webhook')).toEqual(['look old'])
    await note(workspace.workspaceId, new Map([[phone.numberId, clock.nowMs()]]))
    expect(await line()).toMatchObject({ reason: 'fresh', atMs: clock.nowMs() })
  })

  test('asks anew by itself: at first, after six hours, and when Meta has told something', async () => {
    const sweep = async () => {
      await apiJobs(phone.server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
      const { rows } = await db.owner.query(
        `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
          where t.id = j.task_id and t.identifier = 'ask_meta' and j.payload->>'numberId' = $1 returning j.payload`,
        [phone.numberId],
      )
      for (const { payload } of rows) {
        await apiJobs(phone.server.deps).ask_meta?.(payload, { attempt: 1, isLastAttempt: false })
      }
      return rows.length
    }
    expect([await sweep(), await sweep()]).toEqual([1, 0])
    expect(await verdicts('quality')).toEqual(['ok high'])
    await phone.advance(6 * 3_600_000 + 1)
    expect([await sweep(), await sweep()]).toEqual([1, 0])
    await phone.advance(60_000)
    await db.owner.query(
      `insert into notice (workspace_id, digest, number_id, waba_id, kind, field, event, at, received_at, data)
       values ($1, 'a', null, $2, 'quality', 'phone_number_quality_update', 'ONBOARDING', null, $3, '{}')`,
      [workspace.workspaceId, phone.wabaId, new Date(phone.simulator.world.clock.nowMs() - 1000)],
    )
    expect([await sweep(), await sweep()]).toEqual([1, 0])
  })

  test('of a number that is not there is not found, and asking is nobody else’s', async () => {
    const other = await createTestWorkspace(db)
    for (const [method, edge] of [
      ['GET', 'health'],
      ['POST', 'meta-answers'],
      ['GET', 'support-bundle'],
    ] as const) {
      const path = `/api/v1/numbers/${other.number.id}/${edge}`
      expect((await phone.server.call(method, path, method === 'POST' ? { body: {} } : {})).status).toBe(404)
    }
  })
})

describe('the support bundle', () => {
  test('has ids, codes and times, and no word of a message, no customer, no token', async () => {
    const number = { ...workspace, number: { ...workspace.number, id: phone.numberId } }
    const secrets = {
      phone: '966551112223',
      name: 'Huda Al-Mutairi',
      text: 'The sofa is still too blue',
      wamid: `wamid.${Buffer.from('966551112223').toString('base64')}`,
      title: 'Could not send: The sofa is still too blue',
      username: 'noor_secret_name',
      profile: 'We sell sofas to our dear friends',
    }
    const conversationId = await putConversation(db, number, { phone: secrets.phone, name: secrets.name })
    const content = { type: 'text', body: secrets.text } as const
    const id = await putMessage(db, number, conversationId, {
      ...{ author: 'agent', delivery: 'failed', wamid: secrets.wamid, content },
    })
    await db.owner.query('update message set error = $2 where id = $1', [
      id,
      JSON.stringify({ code: 131026, title: secrets.title, details: secrets.phone, traceId: 'A131026' }),
    ])
    for (const field of ['account_update', `to ${secrets.phone}`]) {
      await db.owner.query(
        `insert into notice (workspace_id, digest, number_id, waba_id, kind, field, event, at, received_at, data)
         values ($1, $2, null, $3, 'account', $4, $5, null, $6, $7)`,
        [
          ...[workspace.workspaceId, Buffer.from(field), phone.wabaId, field, `ACCOUNT_OFFBOARDED`],
          ...[new Date(phone.simulator.world.clock.nowMs()), JSON.stringify({ text: secrets.text })],
        ],
      )
    }
    const own = phone.simulator.world.numbers.get(phone.phoneNumberId)
    if (own === undefined) throw new Error('The phone is gone')
    own.management.profile = { about: secrets.profile }
    own.management.username = { username: secrets.username, status: 'reserved' }
    await ask()
    const answer = await phone.server.call('GET', at('support-bundle'))
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="wasl-support-\d+-2026-11-23\.json"$/,
    )
    const bundle = answer.body as SupportBundle
    expect(bundle).toMatchObject({
      form: 'wasl-support-bundle-1',
      graphVersion: 'v25.0',
      number: { phoneNumberId: phone.phoneNumberId, wabaId: phone.wabaId },
      errors: [{ from: 'send', code: 131026, traceId: 'A131026', count: 1 }],
    })
    expect(bundle.notices.map(({ field, event }) => [field, event]).sort()).toEqual([
      ['account_update', 'ACCOUNT_OFFBOARDED'],
      ['other', 'ACCOUNT_OFFBOARDED'],
    ])
    expect(bundle.meta.find(({ question }) => question === 'username')?.facts).toEqual({ status: 'reserved' })
    const text = JSON.stringify(bundle)
    const [token] = [...phone.simulator.world.tokens.keys()]
    const forbidden = [...Object.values(secrets), String(token), phone.app.appSecret, 'wamid.']
    expect(forbidden.filter((secret) => text.includes(secret))).toEqual([])
    // Each of them was there to be leaked.
    const { rows } = await db.owner.query(
      `select (select count(*) from message where content->>'body' = $1) + (select count(*) from contact where phone = $2)
            + (select count(*) from meta_answer where answer::text like '%' || $3 || '%' or answer::text like '%' || $4 || '%') as n`,
      [secrets.text, secrets.phone, secrets.profile, secrets.username],
    )
    expect(Number(rows[0].n)).toBe(4)
  })
})
