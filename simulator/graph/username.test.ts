import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

test('a username is reserved, then seen, then given up; each time the account is told', async () => {
  phone = await connectPhone()
  const at = `${phone.numberId}/username`
  expect((await phone.graph('GET', at)).json).toEqual({})
  expect((await phone.graph('GET', `${phone.numberId}/username_suggestions`)).json).toEqual({
    data: [{ username_suggestions: ['tiny_shop', 'tiny_shop_official'] }],
  })
  expect((await phone.graph('POST', at, { username: 'Tiny_Shop' })).json).toEqual({ status: 'reserved' })
  await phone.advance(60_000)
  expect((await phone.graph('GET', at)).json).toEqual({ username: 'tiny_shop', status: 'approved' })
  expect((await phone.graph('DELETE', at)).json).toEqual({ success: true })
  expect((await phone.graph('GET', at)).json).toEqual({})
  await phone.advance(1_000)
  const told = phone.receiver.received
    .flatMap(({ body }) => body.entry)
    .flatMap((entry) => entry.changes)
    .filter((change) => change.field === 'business_username_update')
    .map((change) => change.value.status)
  expect(told).toEqual(['reserved', 'approved', 'deleted'])
})

test.each(['ab', '1234', '.shop', 'shop.', 'tiny..shop', 'www.shop', 'tiny.com', 'متجر', 'a'.repeat(36)])(
  '%s is no username',
  async (username) => {
    phone = await connectPhone()
    const refused = await phone.graph('POST', `${phone.numberId}/username`, { username })
    expect([refused.status, refused.json.error.code]).toEqual([400, 100])
  },
)
