import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import {
  customer,
  edit,
  LAYLA,
  MORNING_MS,
  message,
  ORIGIN,
  project,
  status,
  type TestProjection,
  testProjection,
} from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelEvent } from '../whatsapp/channel-event.ts'
import { latestSign } from './phone-sign.ts'

const HOUR_MS = 60 * 60 * 1000
const HOUR_S = 60 * 60
const echo = (wamid: string, at: number) => message({ wamid, at, via: 'echo', direction: 'out' })
const chunk: ChannelEvent = {
  type: 'channel.history_chunk',
  origin: ORIGIN,
  phase: 0,
  chunkOrder: 1,
  progressPercent: 100,
  threads: 1,
  messages: 1,
}
const contact = (atMs: number | null): ChannelEvent => ({
  type: 'channel.contact',
  origin: ORIGIN,
  action: 'add',
  customer: LAYLA,
  fullName: 'Layla',
  firstName: null,
  atMs,
})
const came = (...events: ChannelEvent[]) => events.map((event) => ({ event, receivedAtMs: MORNING_MS + HOUR_MS }))

describe('a sign of life', () => {
  test.each([
    ['a message of the phone', echo('wamid.1', 60), { kind: 'echo', atMs: MORNING_MS + 60_000 }],
    [
      'an edit of the phone',
      edit({ wamid: 'wamid.2', targetWamid: 'wamid.1', text: 'x', at: 60, via: 'echo' }),
      { kind: 'echo', atMs: MORNING_MS + 60_000 },
    ],
    ['its address book', contact(MORNING_MS), { kind: 'contact', atMs: MORNING_MS }],
    ['its address book, undated', contact(null), { kind: 'contact', atMs: MORNING_MS + HOUR_MS }],
    ['a chunk of its history', chunk, { kind: 'history', atMs: MORNING_MS + HOUR_MS }],
    ['a phone whose clock is fast', echo('wamid.3', 9 * HOUR_S), { kind: 'echo', atMs: MORNING_MS + HOUR_MS }],
  ])('is %s', (_name, event, sign) => {
    expect(latestSign(came(event))).toEqual(sign)
  })

  test.each([
    ['what a customer writes', message({ wamid: 'wamid.4' })],
    ['what another program sends', message({ wamid: 'wamid.5', direction: 'out' })],
    ['what the phone once sent, imported', message({ wamid: 'wamid.6', via: 'history', direction: 'out' })],
    ['a tick', status({ wamid: 'wamid.7', status: 'read' })],
  ])('is not %s', (_name, event) => {
    expect(latestSign(came(event))).toBeNull()
  })

  test('is the latest of several', () => {
    expect(latestSign(came(echo('wamid.8', 90), echo('wamid.9', 30)))?.atMs).toBe(MORNING_MS + 90_000)
  })
})

describe('what is written', () => {
  let db: TestDatabase
  let place: TestWorkspace
  let deps: TestProjection

  beforeAll(async () => {
    db = await createTestDatabase()
  })
  afterAll(() => db.close())
  beforeEach(async () => {
    place = await createTestWorkspace(db)
    deps = testProjection(db)
  })

  const signs = async () => {
    const { rows } = await db.owner.query(
      'select last_sign_at as at, last_sign_kind as kind from business_number where id = $1',
      [place.number.id],
    )
    return rows[0]
  }
  const told = () => {
    const texts = (deps.published.get(place.workspaceId) ?? []).map((row) => JSON.stringify(row))
    return texts.filter((text) => text.includes('number.changed')).length
  }

  test('is at most one sign an hour, and the number is told with it', async () => {
    await project(deps, place, [echo('wamid.1', -3 * HOUR_S)])
    await project(deps, place, [echo('wamid.2', -2 * HOUR_S - 1)])
    expect(await signs()).toEqual({ at: new Date(MORNING_MS - 3 * HOUR_MS), kind: 'echo' })
    expect(told()).toBe(1)
    await project(deps, place, [
      echo('wamid.3', -2 * HOUR_S),
      message({ wamid: 'wamid.4', customer: customer({ phone: '966550000001' }) }),
    ])
    expect(await signs()).toEqual({ at: new Date(MORNING_MS - 2 * HOUR_MS), kind: 'echo' })
    expect(told()).toBe(2)
  })

  test('never goes back: a delivery that is days late is no news', async () => {
    await project(deps, place, [contact(MORNING_MS)])
    await project(deps, place, [echo('wamid.5', -48 * HOUR_S)])
    expect(await signs()).toEqual({ at: new Date(MORNING_MS), kind: 'contact' })
  })

  test('is nothing for a number that has no phone', async () => {
    await db.owner.query("update business_number set mode = 'api_only' where id = $1", [place.number.id])
    await project(deps, place, [echo('wamid.6', 0)])
    expect(await signs()).toEqual({ at: null, kind: null })
  })
})
