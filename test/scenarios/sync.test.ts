import { expect } from 'vitest'
import { startReceiver } from '../../simulator/testing/webhook-receiver.ts'
import { HOUR_MS, MINUTE_MS, type Rig, SECOND_MS, scenario } from './rig.ts'

/** Meta is out of order, and the queue tries again. */
const NOT_TAKEN = /Meta could not take the request for (contacts|history) just now/

for (const bare of [0, 1]) {
  const form = bare === 0 ? 'in an envelope' : 'without one'
  scenario(
    `the owner does not share the past, told ${form}`,
    { seed: 21, faults: { historyDeclinedBare: bare } },
    async (rig) => {
      await rig.load('tiny')
      const { numberId, phoneNumberId } = await rig.connect({ shareHistory: false })
      await rig.advance(MINUTE_MS)
      expect(await rig.number(numberId)).toMatchObject({
        state: 'live',
        syncs: [
          { kind: 'contacts', state: 'complete', received: 2 },
          { kind: 'history', state: 'declined', received: 0 },
        ],
      })
      await expectNoPast(rig)
      await liveGoesOn(rig, phoneNumberId)
    },
  )
}

scenario('Meta accepts the request and nothing ever comes', { seed: 22, faults: { historySilent: 1 } }, async (rig) => {
  await rig.load('tiny')
  const { numberId, phoneNumberId } = await rig.connect()
  await rig.advance(10 * MINUTE_MS - SECOND_MS)
  await rig.wasl.sweep()
  expect((await rig.history(numberId)).state).toBe('asked')
  await rig.advance(SECOND_MS)
  await rig.wasl.sweep()
  expect(await rig.history(numberId)).toMatchObject({ state: 'silent', requestId: expect.any(String), received: 0 })
  expect((await rig.number(numberId)).state).toBe('live')
  await expectNoPast(rig)
  await expectMayNotAsk(rig, numberId)
  await liveGoesOn(rig, phoneNumberId)
})

scenario('the past stops in the middle', { seed: 23 }, async (rig) => {
  await rig.load('standin', { dialogues: 30 })
  const { numberId, phoneNumberId } = await rig.connect()
  await rig.advance(1_300)
  // Somebody enters another address at Meta: what is accepted there never comes here.
  const elsewhere = await startReceiver()
  await rig.control('PUT', 'webhook', { url: elsewhere.url, verifyToken: elsewhere.verifyToken })
  await rig.advance(MINUTE_MS)
  expect(elsewhere.changes('history').length).toBeGreaterThan(0)
  await elsewhere.close()
  await rig.control('PUT', 'webhook', rig.wasl.webhook)
  await rig.wasl.sweep()
  expect((await rig.history(numberId)).state).toBe('receiving')

  await rig.advance(8 * HOUR_MS)
  await rig.wasl.sweep()
  const partial = await rig.history(numberId)
  expect(partial).toMatchObject({ state: 'partial' })
  expect(partial.phases.map(({ state }) => state)).toContain('stopped')
  expect(partial.progressPercent).toBeLessThan(100)
  const [stored] = await rig.sql<{ n: number }>('select count(*)::int as n from message where workspace_id = $1')
  expect(stored?.n).toBe(partial.received)
  expect(partial.received).toBeGreaterThan(0)
  await expectMayNotAsk(rig, numberId)
  await liveGoesOn(rig, phoneNumberId)
})

scenario('somebody else has used up the one request for the past', { seed: 24, fails: NOT_TAKEN }, async (rig) => {
  const { phoneNumberId } = await rig.load('tiny')
  // Meta is out of order when Wasl asks, and before it asks again another program does.
  await rig.control('POST', 'graph-error', { code: 2, times: 1_000, path: 'smb_app_data' })
  const { numberId } = await rig.connect()
  await rig.control('POST', 'graph-error', { code: 2, times: 0 })
  const answer = await askAsAnotherProgram(rig, phoneNumberId)
  expect(answer).toMatchObject({ request_id: expect.any(String) })
  await ask(rig, numberId)
  expect(await rig.history(numberId)).toMatchObject({ state: 'used_up', error: { code: 2593107 } })
  // What the other program asked for comes to everybody who listens.
  await rig.advance(MINUTE_MS)
  await rig.expectThreadsOfPhone(phoneNumberId)
  expect(await rig.number(numberId)).toMatchObject({ state: 'live' })
  await expectMayNotAsk(rig, numberId)
})

