import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GRAPH_ERRORS, graphErrorRule } from '../contract/graph-errors.ts'
import type { InboxEvent } from '../contract/inbox-event.ts'
import type { Message } from '../contract/message.ts'
import { judgeSend } from '../server/outbound/send-outcome.ts'
import { type SimulatedWasl, startSimulatedWasl } from './simulated-wasl.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

/** Each code of Meta's, raised by the simulator as the answer to a call and in a status: it ends the same. */

const DAY_MS = 24 * 60 * 60 * 1000
/** Messages to one customer in a row: fewer than any limit holds up. */
const PER_CUSTOMER = 5
const CODES = GRAPH_ERRORS.flatMap(({ codes }) => codes.flat())
/** After these a number is let be for a minute and more. */
const LONG = [4, 80007]
const final = CODES.filter((code) => graphErrorRule(code).action === 'tell_user')
const passing = CODES.filter((code) => graphErrorRule(code).action !== 'tell_user')

let db: TestDatabase
let place: TestWorkspace
let wasl: SimulatedWasl
let phone: string
let seed = 3100
let count = 0

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  wasl = await startSimulatedWasl(db, place, ++seed)
  const { phoneNumberId } = await wasl.connect({ shareHistory: false })
  phone = `numbers/${phoneNumberId}`
  return async () => {
    expect(await wasl.close()).toEqual([])
  }
})

/** A new customer who has just written; gives the conversation. */
async function newcomer(): Promise<string> {
  const name = `Customer ${++count}`
  const { key } = (await wasl.control('POST', `${phone}/customers`, { profileName: name })) as { key: string }
  return written(key, name)
}

async function written(key: string, text: string): Promise<string> {
  const act = { by: 'customer', do: 'send', message: { type: 'text', body: text } }
  await wasl.control('POST', `${phone}/chats/${key}/acts`, act)
  const event = await wasl.until(
    (one) => one.type === 'message.added' && one.message.content.type === 'text' && one.message.content.body === text,
  )
  return (event as Extract<InboxEvent, { type: 'message.added' }>).message.conversationId
}

async function say(conversationId: string): Promise<Message> {
  const body = { clientId: `refused-${String(++count).padStart(5, '0')}`, content: { type: 'text', body: 'Hello' } }
  const answer = await wasl.call('POST', `/conversations/${conversationId}/messages`, body)
  expect(answer.status).toBe(201)
  return answer.body.message
}

const refuse = (code: number, times: number, asynchronous: boolean) =>
  wasl.control('POST', 'graph-error', { code, times, asynchronous })

async function end({ id }: Message): Promise<Pick<Message, 'delivery' | 'error'>> {
  const event = await wasl.until(
    (one) => one.type === 'message.changed' && one.message.id === id && one.message.delivery === 'failed',
  )
  const { delivery, error } = (event as Extract<InboxEvent, { type: 'message.changed' }>).message
  return { delivery, error }
}

/**
 * How messages end that are refused with these codes, one each: state, and the sentence with who must act and what it cost.
 * Customers are written to side by side, so any of them may get any code.
 */
async function endings(codes: readonly number[], asynchronous: boolean): Promise<Map<number, object>> {
  const conversations: string[] = []
  for (let at = 0; at < codes.length; at += PER_CUSTOMER) conversations.push(await newcomer())
  for (const code of codes) await refuse(code, 1, asynchronous)
  const messages: Message[] = []
  for (const at of codes.keys()) messages.push(await say(conversations[at % conversations.length] as string))
  const ended = new Map<number, object>()
  for (const message of messages) {
    const { delivery, error } = await end(message)
    ended.set(error?.code ?? 0, { delivery, rule: graphErrorRule(error?.code ?? 0) })
  }
  return ended
}

/** What a limit makes wait does not wait for the clock on the wall. */
const waitForNothing = () =>
  db.owner.query(`with number as (update send_pace set paused_until = null) update send_pair set held_until = now()`)

