import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Message } from '../contract/message.ts'
import { type SimulatedWasl, startSimulatedWasl } from './simulated-wasl.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let db: TestDatabase
let place: TestWorkspace
let wasl: SimulatedWasl
let seed = 1650
let chat: string
let question: Message

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  wasl = await startSimulatedWasl(db, place, ++seed)
  const { phoneNumberId } = await wasl.connect({ shareHistory: false })
  const people = (await wasl.control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string }[]
  chat = `numbers/${phoneNumberId}/chats/${people[0]?.key}`
  question = await written('Open today?')
  return async () => {
    expect(await wasl.close()).toEqual([])
  }
})

test('a reaction stands here and on the phone at once, another one replaces it, and it is taken back', async () => {
  for (const emoji of ['👍', '❤️', null]) {
    expect((await react(question, emoji)).status).toBe(204)
    expect((await read(question)).reactions.map(({ by, emoji: shown }) => [by, shown])).toEqual(
      emoji === null ? [] : [['business', emoji]],
    )
    expect((await onPhone(question)).reactions).toEqual(emoji === null ? [] : [expect.objectContaining({ emoji })])
    // Statuses of what is no message are no sign of a lost one.
    await wasl.advance(60_000)
    expect(
      (await db.owner.query('select 1 from stray_status where workspace_id = $1', [place.workspaceId])).rows,
    ).toEqual([])
  }
})

test('what is no emoji, is too old, or stands in a closed window is refused before Meta is asked', async () => {
  expect((await react(question, 'yes')).body.error.code).toBe('bad_request')
  await wasl.advance(DAY_MS)
  expect((await react(question, '👍')).body.error.code).toBe('reply_window_closed')
  await wasl.advance(30 * DAY_MS)
  expect((await react(question, '👍')).body.error.code).toBe('reaction_refused')
  expect((await onPhone(question)).reactions).toEqual([])
  expect((await react({ ...question, id: place.salem.id }, '👍')).status).toBe(404)
})

test('Meta out of reach changes nothing, and one may ask again', async () => {
  await wasl.control('PUT', 'faults', { graph5xxRatio: 1 })
  expect((await react(question, '👍')).status).toBe(502)
  expect((await read(question)).reactions).toEqual([])
  await wasl.control('PUT', 'faults', {})
  expect((await react(question, '👍')).status).toBe(204)
})

test('the customer sees that we read and write where the number is set so, and only there', async () => {
  const { id, conversationId, numberId } = question
  const told = async () => {
    const { counters } = (await wasl.control('GET', 'state')) as { counters: Record<string, number> }
    return [counters.api_reads ?? 0, counters.api_typing ?? 0]
  }
  const both = async () => {
    expect((await wasl.call('POST', `/conversations/${conversationId}/read`, { inboundCount: 1 })).status).toBe(204)
    expect((await wasl.call('POST', `/conversations/${conversationId}/typing`)).status).toBe(204)
  }
  expect((await wasl.call('GET', `/numbers/${numberId}/signals`)).body).toEqual({ readReceipts: false, typing: false })
  await both()
  expect((await wasl.call('POST', `/numbers/${numberId}/signals`, { readReceipts: false, typing: true })).status).toBe(
    400,
  )
  const save = (signals: object) => wasl.call('POST', `/numbers/${numberId}/signals`, signals)
  expect((await save({ readReceipts: true, typing: true })).status).toBe(204)
  await both()
  await expect.poll(told, { timeout: 20_000 }).toEqual([1, 1])
  expect((await save({ readReceipts: false, typing: false })).status).toBe(204)
  await both()
  await react(question, '👍')
  expect(await told()).toEqual([1, 1])
  expect((await wasl.call('POST', `/conversations/${id}/typing`)).status).toBe(404)
})

async function written(body: string): Promise<Message> {
  await wasl.control('POST', `${chat}/acts`, { by: 'customer', do: 'send', message: { type: 'text', body } })
  const event = await wasl.until((one) => one.type === 'message.added' && one.message.author === 'customer')
  if (event.type !== 'message.added') throw new Error('unreachable')
  return event.message
}

const react = ({ id }: Message, emoji: string | null) => wasl.call('POST', `/messages/${id}/reaction`, { emoji })

async function read({ id, conversationId }: Message): Promise<Message> {
  const { body } = await wasl.call('GET', `/conversations/${conversationId}/messages`)
  return (body.messages as Message[]).find((one) => one.id === id) as Message
}

async function onPhone({ wamid }: Message) {
  const thread = (await wasl.control('GET', chat)) as { wamid: string; reactions: object[] }[]
  return thread.find((one) => one.wamid === wamid) as { reactions: object[] }
}
