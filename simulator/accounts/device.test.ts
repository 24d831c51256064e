import { afterEach, expect, test } from 'vitest'
import type { Device, LoadedScenario } from '../control-api.ts'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

const DAY_MS = 86_400_000
let phone: ConnectedPhone
afterEach(() => phone.close())

const device = (act: Record<string, unknown>): Promise<Device & { error?: string }> =>
  phone.control('POST', `/numbers/${phone.numberId}/device`, act)
const events = () => phone.receiver.changes('account_update').map((change) => change.value)
const text = { type: 'text', text: { body: 'hello' } }

test.each([
  ['ACCOUNT_DISCONNECTED', 'USER'],
  ['BUSINESS_DOWNGRADE', 'USER'],
  ['USER_RE_REGISTERED', 'USER'],
  ['COMPANION_INACTIVITY', 'SYSTEM'],
])('a connection ends for %s, which is told with who ended it; nothing can be done with it', async (reason, by) => {
  phone = await connectPhone()
  expect((await device({ do: 'disconnect', reason })).connection).toBe('removed')
  await phone.advance(1)
  expect(events()).toEqual([
    {
      phone_number: '966500000001',
      event: 'PARTNER_REMOVED',
      waba_info: { waba_id: phone.loaded.wabaId, owner_business_id: expect.any(String) },
      disconnection_info: { reason, initiated_by: by },
    },
  ])
  expect((await phone.send({ to: '966511111111', ...text })).json.error.code).toBe(200)
  expect((await device({ do: 'disconnect' })).error).toContain('not connected')
  expect((await device({ do: 'disconnect', reason: 'BOREDOM' })).error).toContain('ACCOUNT_DISCONNECTED')
})

test('a phone that stays off for 14 days loses its connection, one that was on in between does not', async () => {
  phone = await connectPhone()
  await device({ do: 'switch_off' })
  await phone.advance(13 * DAY_MS)
  await device({ do: 'switch_on' })
  expect((await device({ do: 'switch_off' })).offSinceMs).toBe(phone.simulator.world.clock.nowMs())
  const act = { by: 'phone', do: 'send', message: { type: 'text', body: 'hi' } }
  expect((await phone.act('c1', act)).error).toContain('switched off')
  await phone.advance(13 * DAY_MS)
  expect(events()).toEqual([])
  await phone.advance(DAY_MS)
  expect(events()[0].disconnection_info).toEqual({ reason: 'PRIMARY_INACTIVITY', initiated_by: 'SYSTEM' })
  // Signing up again needs the phone, so that it is on.
  await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId })
  expect((await phone.act('c1', act)).wamid).toMatch(/^wamid\./)
})

test('an owner who declines to be reconnected stays offboarded until signing up again', async () => {
  phone = await connectPhone()
  await device({ do: 'link_device', kind: 'web' })
  expect(await device({ do: 'reregister', reconnect: false })).toMatchObject({
    connection: 'offboarded',
    linkedDevices: [],
  })
  await phone.advance(7 * DAY_MS)
  expect(events().map((event) => event.event)).toEqual(['ACCOUNT_OFFBOARDED'])
  await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId })
  expect((await phone.send({ to: '966511111111', ...text })).status).toBe(200)
})

test('a business that changes its number is a new number to Meta, with its chats and its script', async () => {
  phone = await connectPhone()
  const sent = await phone.send({ to: '966511111111', ...text })
  const { phoneNumberId, connection, error } = await device({ do: 'change_number', phone: '966500000077' })
  expect([error, connection, phoneNumberId === phone.numberId]).toEqual([undefined, 'app_only', false])
  await phone.advance(1)
  expect(events()[0].disconnection_info).toEqual({ reason: 'CHANGE_NUMBER', initiated_by: 'USER' })
  expect((await phone.graph('GET', phone.numberId)).json.error.code).toBe(200)
  const judged = await phone.control<{ wamid: string }[]>('GET', `/sent?phoneNumberId=${phone.numberId}`)
  expect(judged.map(({ wamid }) => wamid)).toEqual([sent.json.messages[0].id])

  await phone.control('POST', '/play', { running: true })
  await phone.control('POST', '/onboard', { phoneNumberId })
  const numbers = await phone.graph('GET', `${phone.loaded.wabaId}/phone_numbers`)
  expect(numbers.json.data).toMatchObject([
    { id: phone.numberId, status: 'DISCONNECTED' },
    { id: phoneNumberId, status: 'CONNECTED', display_phone_number: '+966500000077' },
  ])
  await phone.graph('POST', `${phoneNumberId}/smb_app_data`, { messaging_product: 'whatsapp', sync_type: 'history' })
  await phone.advance(60_000)
  const [history, followUp] = phone.receiver.changes('history').filter(({ value }) => value.history ?? value.messages)
  expect(history?.value.metadata).toEqual({ display_phone_number: '966500000077', phone_number_id: phoneNumberId })
  const media = phone.receiver.changes('history').flatMap(({ value }) => value.messages ?? [])[0].image.id
  expect((await phone.graph('GET', `${media}?phone_number_id=${phoneNumberId}`)).status).toBe(200)
  expect(followUp).toBeDefined()
  // What was under way under the old number is told to nobody.
  expect(phone.receiver.changes('messages').flatMap(({ value }) => value.statuses ?? [])).toEqual([])
  // The live acts of the script go on under the new number.
  expect(phone.receiver.changes('smb_message_echoes')[0]?.value.metadata.phone_number_id).toBe(phoneNumberId)
})

test('a number that somebody has cannot be taken; before it was ever connected nothing is left behind', async () => {
  phone = await connectPhone()
  expect((await device({ do: 'change_number', phone: '966500000001' })).error).toContain('already')
  expect((await device({ do: 'change_number', phone: 'seven' })).error).toContain('digits')
  const other = await phone.control<LoadedScenario>('POST', '/scenarios', { name: 'tiny' })
  const act = { do: 'change_number', phone: '966500000078' }
  const { phoneNumberId } = await phone.control<Device>('POST', `/numbers/${other.phoneNumberId}/device`, act)
  const { numbers } = await phone.control<{ numbers: { phoneNumberId: string }[] }>('GET', '/state')
  expect(numbers).toHaveLength(2)
  expect(numbers.map((number) => number.phoneNumberId)).toEqual([phone.numberId, phoneNumberId])
  await phone.control('POST', '/play', { running: true })
  await phone.control('POST', '/onboard', { phoneNumberId })
  const before = await phone.control<unknown[]>('GET', `/numbers/${phoneNumberId}/chats/c1`)
  await phone.advance(10_000)
  const after = await phone.control<unknown[]>('GET', `/numbers/${phoneNumberId}/chats/c1`)
  expect(after.length).toBe(before.length + 2)
})
