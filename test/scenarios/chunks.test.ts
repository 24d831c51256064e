import { expect } from 'vitest'
import { openKillableDoor } from './killable-door.ts'
import { APP, DAY_MS, HOUR_MS, MINUTE_MS, type Rig, SECOND_MS, scenario } from './rig.ts'

const MESSAGES_BEFORE_THE_KILL = 200

scenario(
  'chunks come in any order and twice, and the server is killed in the middle',
  { seed: 31, faults: { historyChunkShuffle: 1, webhookDuplicateRatio: 0.5 } },
  async (rig) => {
    const { historyMessages, customers } = await rig.load('standin', { dialogues: 60 })
    const { numberId, phoneNumberId } = await rig.connect()
    await rig.wasl.goOffline()
    const door = await openKillableDoor(rig.wasl.db.url, APP.appSecret, Number(new URL(rig.wasl.webhook.url).port))
    const coming = rig.control('POST', 'clock', { advanceMs: 4 * SECOND_MS })
    await rig.told(() => rig.imported() >= MESSAGES_BEFORE_THE_KILL)
    await door.kill()
    await coming
    expect(await stored(rig)).toBeLessThan(historyMessages)
    await door.start()
    await rig.advance(MINUTE_MS)
    await door.kill()

    expect(await stored(rig)).toBe(historyMessages)
    expect(await rig.number(numberId)).toMatchObject({ state: 'live' })
    const history = await rig.history(numberId)
    expect(history).toMatchObject({ state: 'complete', progressPercent: 100, received: historyMessages })
    expect(history.phases.reduce((sum, { messages }) => sum + messages, 0)).toBe(historyMessages)
    expect(await rig.conversations(numberId)).toHaveLength(customers)
    expect(await doubled(rig)).toBeGreaterThan(0)
    expect(phoneNumberId).not.toBe('')
    await rig.wasl.comeBack()
  },
)

scenario('the server is off the net for a day, and Meta tries again and again', { seed: 32 }, async (rig) => {
  const { phoneNumberId, numberId } = await rig.connectTiny()
  await rig.wasl.goOffline()
  for (let hour = 0; hour < 6; hour++) {
    await rig.act(phoneNumberId, 'c1', said('customer', `Hour ${4 * hour}: anybody there?`))
    await rig.control('POST', 'clock', { advanceMs: HOUR_MS })
    await rig.act(phoneNumberId, 'c1', said('phone', `Hour ${4 * hour + 1}: yes.`))
    await rig.control('POST', 'clock', { advanceMs: 3 * HOUR_MS })
  }
  const [before] = await rig.sql<{ n: number }>(
    "select count(*)::int as n from message where workspace_id = $1 and source = 'live'",
  )
  expect(before?.n).toBe(0)
  await rig.wasl.comeBack()
  await rig.advance(DAY_MS)

  await rig.expectThreadsOfPhone(phoneNumberId)
  const live = (await rig.thread(phoneNumberId, 'c1')).filter(({ source }) => source === 'live')
  expect(live.map(({ author }) => author)).toEqual(Array.from({ length: 6 }, () => ['customer', 'phone']).flat())
  expect(live.map(({ sentAtMs }) => sentAtMs)).toEqual(live.map(({ sentAtMs }) => sentAtMs).toSorted((a, b) => a - b))
  expect(await rig.conversation(phoneNumberId, 'c1')).toMatchObject({ inboundCount: 6, numberId })
})

function said(by: 'customer' | 'phone', body: string): object {
  return { by, do: 'send', message: { type: 'text', body } }
}

async function stored(rig: Rig): Promise<number> {
  const [row] = await rig.sql<{ n: number }>('select count(*)::int as n from message where workspace_id = $1')
  return row?.n ?? 0
}

/** Deliveries that Meta made a second time. */
async function doubled(rig: Rig): Promise<number> {
  const { counters } = await rig.control<{ counters: Record<string, number> }>('GET', 'state')
  return counters.webhooks_duplicated ?? 0
}