scenario('nobody could ask within 24 hours', { seed: 25, fails: NOT_TAKEN }, async (rig) => {
  await rig.load('tiny')
  await rig.control('POST', 'graph-error', { code: 2, times: 1_000, path: 'smb_app_data' })
  const { numberId, phoneNumberId } = await rig.connect()
  await rig.advance(18 * HOUR_MS)
  await rig.wasl.sweep()
  expect(await rig.history(numberId)).toMatchObject({ state: 'not_asked', alarmedAtMs: expect.any(Number) })
  await rig.advance(6 * HOUR_MS)
  await rig.wasl.sweep()
  expect(await rig.history(numberId)).toMatchObject({ state: 'too_late', received: 0 })
  expect((await rig.number(numberId)).state).toBe('live')
  await rig.control('POST', 'graph-error', { code: 2, times: 0 })
  await expectMayNotAsk(rig, numberId)
  await expectNoPast(rig)
  await liveGoesOn(rig, phoneNumberId)
})

scenario('by Meta’s clock the 24 hours are over', { seed: 26, fails: NOT_TAKEN }, async (rig) => {
  const { phoneNumberId } = await rig.load('tiny')
  await rig.control('POST', 'graph-error', { code: 2, times: 1_000, path: 'smb_app_data' })
  const { numberId } = await rig.connect()
  await rig.control('POST', 'graph-error', { code: 2, times: 0 })
  const number = rig.simulator.world.numbers.get(phoneNumberId)
  if (number !== undefined) number.onboarding.atMs = rig.simulator.world.clock.nowMs() - 25 * HOUR_MS
  await ask(rig, numberId)
  expect(await rig.history(numberId)).toMatchObject({ state: 'too_late', error: { code: 2593108 } })
  expect((await rig.number(numberId)).state).toBe('live')
  await expectMayNotAsk(rig, numberId)
})

/** A person has the past asked for now; resolves when Meta has answered. */
async function ask(rig: Rig, numberId: string): Promise<void> {
  const { status } = await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/syncs/history`)
  expect(status).toBe(202)
  await rig.until(
    (event) =>
      event.type === 'number.changed' &&
      event.number.syncs.some(({ kind, state }) => kind === 'history' && state !== 'not_asked' && state !== 'asked'),
  )
}

async function expectMayNotAsk(rig: Rig, numberId: string): Promise<void> {
  const { status, body } = await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/syncs/history`)
  expect([status, body.error?.code]).toEqual([409, 'sync_not_open'])
}

async function expectNoPast(rig: Rig): Promise<void> {
  expect(await rig.sql('select wamid from message where workspace_id = $1')).toEqual([])
}

async function liveGoesOn(rig: Rig, phoneNumberId: string): Promise<void> {
  const [customer] = await rig.control<{ key: string }[]>('GET', `numbers/${phoneNumberId}/customers`)
  const key = customer?.key ?? ''
  const asked = await rig.write(phoneNumberId, key, 'customer', 'Are you there?')
  const answered = await rig.write(phoneNumberId, key, 'phone', 'We are.')
  const thread = await rig.thread(phoneNumberId, key)
  expect(thread.slice(-2).map(({ wamid, source }) => [wamid, source])).toEqual([
    [asked, 'live'],
    [answered, 'live'],
  ])
}

async function askAsAnotherProgram(rig: Rig, phoneNumberId: string): Promise<unknown> {
  const [token] = rig.simulator.world.tokens.keys()
  const response = await fetch(`${rig.simulator.origin}/v25.0/${phoneNumberId}/smb_app_data`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messaging_product: 'whatsapp', sync_type: 'history' }),
  })
  return response.json()
}
