import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MessageContent } from '../../contract/message-content.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { NINE_O_CLOCK_MS, putConversation, putToken } from '../../test/support/inbox-rows.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import { countCosts } from '../costs/count-costs.ts'
import { tellByMail } from '../mail/send-mail.job.ts'
import { inWorkspace, type Sql } from '../platform/db.ts'
import { checkDueCosts } from './check-due-costs.ts'
import type { Waiting } from './claim-store.ts'

const MINUTE_MS = 60_000
/** What an answer to Saudi Arabia costs in November 2026, in millionths of a dollar. */
const ANSWER = 10_700
const STOPPED = { delivery: 'failed', error: { code: null, title: 'budget_spent', details: null } }

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
let conversation: string

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  conversation = await putConversation(db, workspace)
  await putToken(db, workspace)
  // The free answers of the month are used up, by Meta's word.
  await db.owner.query(
    `insert into message_cost (workspace_id, number_id, wamid, at, basis, category, reason, amount, currency)
     select $1, $2, 'free' || n, $3, 'meta', 'service', 'free_tier', 0, 'USD' from generate_series(1, 1000) n`,
    [workspace.workspaceId, workspace.number.id, new Date(server.clock.nowMs() - MINUTE_MS)],
  )
  graph.calls.length = 0
  let sent = 0
  graph.answer(() => ({ body: { messages: [{ id: `wamid.${workspace.workspaceId}.${++sent}` }] } }))
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
    await db.owner.query('delete from graphile_worker._private_jobs')
  }
})

describe('a message that was to go out later, with a hard stop', () => {
  test('ends as the taking would refuse it when the budget was spent meanwhile, and a person sends it all the same', async () => {
    await budget(2 * ANSWER)
    const { id } = await take('later', { sendAtMs: inAMinute() })
    await spend(2)
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(sentTexts()).toEqual(['spent 1', 'spent 2'])
    expect(await message(id)).toMatchObject(STOPPED)
    expect(await events(id)).toMatchObject([{ type: 'message.added' }, { type: 'message.changed', message: STOPPED }])

    const again = (more: object) => post('later', { againOf: id, ...more })
    expect((await again({})).body.error.code).toBe('budget_spent')
    expect((await again({ costConfirmed: true })).status).toBe(201)
    await run()
    expect(sentTexts()).toEqual(['spent 1', 'spent 2', 'later'])
  })

  test('goes out when nothing but itself has used the budget, counted or not', async () => {
    await budget(2 * ANSWER)
    await take('first', { sendAtMs: inAMinute() })
    await take('second', { sendAtMs: inAMinute() + MINUTE_MS })
    expect((await post('third', {})).body.error.code).toBe('budget_spent')
    server.clock.advanceMs(MINUTE_MS)
    await run()
    await count()
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(sentTexts()).toEqual(['first', 'second'])
  })

  test('goes out although the budget is spent when somebody has agreed to its price', async () => {
    await budget(ANSWER)
    await take('agreed', { sendAtMs: inAMinute(), costConfirmed: true })
    await spend(1)
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(sentTexts()).toEqual(['spent 1', 'agreed'])
  })

  test('gives its price back when it is stopped: the next one may use it', async () => {
    const other = await putConversation(db, workspace, { phone: '966551110002' })
    await budget(2 * ANSWER)
    const { id } = await take('stopped', { sendAtMs: inAMinute() })
    const next = await post('goes', { sendAtMs: inAMinute() }, other)
    expect(next.status).toBe(201)
    await spend(1)
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(sentTexts()).toEqual(['spent 1', 'goes'])
    expect(await message(id)).toMatchObject(STOPPED)
    // What is written down is what is added up.
    const { spent } = (await server.call('GET', '/api/v1/costs/budgets')).body.budgets[0]
    await count()
    expect((await server.call('GET', '/api/v1/costs/budgets')).body.budgets).toMatchObject([{ spent }])
  })

  test('is stopped by a stop that was set after it was taken, before the month is added up and after', async () => {
    // Adds up the month, so that it is known that no free answer is left.
    await budget(1)
    await budget(null)
    await spend(2)
    const { id: first } = await take('first', { sendAtMs: inAMinute() })
    const { id: second } = await take('second', { sendAtMs: inAMinute() + MINUTE_MS })
    server.clock.advanceMs(1_000)
    const body = { numberId: null, amount: 2 * ANSWER, hardStop: true }
    expect((await server.call('POST', '/api/v1/costs/budgets', { body })).status).toBe(204)
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(await message(first)).toMatchObject(STOPPED)
    await count()
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(await message(second)).toMatchObject(STOPPED)
    expect(sentTexts()).toEqual(['spent 1', 'spent 2'])
  })

  test('goes out when the stop was taken away meanwhile', async () => {
    await budget(ANSWER)
    await take('free again', { sendAtMs: inAMinute() })
    await spend(1)
    await budget(null)
    server.clock.advanceMs(MINUTE_MS)
    await run()
    expect(sentTexts()).toEqual(['spent 1', 'free again'])
  })
})

