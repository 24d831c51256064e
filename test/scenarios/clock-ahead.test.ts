import { expect } from 'vitest'
import { HOUR_MS, MINUTE_MS, SECOND_MS, scenario } from './rig.ts'

const AHEAD_MS = 20 * MINUTE_MS
/** Meta is out of order when Wasl asks, so that something can be said before the past is shared. */
const NOT_TAKEN = /Meta could not take the request for (contacts|history) just now/

/** What is said between connecting and the sharing of the past comes twice: live, and by the phone's own clock. */
for (const first of ['live', 'history'] as const) {
  scenario(`the phone’s clock is ahead, and ${first} comes first`, { seed: 81, fails: NOT_TAKEN }, async (rig) => {
    const { phoneNumberId } = await rig.load('tiny')
    await rig.control('POST', 'graph-error', { code: 2, times: 1_000, path: 'smb_app_data' })
    const { numberId } = await rig.connect()
    await rig.control('POST', 'graph-error', { code: 2, times: 0 })
    await rig.control('PUT', 'faults', {
      deviceClockAheadMs: AHEAD_MS,
      // Held back by some seconds, longer than the past takes to begin.
      ...(first === 'history' ? { echoBeforeInboundRatio: 1 } : {}),
    })
    const saidAtMs = Math.floor(rig.simulator.world.clock.nowMs() / SECOND_MS) * SECOND_MS
    const message = { type: 'text', body: 'Is it open today?' }
    const { wamid } = await rig.act(phoneNumberId, 'c2', { by: 'customer', do: 'send', message })
    if (first === 'live') await rig.settled()
    const { status } = await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/syncs/history`)
    expect(status).toBe(202)
    await rig.until(
      (event) => event.type === 'number.changed' && event.number.syncs.some(({ requestId }) => requestId !== null),
    )
    await rig.advance(MINUTE_MS)
    const conversation = await rig.conversation(phoneNumberId, 'c2')
    const told = rig.rows.flatMap(({ event }) => {
      if (event.type === 'message.added' && event.message.wamid === wamid) return ['live']
      return event.type === 'history.imported' && event.conversation.id === conversation.id ? ['history'] : []
    })
    expect(told[0]).toBe(first)

    // The same in either order: Meta's time and live, not the phone's and past.
    expect(await rig.message(phoneNumberId, 'c2', wamid)).toMatchObject({
      author: 'customer',
      source: 'live',
      sentAtMs: saidAtMs,
      content: message,
    })
    expect(conversation).toMatchObject({
      inboundCount: 1,
      lastInboundAtMs: saidAtMs,
      lastAtMs: saidAtMs,
      last: { text: message.body, sentAtMs: saidAtMs },
    })
    // What came by the past alone has the phone's time: nobody knows another.
    const [answered] = (await rig.thread(phoneNumberId, 'c3')).slice(-1)
    expect(answered).toMatchObject({ source: 'history', sentAtMs: saidAtMs - 5 * HOUR_MS + AHEAD_MS })
    await rig.expectThreadsOfPhone(phoneNumberId)
  })
}
