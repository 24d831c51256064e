import { expect } from 'vitest'
import type { NumberState } from '../../contract/number.ts'
import { CONFIRM_AFTER_MS } from '../../server/numbers/number-checks.ts'
import { HOUR_MS, MINUTE_MS, type Rig, scenario } from './rig.ts'

scenario('a number is removed and connected again: its threads go on', { seed: 71 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  await rig.write(phoneNumberId, 'c2', 'customer', 'Before')
  const before = await rig.conversation(phoneNumberId, 'c2')
  await rig.control('POST', `numbers/${phoneNumberId}/device`, { do: 'disconnect' })
  await confirmed(rig, numberId, 'removed')
  expect(await send(rig, before.id, 'client-id-71', 'Too late')).toEqual([422, 'number_removed'])
  // Life on the phone goes on, and nobody tells us.
  await rig.write(phoneNumberId, 'c2', 'customer', 'Between')
  await rig.write(phoneNumberId, 'c2', 'phone', 'On the phone alone')
  expect(await rig.conversation(phoneNumberId, 'c2')).toEqual(before)

  await rig.advance(3 * HOUR_MS)
  const again = await rig.connect()
  expect(again.numberId).toBe(numberId)
  await rig.advance(MINUTE_MS)
  await rig.write(phoneNumberId, 'c2', 'customer', 'After')
  expect(await rig.number(numberId)).toMatchObject({ state: 'live' })
  const after = await rig.conversation(phoneNumberId, 'c2')
  expect(after).toMatchObject({ id: before.id, contact: { id: before.contact.id }, inboundCount: 2 })
  const thread = await rig.thread(phoneNumberId, 'c2')
  expect(thread.slice(-4).map(({ content, source }) => [content.type === 'text' && content.body, source])).toEqual([
    ['Before', 'live'],
    ['Between', 'history'],
    ['On the phone alone', 'history'],
    ['After', 'live'],
  ])
  await rig.expectThreadsOfPhone(phoneNumberId)
  expect(await send(rig, before.id, 'client-id-72', 'Here we are')).toEqual([201, undefined])
})

scenario('several accounts in one workspace', { seed: 72 }, async (rig) => {
  const first = await rig.connectTiny()
  await rig.load('standin', { dialogues: 8 })
  const second = await rig.connect()
  await rig.advance(MINUTE_MS)
  const numbers = Object.values((await rig.snapshot()).state.numbers)
  const ours = numbers.filter(({ id }) => [first.numberId, second.numberId].includes(id))
  expect(new Set(ours.map(({ wabaId }) => wabaId)).size).toBe(2)

  // One person writes to both: one contact, and a conversation on each.
  const phone = '966522222222'
  await rig.control('POST', `numbers/${second.phoneNumberId}/customers`, {
    key: 'sam',
    profileName: 'Sam Rivers',
    phone,
  })
  await rig.write(first.phoneNumberId, 'c2', 'customer', 'To the first')
  await rig.write(second.phoneNumberId, 'sam', 'customer', 'To the second')
  const [one, two] = [
    await rig.conversation(first.phoneNumberId, 'c2'),
    await rig.conversation(second.phoneNumberId, 'sam'),
  ]
  expect(one.contact.id).toBe(two.contact.id)
  expect([one.inboundCount, two.inboundCount]).toEqual([1, 1])
  for (const { phoneNumberId } of [first, second]) await rig.expectThreadsOfPhone(phoneNumberId)

  await rig.control('POST', `numbers/${first.phoneNumberId}/device`, { do: 'disconnect' })
  await confirmed(rig, first.numberId, 'removed')
  expect((await rig.number(second.numberId)).state).toBe('live')
  expect(await send(rig, one.id, 'client-id-73', 'Too late')).toEqual([422, 'number_removed'])
  expect(await send(rig, two.id, 'client-id-74', 'Still here')).toEqual([201, undefined])
})

scenario('another partner works on the number', { seed: 73 }, async (rig) => {
  const { phoneNumberId } = await rig.connectTiny()
  await rig.control('PUT', `numbers/${phoneNumberId}/routing`, {
    ourRole: 'customer_service',
    partnerRole: 'escalation',
  })
  const partner = async (act: object) => {
    await rig.advance(1_000)
    await rig.control('POST', `numbers/${phoneNumberId}/chats/c2/partner`, act)
    await rig.settled()
  }
  await rig.write(phoneNumberId, 'c2', 'customer', 'Who is there?')
  await partner({ do: 'send', text: 'The other firm.' })
  await rig.write(phoneNumberId, 'c2', 'customer', 'Said to the other firm')
  const { id } = await rig.conversation(phoneNumberId, 'c2')
  expect(await send(rig, id, 'client-id-75', 'May we?')).toEqual([201, undefined])
  await rig.until((event) => event.type === 'message.changed' && event.message.delivery === 'failed')
  await partner({ do: 'pass', metadata: 'a person, please' })
  expect(await send(rig, id, 'client-id-76', 'Now we may.')).toEqual([201, undefined])
  await rig.advance(MINUTE_MS)

  // What is said to the other partner, and by it, can be read in the thread, and is no work of ours.
  const thread = await rig.thread(phoneNumberId, 'c2')
  const arrived = expect.stringMatching(/^(delivered|read)$/)
  expect(
    thread.slice(-5).map(({ author, source, delivery, error }) => [author, source, delivery, error?.code]),
  ).toEqual([
    ['customer', 'live', null, undefined],
    ['api', 'standby', arrived, undefined],
    ['customer', 'standby', null, undefined],
    ['agent', 'live', 'failed', 131070],
    ['agent', 'live', arrived, undefined],
  ])
  const conversation = await rig.conversation(phoneNumberId, 'c2')
  expect(conversation.inboundCount).toBe(1)
  expect(conversation.lastInboundAtMs).toBe(thread.find(({ source }) => source === 'live')?.sentAtMs)
  // The statuses of the partner's message have found it.
  expect(await rig.sql('select from stray_status where workspace_id = $1')).toEqual([])
  const { body } = await rig.wasl.api.call('GET', '/api/v1/notices')
  const notices = body.notices as { kind: string; event: string | null; data: unknown }[]
  expect(new Set(notices.map(({ kind }) => kind))).toEqual(new Set(['standby', 'handover']))
  expect(notices.filter(({ kind }) => kind === 'handover')).toMatchObject([{ event: 'control_passed' }])
  for (const said of ['The other firm.', 'Said to the other firm']) expect(JSON.stringify(notices)).toContain(said)
})

/** Meta has told a hint; Graph says the same a minute apart, and then it is so. */
async function confirmed(rig: Rig, numberId: string, state: NumberState): Promise<void> {
  await rig.settled()
  expect((await rig.number(numberId)).state).toBe('live')
  await rig.advance(CONFIRM_AFTER_MS)
  await rig.wasl.sweep()
  await rig.settled()
  expect((await rig.number(numberId)).state).toBe(state)
}

async function send(rig: Rig, conversationId: string, clientId: string, text: string) {
  const body = { clientId, content: { type: 'text', body: text } }
  const answer = await rig.wasl.api.call('POST', `/api/v1/conversations/${conversationId}/messages`, { body })
  await rig.settled()
  return [answer.status, answer.body.error?.code]
}
