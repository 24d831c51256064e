import { expect } from 'vitest'
import type { ContactDetail, ContactLine } from '../../contract/api/contacts.ts'
import { contactName } from '../../contract/conversation.ts'
import type { ScenarioCustomer } from '../../simulator/scenario.ts'
import { type Rig, SECOND_MS, scenario } from './rig.ts'

scenario('the phone’s address book comes in bulk, then lives', { seed: 61 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const saved = (await customers(rig, phoneNumberId)).filter(({ addressBookName }) => addressBookName != null)
  expect(saved.length, 'a phone without saved contacts proves nothing').toBeGreaterThan(0)
  for (const { addressBookName } of saved)
    expect(await namesFound(rig, addressBookName ?? '')).toEqual([addressBookName])

  const hidden = await newCustomer(rig, phoneNumberId, {
    key: 'hidden',
    phone: null,
    userId: 'SA.900',
    profileName: 'Huda',
  })
  const saveAs = async (key: string, addressBookName: string | null) => {
    await rig.advance(SECOND_MS)
    await rig.control('PUT', `numbers/${phoneNumberId}/contacts/${key}`, { addressBookName })
    await rig.settled()
  }
  await saveAs(hidden.key, 'Huda from the fair')
  expect(await detail(rig, 'SA.900')).toMatchObject({
    contact: { phone: null, userId: 'SA.900', addressBookName: 'Huda from the fair' },
    conversations: [],
  })
  await saveAs(hidden.key, 'Huda, wholesale')
  expect((await detail(rig, 'SA.900')).history).toMatchObject([
    { what: 'address_book_name', old: 'Huda from the fair', new: 'Huda, wholesale', numberId },
  ])
  await saveAs(hidden.key, null)
  expect(await detail(rig, 'SA.900')).toMatchObject({
    contact: { addressBookName: 'Huda, wholesale' },
    books: [{ numberId, name: 'Huda, wholesale', removedAtMs: expect.any(Number) }],
  })
  expect((await lines(rig, 'filter=removed')).map(({ contact }) => contact.userId)).toEqual(['SA.900'])

  // Who was in nobody's address book and was removed from it is still who they were when they write.
  await rig.write(phoneNumberId, hidden.key, 'customer', 'Do you still have the lamps?')
  expect((await rig.conversation(phoneNumberId, hidden.key)).contact.addressBookName).toBe('Huda, wholesale')
  const csv: string = (await rig.wasl.api.call('GET', '/api/v1/contacts/export.csv')).body
  expect(csv).toContain('SA.900')
})

scenario('two ways of writing a mobile number are one customer', { seed: 62 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const before = (await rig.conversations(numberId)).length
  const pairs = [
    ['551187654321', '5511987654321'],
    ['525512345678', '5215512345678'],
    ['541112345678', '5491112345678'],
  ] as const
  for (const [index, phones] of pairs.entries()) {
    for (const phone of phones) {
      const one = await newCustomer(rig, phoneNumberId, { key: `v${phone}`, phone, profileName: `Pair ${index}` })
      await rig.write(phoneNumberId, one.key, 'customer', `Written as ${phone}`)
    }
  }
  const found = await rig.conversations(numberId)
  expect(found).toHaveLength(before + pairs.length)
  for (const [index, phones] of pairs.entries()) {
    expect(found.filter(({ contact }) => contactName(contact) === `Pair ${index}`)).toMatchObject([{ inboundCount: 2 }])
    for (const phone of phones) expect(await namesFound(rig, `+${phone}`)).toEqual([`Pair ${index}`])
  }
})

scenario('who hides the number begins anew, is merged by hand, and is one from then on', { seed: 63 }, async (rig) => {
  const { phoneNumberId } = await rig.connectTiny()
  const known = await newCustomer(rig, phoneNumberId, {
    key: 'k',
    phone: '966555000111',
    userId: undefined,
    profileName: 'Rana Saleh',
  })
  const hidden = await newCustomer(rig, phoneNumberId, {
    key: 'h',
    phone: null,
    userId: 'SA.901',
    profileName: 'Rana Saleh',
  })
  await rig.write(phoneNumberId, known.key, 'customer', 'From my number')
  await rig.write(phoneNumberId, hidden.key, 'customer', 'Without it')
  const two = await lines(rig, `q=${encodeURIComponent('Rana Saleh')}`)
  expect(two).toHaveLength(2)
  const [first, second] = two.map(({ contact }) => contact.id)
  const merged = await rig.wasl.api.call('POST', `/api/v1/contacts/${first}/merges`, { body: { otherId: second } })
  expect(merged.status).toBe(201)
  await rig.write(phoneNumberId, hidden.key, 'customer', 'It is still me')
  const conversation = await rig.conversation(phoneNumberId, hidden.key)
  expect(await rig.conversation(phoneNumberId, known.key)).toEqual(conversation)
  expect(conversation.inboundCount).toBe(3)
  const undone = await rig.wasl.api.call('POST', `/api/v1/contacts/merges/${merged.body.mergeId}/undo`, { body: {} })
  expect(undone.status).toBe(200)
  await rig.write(phoneNumberId, hidden.key, 'customer', 'And apart again')
  expect((await rig.conversation(phoneNumberId, hidden.key)).id).not.toBe(
    (await rig.conversation(phoneNumberId, known.key)).id,
  )
})

scenario('a customer’s user id changes', { seed: 64 }, async (rig) => {
  const { numberId, phoneNumberId } = await rig.connectTiny()
  const before = (await rig.conversations(numberId)).length
  const one = await newCustomer(rig, phoneNumberId, { key: 'u', phone: null, userId: 'SA.910', profileName: 'Dana' })
  await rig.write(phoneNumberId, one.key, 'customer', 'By my first id')
  const { id } = await rig.conversation(phoneNumberId, one.key)
  await rig.control('PUT', `numbers/${phoneNumberId}/customers/${one.key}/identity`, { userId: 'SA.911' })
  await rig.settled()
  await rig.write(phoneNumberId, one.key, 'customer', 'By my second')
  expect(await rig.conversation(phoneNumberId, one.key)).toMatchObject({ id, contact: { userId: 'SA.911' } })
  expect(await rig.conversations(numberId)).toHaveLength(before + 1)
  const known = await detail(rig, 'SA.911')
  expect(known.identities).toEqual([
    { kind: 'user_id', value: 'SA.911', current: true, givenUp: false },
    { kind: 'user_id', value: 'SA.910', current: false, givenUp: true },
  ])
  expect(known.history).toMatchObject([{ what: 'user_id', old: 'SA.910', new: 'SA.911', numberId }])
})

function customers(rig: Rig, phoneNumberId: string): Promise<ScenarioCustomer[]> {
  return rig.control('GET', `numbers/${phoneNumberId}/customers`)
}

function newCustomer(rig: Rig, phoneNumberId: string, given: Record<string, unknown>): Promise<ScenarioCustomer> {
  return rig.control('POST', `numbers/${phoneNumberId}/customers`, given)
}

async function lines(rig: Rig, query: string): Promise<readonly ContactLine[]> {
  return (await rig.wasl.api.call('GET', `/api/v1/contacts?${query}`)).body.contacts
}

async function namesFound(rig: Rig, typed: string): Promise<string[]> {
  return (await lines(rig, `q=${encodeURIComponent(typed)}`)).map(({ contact }) => contactName(contact))
}

async function detail(rig: Rig, typed: string): Promise<ContactDetail> {
  const [line] = await lines(rig, `q=${encodeURIComponent(typed)}`)
  return (await rig.wasl.api.call('GET', `/api/v1/contacts/${line?.contact.id}`)).body
}
