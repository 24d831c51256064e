import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type CaptureGap, STANDING_KINDS } from '../contract/api/gaps.ts'
import type { Conversation } from '../contract/conversation.ts'
import type { InboxEvent } from '../contract/inbox-event.ts'
import { type SimulatedWasl, startSimulatedWasl } from './simulated-wasl.ts'
import { createTestDatabase, type TestDatabase } from './support/database.ts'
import { createTestWorkspace, type TestWorkspace } from './support/workspace.ts'

/** What the simulated phone, its customers and another partner do, and what the register says of it. */

const MINUTE_MS = 60_000
/** The register is derived every five minutes; a gap is shown within a quarter of an hour. */
const SHOWN_WITHIN_MS = 15 * MINUTE_MS

let db: TestDatabase
let place: TestWorkspace
let wasl: SimulatedWasl
// A seed of its own: the same seed sends the same bytes, and a repeated delivery is taken once.
let seed = 900

beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  wasl = await startSimulatedWasl(db, place, ++seed)
  return async () => {
    expect(await wasl.close()).toEqual([])
  }
})

/** The gaps that are no matter of course, after the job has run. */
async function gapsOf(numberId: string): Promise<readonly CaptureGap[]> {
  await wasl.run('check_gaps')
  const { body } = await wasl.call('GET', `/numbers/${numberId}/gaps`)
  return (body.gaps as CaptureGap[]).filter(({ kind }) => !STANDING_KINDS.some((standing) => standing === kind))
}

const customersOf = async (phoneNumberId: string) =>
  (await wasl.control('GET', `numbers/${phoneNumberId}/customers`)) as { key: string; phone: string }[]

async function write(phoneNumberId: string, key: string, more: object = {}, body = 'Hello?') {
  await wasl.control('POST', `numbers/${phoneNumberId}/chats/${key}/acts`, {
    ...{ by: 'customer', do: 'send', message: { type: 'text', body } },
    ...more,
  })
}

const isUnavailable = (event: InboxEvent) =>
  event.type === 'message.added' && event.message.content.type === 'unsupported'

describe('a message that was only announced (131060)', () => {
  test('and never follows is a gap; the customer is told once, where that is switched on', async () => {
    const { numberId, phoneNumberId } = await wasl.connect()
    const ready = (await wasl.call('GET', `/numbers/${numberId}/auto-answer`)).body
    const { answered: _, ...setting } = ready
    await wasl.call('POST', `/numbers/${numberId}/auto-answer`, { ...setting, enabled: true })
    const [customer] = await customersOf(phoneNumberId)
    await write(phoneNumberId, customer?.key ?? '', { unsupportedDevice: 'unavailable' })
    await wasl.until(isUnavailable)
    expect((await gapsOf(numberId)).map(({ kind }) => kind)).not.toContain('unavailable')
    await wasl.advance(2 * MINUTE_MS)
    expect(await gapsOf(numberId)).toContainEqual(
      expect.objectContaining({ kind: 'unavailable', count: 1, untilMs: null }),
    )
    await wasl.run('sweep_gaps')
    await wasl.until(
      (event) => event.type === 'message.changed' && event.message.author === 'bot' && event.message.wamid !== null,
    )
    await write(phoneNumberId, customer?.key ?? '', { unsupportedDevice: 'unavailable' })
    await wasl.advance(2 * MINUTE_MS)
    await wasl.run('sweep_gaps')
    // Arabic: the customer is called نورة.
    const sent = (await wasl.control('GET', `sent?phoneNumberId=${phoneNumberId}`)) as unknown[]
    expect(sent).toHaveLength(1)
    expect(JSON.stringify(sent)).toContain(JSON.stringify(ready.textAr).slice(1, 30))
  })

  test('and is followed by the message is no gap, and nobody is told', async () => {
    const { numberId, phoneNumberId } = await wasl.connect()
    const setting = { enabled: true, textAr: 'أعد الإرسال', textEn: 'Send it again' }
    await wasl.call('POST', `/numbers/${numberId}/auto-answer`, setting)
    await wasl.control('PUT', 'faults', { unavailableFirstRatio: 1 })
    const { key } = (await wasl.control('POST', `numbers/${phoneNumberId}/customers`, { profileName: 'Ann' })) as {
      key: string
    }
    await write(phoneNumberId, key, {}, 'First words')
    await wasl.until(isUnavailable)
    await wasl.advance(2 * MINUTE_MS)
    await wasl.until((event) => event.type === 'message.changed' && event.message.content.type === 'text')
    await wasl.run('sweep_gaps')
    expect((await gapsOf(numberId)).map(({ kind }) => kind)).not.toContain('unavailable')
    expect(await wasl.control('GET', `sent?phoneNumberId=${phoneNumberId}`)).toEqual([])
  })
})

describe('history', () => {
  test('that was declined is a gap, of the half year before', async () => {
    const { numberId } = await wasl.connect({ shareHistory: false })
    const [gap] = await gapsOf(numberId)
    expect(gap).toMatchObject({ kind: 'history_declined', untilMs: null, count: null })
    expect((gap?.evidence.toMs ?? 0) - (gap?.evidence.fromMs ?? 0)).toBe(180 * 24 * 60 * MINUTE_MS)
  })

  test('that came leaves only the files that are too old', async () => {
    const { numberId } = await wasl.connect()
    expect(await gapsOf(numberId)).toMatchObject([{ kind: 'media_old', count: 1 }])
  })
})

