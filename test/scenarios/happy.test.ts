import { expect } from 'vitest'
import { MINUTE_MS, scenario } from './rig.ts'

scenario('a phone is connected, its past comes, both sides write', { seed: 11 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  expect(await rig.number(numberId)).toMatchObject({
    state: 'live',
    syncs: [
      { kind: 'contacts', state: 'complete', received: 2 },
      { kind: 'history', state: 'complete', progressPercent: 100, received: 9 },
    ],
  })
  await rig.expectThreadsOfPhone(phoneNumberId)
  // History is not work.
  for (const { inboundCount, lastInboundAtMs } of await rig.conversations(numberId)) {
    expect([inboundCount, lastInboundAtMs]).toEqual([0, null])
  }

  await rig.write(phoneNumberId, 'c2', 'customer', 'Is it open today?')
  const { id } = await rig.conversation(phoneNumberId, 'c2')
  const content = { type: 'text', body: 'Until ten.' }
  const sent = await rig.wasl.api.call('POST', `/api/v1/conversations/${id}/messages`, {
    body: { clientId: 'client-id-1', content },
  })
  expect(sent.status).toBe(201)
  await rig.until((event) => event.type === 'message.changed' && event.message.delivery === 'accepted')
  await rig.write(phoneNumberId, 'c2', 'phone', 'And on Friday from four.')
  await rig.act(phoneNumberId, 'c2', { by: 'customer', do: 'read' })
  await rig.advance(MINUTE_MS)

  const thread = await rig.thread(phoneNumberId, 'c2')
  expect(thread.slice(-3).map(({ author, delivery }) => [author, delivery])).toEqual([
    ['customer', null],
    ['agent', 'read'],
    // Meta tells no ticks of what the phone writes.
    ['phone', null],
  ])
  await rig.expectThreadsOfPhone(phoneNumberId)
  expect(
    await rig.sql('select source, count(*)::int as n from message where workspace_id = $1 group by 1 order by 1'),
  ).toEqual([
    { source: 'history', n: 8 },
    { source: 'live', n: 3 },
  ])
})