test('what asking again does not change ends the same, at the answer and later', async () => {
  // The closed window is looked at below: nothing more could be written after it.
  const codes = final.filter((code) => code !== 131047)
  const atOnce = await endings(codes, false)
  const later = await endings(codes, true)
  expect([...atOnce.keys()].sort()).toEqual([...codes].sort())
  expect(later).toEqual(atOnce)
})

describe('what passes', () => {
  test('is asked again until its time is over, and ends then as it does later', async () => {
    const ends = new Map<number, object>()
    for (const code of LONG) {
      // Nobody waits here for minutes of the wall's clock: what becomes of the message at the end is judged alone.
      const error = { code, title: '', details: null, traceId: null }
      const verdict = judgeSend({ kind: 'error', status: 400, error }, DAY_MS)
      ends.set(code, { delivery: verdict.kind, rule: graphErrorRule(code) })
    }
    for (const code of passing.filter((one) => !LONG.includes(one))) {
      const conversation = await newcomer()
      await refuse(code, 1_000, false)
      const message = await say(conversation)
      await wasl.until(
        (one) => one.type === 'message.changed' && one.message.id === message.id && one.message.delivery === 'sending',
      )
      await wasl.until(
        (one) => one.type === 'message.changed' && one.message.id === message.id && one.message.delivery === 'queued',
      )
      await wasl.control('POST', 'clock', { advanceMs: DAY_MS })
      await waitForNothing()
      await wasl.run('sweep')
      const { delivery, error } = await end(message)
      ends.set(error?.code ?? 0, { delivery, rule: graphErrorRule(error?.code ?? 0) })
      await refuse(code, 0, false)
      await waitForNothing()
    }
    const later = new Map<number, object>()
    // A pause that one of them asks for holds up none of the others; the long ones come last, before any of them is heeded.
    for (const codes of [...passing.filter((one) => !LONG.includes(one)).map((one) => [one]), LONG]) {
      for (const [one, ending] of await endings(codes, true)) later.set(one, ending)
      await wasl.advance(0)
      await waitForNothing()
    }
    expect([...ends.keys()].sort()).toEqual([...passing].sort())
    expect(later).toEqual(ends)
  })

  test.each([
    [130429, 'send_pace', 'paused_until', 'at the answer'],
    [130429, 'send_pace', 'paused_until', 'later'],
    [80007, 'send_pace', 'paused_until', 'at the answer'],
    [80007, 'send_pace', 'paused_until', 'later'],
    [131056, 'send_pair', 'held_until', 'at the answer'],
    [131056, 'send_pair', 'held_until', 'later'],
  ])('%i makes what comes next wait (%s.%s), %s', async (code, table, column, when) => {
    const conversation = await newcomer()
    await refuse(code, 1, when === 'later')
    const message = await say(conversation)
    const state = when === 'later' ? 'failed' : 'queued'
    await wasl.until(
      (one) => one.type === 'message.changed' && one.message.id === message.id && one.message.delivery === state,
    )
    await wasl.advance(0)
    const waits = `select from ${table} where workspace_id = $1 and ${column} is not null`
    expect((await db.owner.query(waits, [place.workspaceId])).rowCount).toBe(1)
  })
})

test('Meta’s word that the window is closed closes it either way, until the customer writes again', async () => {
  for (const asynchronous of [false, true]) {
    const name = `Late ${asynchronous}`
    const { key } = (await wasl.control('POST', `${phone}/customers`, { profileName: name })) as { key: string }
    const conversation = await written(key, name)
    await wasl.control('POST', 'clock', { advanceMs: 2_000 })
    await refuse(131047, 1, asynchronous)
    await end(await say(conversation))
    const refused = await wasl.call('POST', `/conversations/${conversation}/messages`, {
      clientId: `closed-${asynchronous}-key`,
      content: { type: 'text', body: 'Hello' },
    })
    expect(refused.body.error.code).toBe('reply_window_closed')
    await wasl.control('POST', 'clock', { advanceMs: 2_000 })
    await written(key, `${name} again`)
    // Its call is over, so that the next refusal is not meant for it.
    const { id } = await say(conversation)
    await wasl.until((one) => one.type === 'message.changed' && one.message.id === id && one.message.wamid !== null)
  }
})
