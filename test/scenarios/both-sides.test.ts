import { expect } from 'vitest'
import { MINUTE_MS, scenario } from './rig.ts'

scenario('both sides edit and delete', { seed: 61 }, async (rig) => {
  const { phoneNumberId } = await rig.connectTiny()
  for (const by of ['customer', 'phone'] as const) {
    const edited = await rig.write(phoneNumberId, 'c2', by, 'On Sunday')
    for (const text of ['On Monday', 'On Tuesday']) {
      await rig.act(phoneNumberId, 'c2', { by, do: 'edit', wamid: edited, text })
      await rig.advance(MINUTE_MS)
    }
    const deleted = await rig.write(phoneNumberId, 'c2', by, 'Never mind')
    await rig.act(phoneNumberId, 'c2', { by, do: 'delete', wamid: deleted })
    await rig.advance(MINUTE_MS)

    expect(await rig.message(phoneNumberId, 'c2', edited)).toMatchObject({
      author: by,
      content: { type: 'text', body: 'On Tuesday' },
      versions: [{ content: { body: 'On Sunday' } }, { content: { body: 'On Monday' } }],
      deletedAtMs: null,
    })
    // Nothing is overwritten: who deleted and when is shown, and what was said stays for those who may see it.
    expect(await rig.message(phoneNumberId, 'c2', deleted)).toMatchObject({
      author: by,
      deletedAtMs: expect.any(Number),
    })
    expect((await rig.conversation(phoneNumberId, 'c2')).last).toMatchObject({ deleted: true, text: '' })
  }
  await rig.expectThreadsOfPhone(phoneNumberId)
  expect(
    await rig.sql('select kind, count(*)::int as n from message_change where workspace_id = $1 group by 1 order by 1'),
  ).toEqual([
    { kind: 'delete', n: 2 },
    { kind: 'edit', n: 4 },
  ])
  // An edit is no message: two were written by the customer.
  expect(await rig.conversation(phoneNumberId, 'c2')).toMatchObject({ inboundCount: 2 })
})

scenario(
  'edits and deletions come before what they change',
  { seed: 62, faults: { webhookReorderMsMax: 20_000, webhookDuplicateRatio: 0.5 } },
  async (rig) => {
    const { phoneNumberId } = await rig.connectTiny()
    const wamids: string[] = []
    for (let round = 0; round < 6; round++) {
      const by = round % 2 === 0 ? 'customer' : 'phone'
      const message = { type: 'text', body: `Round ${round}` }
      const { wamid } = await rig.act(phoneNumberId, 'c2', { by, do: 'send', message })
      await rig.act(phoneNumberId, 'c2', { by, do: 'edit', wamid, text: `Round ${round}, corrected` })
      if (round > 2) await rig.act(phoneNumberId, 'c2', { by, do: 'delete', wamid })
      wamids.push(wamid)
      await rig.advance(1_000)
    }
    await rig.advance(MINUTE_MS)
    for (const [round, wamid] of wamids.entries()) {
      const shown = await rig.message(phoneNumberId, 'c2', wamid)
      expect(shown?.deletedAtMs !== null).toBe(round > 2)
      if (round <= 2) expect(shown?.content).toMatchObject({ body: `Round ${round}, corrected` })
    }
    await rig.expectThreadsOfPhone(phoneNumberId)
  },
)
