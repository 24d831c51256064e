import { afterEach, describe, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const change = (key: string, wish: Record<string, unknown>) =>
  phone.control<{ phone: string | null; userId: string | null; error?: string }>(
    'PUT',
    `/numbers/${phone.numberId}/customers/${key}/identity`,
    wish,
  )
const write = async (key: string) => {
  await phone.act(key, { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
  await phone.advance(1)
  return phone.receiver.changes('messages').at(-1)?.value
}
const systems = () =>
  phone.receiver
    .changes('messages')
    .flatMap(({ value }) => value.messages ?? [])
    .filter((message) => message.type === 'system')

test('a new number has a new user id of the same country, and both are told', async () => {
  phone = await connectPhone()
  const changed = await change('c1', { phone: '966533333333' })
  expect(changed.userId).toMatch(/^SA\.\d{15}$/)
  await phone.advance(1)
  expect(systems()).toMatchObject([
    {
      from: '966511111111',
      system: {
        type: 'user_changed_number',
        wa_id: '966533333333',
        previous_user_id: 'SA.1349120865530201',
        user_id: changed.userId,
      },
    },
  ])
  expect((await change('c2', { phone: '966533333333' })).error).toContain('already')
})

test('hiding the number, showing it again and taking a username are told by nothing but the next webhook', async () => {
  phone = await connectPhone()
  await change('c1', { phone: null, username: 'noura' })
  const hidden = await write('c1')
  expect(hidden.contacts[0]).toEqual({
    profile: { name: 'نورة', username: 'noura' },
    user_id: 'SA.1349120865530201',
  })
  expect(hidden.messages[0].from).toBeUndefined()
  await change('c1', { phone: '966511111111', username: 'noura.a' })
  const shown = await write('c1')
  expect(shown.contacts[0]).toMatchObject({ wa_id: '966511111111', profile: { username: 'noura.a' } })
  expect(systems()).toEqual([])
})

describe('a scenario by era', () => {
  const identities = async (identity: string) => {
    phone = await connectPhone()
    const { phoneNumberId, ...rest } = await phone.control<{ phoneNumberId: string; error?: string }>(
      'POST',
      '/scenarios',
      { name: 'tiny', identity },
    )
    if (rest.error) return rest.error
    const customers = await phone.control<{ phone: string | null; userId: string | null; username: string | null }[]>(
      'GET',
      `/numbers/${phoneNumberId}/customers`,
    )
    return customers.map((each) => [each.phone, each.userId, each.username].map((id) => id !== null))
  }
  test.each([
    ['phone', [true, false, false], [true, false, false]],
    ['both', [true, true, false], [true, true, true]],
    ['user_id', [false, true, true], [false, true, true]],
  ])('%s: everybody is known so', async (mode, first, third) => {
    const all = await identities(mode)
    expect([all[0], all[2]]).toEqual([first, third])
  })
  test('there is no other', async () => {
    expect(await identities('face')).toContain('phone, both, user_id')
  })
})
