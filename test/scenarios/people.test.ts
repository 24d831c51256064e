import { expect } from 'vitest'
import { MINUTE_MS, scenario } from './rig.ts'

scenario('a customer takes another number', { seed: 51 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const before = await rig.conversation(phoneNumberId, 'c2')
  await rig.write(phoneNumberId, 'c2', 'customer', 'I am getting a new number.')
  await rig.control('PUT', `numbers/${phoneNumberId}/customers/c2/identity`, { phone: '966522223333' })
  await rig.settled()
  await rig.write(phoneNumberId, 'c2', 'customer', 'This is it.')
  await rig.write(phoneNumberId, 'c2', 'phone', 'Saved, thank you.')

  const after = await rig.conversation(phoneNumberId, 'c2')
  expect(after).toMatchObject({
    id: before.id,
    inboundCount: 2,
    contact: { id: before.contact.id, phone: '966522223333' },
  })
  const thread = await rig.thread(phoneNumberId, 'c2')
  const texts = thread.flatMap(({ content }) => (content.type === 'text' ? [content.body] : []))
  expect(texts).toEqual([
    'Do you sell lamps?',
    'We do, come by.',
    'I am getting a new number.',
    'This is it.',
    'Saved, thank you.',
  ])
  expect(await rig.conversations(numberId)).toHaveLength(3)
  // The old number is known as one that was theirs.
  expect(
    await rig.sql(
      `select value, retired_at is null as current from identity where workspace_id = $1 and contact_id = $2 and kind = 1
        order by value`,
      before.contact.id,
    ),
  ).toEqual([
    { value: '966522222222', current: false },
    { value: '966522223333', current: true },
  ])
})

scenario('a customer adopts a username and hides the number', { seed: 52 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const before = await rig.conversation(phoneNumberId, 'c1')
  expect(before.contact).toMatchObject({ username: null, phone: '966511111111' })
  await rig.control('PUT', `numbers/${phoneNumberId}/customers/c1/identity`, { username: 'noura.otaibi', phone: null })
  await rig.settled()
  const asked = await rig.write(phoneNumberId, 'c1', 'customer', 'Do you know me?')

  const after = await rig.conversation(phoneNumberId, 'c1')
  expect(after.id).toBe(before.id)
  expect(after.contact).toMatchObject({
    id: before.contact.id,
    username: 'noura.otaibi',
    userId: before.contact.userId,
  })
  expect((await rig.thread(phoneNumberId, 'c1')).at(-1)).toMatchObject({ wamid: asked, author: 'customer' })
  expect(await rig.conversations(numberId)).toHaveLength(3)

  // Who shows no number is answered by user id.
  const { status } = await rig.wasl.api.call('POST', `/api/v1/conversations/${after.id}/messages`, {
    body: { clientId: 'client-id-52', content: { type: 'text', body: 'Of course, Noura.' } },
  })
  expect(status).toBe(201)
  await rig.until((event) => event.type === 'message.changed' && event.message.delivery === 'accepted')
  await rig.advance(MINUTE_MS)
  expect((await rig.thread(phoneNumberId, 'c1')).at(-1)?.delivery).toMatch(/^(delivered|read)$/)
  await rig.expectThreadsOfPhone(phoneNumberId)
})
