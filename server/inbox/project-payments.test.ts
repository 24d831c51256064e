import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Message } from '../../contract/message.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { billOf } from '../../test/support/bill.ts'
import { expectConverged, freshBrowser } from '../../test/support/browser.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { message, payment, project, status, testProjection } from '../../test/support/projection.ts'
import { sendNow } from '../../test/support/send-now.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import { checkIntegrity } from './check-integrity.ts'

let db: TestDatabase
let graph: GraphStub
let place: TestWorkspace
let server: ApiServer

beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  place = await createTestWorkspace(db)
  await putToken(db, place)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: graph.url })
  await receive({ ...message({ wamid: 'wamid.1' }), sentAtMs: server.clock.nowMs() - 60_000 })
  return async () => {
    expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const receive = (...events: ChannelEvent[]) => project({ ...testProjection(db), clock: server.clock }, place, events)

/** An agent asks for a payment; gives the message. */
async function bill(reference: string): Promise<Message> {
  const body = { clientId: crypto.randomUUID(), content: { type: 'interactive', interactive: billOf(reference) } }
  const answer = await server.call('POST', `/api/v1/conversations/${await conversationId()}/messages`, { body })
  expect(answer.body.error).toBeUndefined()
  return answer.body.message
}

async function conversationId(): Promise<string> {
  return (await server.call('GET', '/api/v1/conversations')).body.conversations[0].id
}

async function shown({ id }: Pick<Message, 'id'>): Promise<Message> {
  const { messages } = (await server.call('GET', `/api/v1/conversations/${await conversationId()}/messages`)).body
  return messages.find((one: Message) => one.id === id)
}

test('a payment shows on the message that asked for it, the feed tells all of it, and no delivery state moves', async () => {
  graph.answer(() => ({ body: { messages: [{ id: 'wamid.bill' }] } }))
  const asked = await bill('order-1')
  await sendNow(db, server, place)
  await receive(status({ wamid: 'wamid.bill', status: 'delivered', at: 1 }))
  const before = await shown(asked)
  expect(before.payment).toBeUndefined()
  const old = await freshBrowser(db, place)
  const told = { transactionId: 'order_7', amount: { value: 42_500, offset: 100, currency: 'INR' } }
  await receive(payment('order-1', 'pending', 5, { transactionId: 'order_7' }), payment('order-1', 'paid', 9, told))
  expect(await expectConverged(db, place, old)).toEqual(['message.changed'])
  const after = await shown(asked)
  expect(after.payment).toMatchObject({ state: 'paid', ...told })
  expect({ ...after, payment: undefined }).toEqual({ ...before, payment: undefined })
  expect(before.delivery).toBe('delivered')
})

test('a payment beside a status of the same message in one batch', async () => {
  graph.answer(() => ({ body: { messages: [{ id: 'wamid.both' }] } }))
  const asked = await bill('order-1')
  await sendNow(db, server, place)
  const old = await freshBrowser(db, place)
  await receive(payment('order-1', 'failed', 5), status({ wamid: 'wamid.both', status: 'read', at: 6 }))
  expect(await expectConverged(db, place, old)).toEqual(['message.changed', 'message.changed'])
  expect(await shown(asked)).toMatchObject({ delivery: 'read', payment: { state: 'failed' } })
})

test('the same told again changes nothing, and tells nobody', async () => {
  const asked = await bill('order-1')
  await receive(payment('order-1', 'paid', 9))
  const before = await shown(asked)
  const old = await freshBrowser(db, place)
  await receive(payment('order-1', 'paid', 9), payment('order-1', 'pending', 2))
  expect(await expectConverged(db, place, old)).toEqual([])
  expect(await shown(asked)).toEqual(before)
})

test('of an order that nobody billed it is kept and shown among the notices, and a bill that comes later shows it', async () => {
  await receive(payment('order-2', 'paid', 3))
  const { notices } = (await server.call('GET', '/api/v1/notices')).body
  expect(notices).toMatchObject([{ kind: 'payment', data: { payment: { reference_id: 'order-2' } } }])
  const other = await bill('order-3')
  const old = await freshBrowser(db, place)
  const asked = await bill('order-2')
  expect(asked.payment).toMatchObject({ state: 'paid' })
  expect(await expectConverged(db, place, old)).toEqual(['message.added'])
  expect((await shown(other)).payment).toBeUndefined()
})

test('a bill and its payment that are written at the same time find each other', async () => {
  for (let round = 0; round < 8; round++) {
    const reference = `order-${round}`
    const [asked] = await Promise.all([bill(reference), receive(payment(reference, 'paid', round))])
    expect((await shown(asked)).payment, reference).toMatchObject({ state: 'paid' })
  }
})

test('whatever comes first, and however often, the message shows the same', { timeout: 60_000 }, async () => {
  let count = 0
  const told = fc.record({
    state: fc.constantFrom('pending' as const, 'paid' as const, 'failed' as const),
    at: fc.nat(6),
  })
  const world = fc.array(told, { minLength: 1, maxLength: 6 }).chain((all) =>
    fc.record({
      all: fc.constant(all),
      other: fc.shuffledSubarray(all, { minLength: all.length }),
      billedAt: fc.nat(6),
    }),
  )
  await fc.assert(
    fc.asyncProperty(world, async ({ all, other, billedAt }) => {
      const [one, two] = [`first-${++count}`, `second-${count}`]
      const first = await bill(one)
      await receive(...all.map(({ state, at }) => payment(one, state, at)))
      let second: Message | null = null
      for (const [index, { state, at }] of [...other, ...all.slice(0, 1)].entries()) {
        if (index === billedAt) second = await bill(two)
        await receive(payment(two, state, at))
      }
      second ??= await bill(two)
      const { payment: shownFirst } = await shown(first)
      expect(shownFirst).toBeDefined()
      expect((await shown(second)).payment).toEqual(shownFirst)
    }),
    { numRuns: 15, seed: 20261129 },
  )
})
