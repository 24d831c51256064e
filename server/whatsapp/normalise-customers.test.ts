import { describe, expect, test } from 'vitest'
import { normalise } from './normalise.ts'
import { customerOf, peopleOf } from './normalise-customers.ts'

const LAYLA = { profile: { name: 'Layla' }, wa_id: '966500000181' }
const OMAR = {
  profile: { name: 'Omar', username: '@omar' },
  user_id: 'EG.84410267739150226',
  parent_user_id: 'EG.ENT.2091',
}
const DANA = { profile: { name: 'Dana' }, wa_id: '12025550147', user_id: 'US.5529081773' }

describe('a fact finds its person in contacts by identifier', () => {
  const people = peopleOf([LAYLA, OMAR, DANA])

  test.each([
    ['by phone', { address: '966500000181' }, { phone: '966500000181', userId: null, profileName: 'Layla' }],
    ['by user id', { userId: 'EG.84410267739150226' }, { phone: null, username: 'omar', profileName: 'Omar' }],
    ['by parent', { parentUserId: 'EG.ENT.2091' }, { userId: 'EG.84410267739150226', profileName: 'Omar' }],
    ['by phone, learning the user id', { address: '12025550147' }, { userId: 'US.5529081773', profileName: 'Dana' }],
    ['by user id, learning the phone', { userId: 'US.5529081773' }, { phone: '12025550147', profileName: 'Dana' }],
    [
      'a user id standing as an address',
      { address: 'US.5529081773' },
      { phone: '12025550147', userId: 'US.5529081773' },
    ],
    ['a phone written with spaces', { address: '+966 50 000 0181' }, { phone: '966500000181', profileName: 'Layla' }],
  ])('%s', (_, wire, expected) => {
    expect(
      customerOf(people, { address: undefined, userId: undefined, parentUserId: undefined, ...wire }),
    ).toMatchObject(expected)
  })

  test('somebody else gets nothing of theirs', () => {
    expect(customerOf(people, { address: '447700900123', userId: undefined, parentUserId: undefined })).toEqual({
      phone: '447700900123',
      userId: null,
      parentUserId: null,
      username: null,
      profileName: null,
    })
  })

  test('who has neither phone nor user id is nobody', () => {
    expect(customerOf(people, { address: undefined, userId: undefined, parentUserId: 'EG.ENT.0' })).toBeNull()
  })
})

test.each([[[LAYLA, DANA]], [[DANA, LAYLA]], [[DANA]], [[]], ['malformed'], [[7, null, {}, LAYLA, DANA]]])(
  'the order and shape of contacts %j never moves a message to another customer',
  (contacts) => {
    const message = (from: string) => ({
      from,
      id: `wamid.${from}`,
      timestamp: '1794211200',
      type: 'text',
      text: { body: 'x' },
    })
    const events = normalise({
      messaging_product: 'whatsapp',
      metadata: { display_phone_number: '966550102030', phone_number_id: '1' },
      contacts,
      messages: [message('12025550147'), message('966500000181')],
    })
    const phones = events.map((event) => event.type === 'channel.message' && event.customer.phone)
    expect(phones).toEqual(['12025550147', '966500000181'])
    for (const event of events) {
      if (event.type !== 'channel.message') continue
      const name = event.customer.phone === '12025550147' ? 'Dana' : 'Layla'
      expect([null, name]).toContain(event.customer.profileName)
    }
  },
)
