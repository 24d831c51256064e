import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CaptureGap } from '../../contract/api/gaps.ts'
import { checkGaps } from '../../server/gaps/check-gaps.ts'
import { apiJobs } from '../../server/jobs.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../support/workspace.ts'
import { type ConnectedNumber, connectSimulated } from './connected-number.ts'

const MINUTE_MS = 60_000
const ONCE = { attempt: 1, isLastAttempt: false }

let db: TestDatabase
let workspace: TestWorkspace
let phone: ConnectedNumber
let door: Server
let answers: boolean
let url: string

beforeAll(async () => {
  db = await createTestDatabase()
  door = createServer((request, response) => {
    const challenge = new URL(request.url ?? '', 'http://door').searchParams.get('hub.challenge')
    response.writeHead(answers ? 200 : 502).end(answers ? challenge : '')
  })
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/webhooks/whatsapp`
})
afterAll(async () => {
  await new Promise((resolve) => door.close(resolve))
  await db.close()
})
beforeEach(async () => {
  answers = true
  workspace = await createTestWorkspace(db)
  phone = await connectSimulated(db, workspace, { deliveryUrl: () => url })
  phone.simulator.world.settings.subscription = { url, verifyToken: 'verify' }
  return async () => {
    await phone.close()
    expect(phone.server.errors).toEqual([])
    await db.owner.query('delete from number_route')
    await db.owner.query("update business_number set state = 'removed'")
  }
})

describe('the webhook’s address alone is down', () => {
  test('as our own call from outside shows, twice: a gap with its beginning and its end, and a line of the health page', async () => {
    await sweep()
    expect(await gaps()).toEqual([])
    answers = false
    await phone.advance(5 * MINUTE_MS)
    const downMs = now()
    await sweep()
    expect(await gaps(), 'once is a hiccup').toEqual([])
    await phone.advance(MINUTE_MS)
    await sweep()
    expect(await gaps()).toMatchObject([{ sinceMs: downMs, untilMs: null, evidence: { reason: 'unreachable' } }])
    expect(await webhookLine()).toMatchObject({ status: 'act', reason: 'unreachable', values: { minutes: 1 } })
    answers = true
    await phone.advance(MINUTE_MS)
    await sweep()
    expect(await gaps()).toMatchObject([{ sinceMs: downMs, untilMs: now() }])
    expect((await webhookLine())?.status).not.toBe('act')
  })

  test('as Meta’s own answer shows: it delivers to another address', async () => {
    phone.simulator.world.settings.subscription = { url: 'https://old.example.com/hook', verifyToken: 'verify' }
    await phone.server.call('POST', `/api/v1/numbers/${phone.numberId}/meta-answers`)
    await sweep()
    await phone.advance(MINUTE_MS)
    await sweep()
    expect(await gaps()).toMatchObject([{ untilMs: null, evidence: { reason: 'elsewhere' } }])
    expect(await webhookLine()).toMatchObject({ status: 'act', reason: 'elsewhere' })
    // Something comes in all the same: that address leads here.
    await arrived()
    await sweep()
    expect(await gaps()).toMatchObject([{ untilMs: now(), evidence: { reason: 'elsewhere' } }])
  })

  test('as messages show that Meta took and never reports on; one alone shows nothing', async () => {
    await accepted('wamid.1')
    const firstMs = now()
    await phone.advance(16 * MINUTE_MS)
    expect(await gaps()).toEqual([])
    await accepted('wamid.2')
    await phone.advance(16 * MINUTE_MS)
    expect(await gaps()).toMatchObject([{ sinceMs: firstMs, untilMs: null, evidence: { reason: 'no_reports' } }])
    expect(await webhookLine()).toMatchObject({ status: 'act', reason: 'no_reports' })
    await arrived()
    expect(await gaps()).toMatchObject([{ sinceMs: firstMs, untilMs: now() }])
  })
})

const now = () => phone.simulator.world.clock.nowMs()

async function sweep(): Promise<void> {
  await apiJobs(phone.server.deps).sweep?.({}, ONCE)
}

async function gaps(): Promise<CaptureGap[]> {
  const { database, clock } = phone.server.deps
  await checkGaps({ database, clock }, workspace.workspaceId, phone.numberId)
  const { body } = await phone.server.call('GET', `/api/v1/numbers/${phone.numberId}/gaps`)
  return (body.gaps as CaptureGap[]).filter(({ kind }) => kind === 'webhook_down')
}

async function webhookLine() {
  const { body } = await phone.server.call('GET', `/api/v1/numbers/${phone.numberId}/health`)
  return (body.lines as { key: string; status: string; reason: string }[]).find(({ key }) => key === 'webhook')
}

/** A webhook for the number has come in just now. */
function arrived(): Promise<unknown> {
  return db.owner.query(
    'insert into webhook_arrival (workspace_id, number_id, received_at, lag_ms) values ($1, $2, $3, 1)',
    [workspace.workspaceId, phone.numberId, new Date(now())],
  )
}

/** A message of ours that Meta has taken just now. */
async function accepted(wamid: string): Promise<void> {
  await db.owner.query(
    `insert into message (workspace_id, id, number_id, conversation_id, wamid, author, source, sent_at, content, delivery,
                          delivery_at, base_rank, content_rank, created_at)
     values ($1, $2, $3, $4, $5, 'agent', 'live', $6, '{"type":"text","body":"Hello"}', 'accepted', $6, 3, 11, $6)`,
    [
      ...[workspace.workspaceId, phone.server.deps.ids.next(), phone.numberId],
      ...[phone.server.deps.ids.next(), wamid, new Date(now())],
    ],
  )
}