describe('what is looked at', () => {
  const stopping = {
    hasHardStop: async () => true,
    isDueStopped: async (_sql: Sql, _workspaceId: string, { category }: { category: string }) => {
      asked.push(category)
      return true
    },
  }
  const asked: string[] = []
  const look = (...due: Waiting[]) =>
    inWorkspace(db.database, workspace.workspaceId, (sql) =>
      checkDueCosts(stopping, sql, workspace.workspaceId, { due, nowMs: NINE_O_CLOCK_MS }),
    )
  beforeEach(() => void asked.splice(0))

  test('nothing is asked about what goes out at once, was tried before, or was agreed to', async () => {
    const silent = { query: () => expect.fail('the database was asked') } as unknown as Sql
    const deps = { ...stopping, hasHardStop: () => expect.fail('budgets were asked for') }
    const due = [
      waiting({ sendAtMs: null }),
      waiting({ costConfirmed: true }),
      waiting({ triedAtMs: NINE_O_CLOCK_MS - MINUTE_MS }),
    ]
    expect(await checkDueCosts(deps, silent, workspace.workspaceId, { due, nowMs: NINE_O_CLOCK_MS })).toEqual([])
    expect(await look(waiting({}))).toMatchObject([STOPPED])
  })

  test('a template is judged by its category; of one that is gone nothing is claimed', async () => {
    await db.owner.query(
      `insert into template (workspace_id, id, waba_id, name, language, created_at, version, review, meta_category, meta_wording)
       values ($1, $2, $3, 'offer', 'ar', now(), 1, 'submitted', 'MARKETING', '{}')`,
      [workspace.workspaceId, randomUUID(), workspace.number.wabaId],
    )
    const template = (name: string) => waiting({ content: { type: 'template', name, language: 'ar' } })
    expect(await look(template('offer'), template('gone'), waiting({}))).toHaveLength(2)
    expect(asked).toEqual(['marketing', 'service'])
  })
})

function waiting(has: {
  sendAtMs?: number | null
  costConfirmed?: boolean
  triedAtMs?: number
  content?: MessageContent
}): Waiting {
  const { sendAtMs = NINE_O_CLOCK_MS, costConfirmed = false, triedAtMs = null } = has
  const content = has.content ?? { type: 'text', body: 'Yes' }
  const message = { id: randomUUID(), conversationId: conversation, numberId: workspace.number.id, content }
  const plan = sendAtMs === null ? null : { sendAtMs, expiresAtMs: null }
  return { message: { ...message, plan }, costConfirmed, triedAtMs } as unknown as Waiting
}

function inAMinute(): number {
  return server.clock.nowMs() + MINUTE_MS
}

async function budget(amount: number | null): Promise<void> {
  const body = { numberId: null, amount, hardStop: true }
  expect((await server.call('POST', '/api/v1/costs/budgets', { body })).status).toBe(204)
  await count()
}

/** So many answers that cost go out, to which somebody has agreed. */
async function spend(messages: number): Promise<void> {
  for (let each = 1; each <= messages; each++) {
    expect((await post(`spent ${each}`, { costConfirmed: true })).status).toBe(201)
    await run()
  }
  await count()
}

function post(text: string, more: object, to = conversation) {
  return server.call('POST', `/api/v1/conversations/${to}/messages`, {
    body: { clientId: randomUUID(), content: { type: 'text', body: text }, ...more },
  })
}

async function take(text: string, more: object): Promise<{ readonly id: string }> {
  const answer = await post(text, more)
  expect(answer.status).toBe(201)
  return answer.body.message
}

function run(): Promise<void> {
  return sendNow(db, server, workspace)
}

function count(): Promise<void> {
  return countCosts(
    { database: db.database, clock: server.clock, ids: server.deps.ids, tellByMail },
    workspace.workspaceId,
  )
}

function sentTexts(): string[] {
  return graph.calls.map((call) => (call.body.text as { body: string }).body)
}

async function message(id: string) {
  const { body } = await server.call('GET', `/api/v1/conversations/${conversation}/messages`)
  return body.messages.find((one: { id: string }) => one.id === id)
}

/** What the feed told of a message. */
async function events(id: string) {
  const { rows } = await db.owner.query('select event from feed where workspace_id = $1 order by seq', [
    workspace.workspaceId,
  ])
  return rows.map(({ event }) => event).filter(({ message }) => message?.id === id)
}