describe('another partner on the number', () => {
  test('takes a thread: its owner is told, what was said is counted, and its statuses are no riddle', async () => {
    const { numberId, phoneNumberId } = await wasl.connect()
    await wasl.control('PUT', `numbers/${phoneNumberId}/routing`, {
      ...{ ourRole: 'customer_service', partnerRole: 'escalation' },
    })
    const [customer] = await customersOf(phoneNumberId)
    const key = customer?.key ?? ''
    await write(phoneNumberId, key)
    await wasl.until((event) => event.type === 'message.added' && event.message.author === 'customer')
    await wasl.advance(MINUTE_MS)
    await wasl.control('POST', `numbers/${phoneNumberId}/chats/${key}/partner`, { do: 'take' })
    await wasl.advance(MINUTE_MS)
    await wasl.control('POST', `numbers/${phoneNumberId}/chats/${key}/partner`, { do: 'send', text: 'We look into it' })
    await wasl.advance(MINUTE_MS)
    const owned = (by: string) => (event: InboxEvent) =>
      event.type === 'conversation.changed' && event.conversation.owner?.by === by
    const { conversation } = (await wasl.until(owned('partner'))) as { conversation: Conversation }
    expect(conversation.owner).toMatchObject({ role: 'escalation' })
    const body = { clientId: 'client-id-1', content: { type: 'text', body: 'And us?' } }
    await wasl.call('POST', `/conversations/${conversation.id}/messages`, body)
    const refused = await wasl.until((event) => event.type === 'message.changed' && event.message.delivery === 'failed')
    expect(refused).toMatchObject({ message: { error: { code: 131070 } } })

    await wasl.control('POST', `numbers/${phoneNumberId}/chats/${key}/partner`, { do: 'pass', metadata: 'over to you' })
    await wasl.advance(MINUTE_MS)
    const back = (await wasl.until(owned('us'))) as { conversation: Conversation }
    expect(back.conversation.owner).toMatchObject({ role: 'customer_service', note: 'over to you' })
    await wasl.advance(SHOWN_WITHIN_MS)
    const gaps = await gapsOf(numberId)
    expect(gaps).toContainEqual(expect.objectContaining({ kind: 'other_partner', count: 1 }))
    expect(gaps.map(({ kind }) => kind)).not.toContain('stray_status')
  })
})

test('a status of a message nobody has seen is shown within a quarter of an hour', async () => {
  const { numberId, phoneNumberId } = await wasl.connect()
  const number = (await wasl.call('GET', '/numbers')).body.numbers.find(({ id }: { id: string }) => id === numberId)
  const [customer] = await customersOf(phoneNumberId)
  const { nowMs } = (await wasl.control('GET', 'clock')) as { nowMs: number }
  const timestamp = String(Math.floor(nowMs / 1000))
  const status = { id: 'wamid.NEVERSEEN', status: 'delivered', timestamp, recipient_id: customer?.phone }
  const value = {
    ...{ messaging_product: 'whatsapp', statuses: [status] },
    metadata: { display_phone_number: number.displayPhone, phone_number_id: phoneNumberId },
  }
  const entry = [{ id: number.wabaId, changes: [{ field: 'messages', value }] }]
  await wasl.control('POST', 'webhooks/raw', { bodies: [{ object: 'whatsapp_business_account', entry }] })
  await wasl.advance(MINUTE_MS)
  await wasl.advance(SHOWN_WITHIN_MS - 6 * MINUTE_MS)
  expect(await gapsOf(numberId)).toContainEqual(expect.objectContaining({ kind: 'stray_status', count: 1 }))
})

test('Meta’s history of reports is read, and knows of no report that did not arrive', async () => {
  const { numberId, phoneNumberId } = await wasl.connect()
  const [customer] = await customersOf(phoneNumberId)
  await write(phoneNumberId, customer?.key ?? '')
  const asked = await wasl.until((event) => event.type === 'message.added' && event.message.author === 'customer')
  const { id } = (asked as { conversation: Conversation }).conversation
  const body = { clientId: 'client-id-2', content: { type: 'text', body: 'Until ten.' } }
  await wasl.call('POST', `/conversations/${id}/messages`, body)
  await wasl.until((event) => event.type === 'message.changed' && event.message.delivery === 'delivered')
  await wasl.advance(SHOWN_WITHIN_MS)
  await wasl.run('ask_history', { workspaceId: place.workspaceId, numberId })
  const { rows } = await db.owner.query(
    'select history_available as available from gap_check where workspace_id = $1 and number_id = $2',
    [place.workspaceId, numberId],
  )
  expect(rows).toEqual([{ available: true }])
  expect((await gapsOf(numberId)).map(({ kind }) => kind)).toEqual(['media_old'])
})

test('a number that its owner disconnects has a gap from then on', async () => {
  const { numberId, phoneNumberId } = await wasl.connect()
  await wasl.control('POST', `numbers/${phoneNumberId}/device`, { do: 'disconnect' })
  await wasl.until((event) => event.type === 'number.changed' && event.number.state === 'removed')
  const gone = (await gapsOf(numberId)).find(({ kind }) => kind === 'disconnected')
  expect(gone).toMatchObject({ untilMs: null, evidence: { state: 'removed' } })
  await wasl.connect()
  const back = (await gapsOf(numberId)).find(({ kind }) => kind === 'disconnected')
  expect(back?.key).toBe(gone?.key)
  expect(back?.untilMs).toBeGreaterThan(gone?.sinceMs ?? 0)
})
