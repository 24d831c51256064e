import { request } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const status = (path: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    // The path goes out as it is: a URL object would tidy it up.
    request({ host: '127.0.0.1', port: new URL(phone.simulator.origin).port, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })

test('live acts follow onboarding at the set speed, pause, and go on', async () => {
  phone = await connectPhone({ play: true })
  await phone.advance(4_000)
  expect(phone.receiver.changes('messages')).toEqual([])
  await phone.advance(1_500)
  expect(phone.receiver.changes('messages')).toHaveLength(1)
  await phone.control('POST', '/play', { running: false })
  await phone.advance(60_000)
  expect(phone.receiver.changes('smb_message_echoes')).toEqual([])
  await phone.control('POST', '/play', { running: true, speed: 10 })
  await phone.advance(400)
  expect(phone.receiver.changes('smb_message_echoes')).toHaveLength(1)
})

test('the shop plays its live acts without an impossible one, and its customers chat on', async () => {
  phone = await connectPhone({ scenario: 'shop', play: true })
  const state = async () => (await phone.control<{ counters: Record<string, number> }>('GET', '/state')).counters
  // Step by step: chatter is passed over by leaps.
  for (let hour = 0; hour < 3; hour++) await phone.advance(20 * 60_000)
  expect((await state()).script_acts).toBe(phone.loaded.liveActs)
  expect((await state()).script_acts_impossible ?? 0).toBe(0)
  const before = (await state()).customer_messages ?? 0
  for (let at = 0; at < 5; at++) await phone.advance(80_000)
  expect((await state()).customer_messages).toBeGreaterThan(before)
}, 60_000)

test('fixtures are signed and delivered as given, account events in their envelope', async () => {
  phone = await connectPhone()
  const payload = {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', changes: [{ field: 'flows', value: { event: 'ENDPOINT_LATENCY' } }] }],
  }
  await phone.control('POST', '/webhooks/raw', { bodies: [payload] })
  await phone.control('POST', '/account-events', {
    phoneNumberId: phone.numberId,
    field: 'account_alerts',
    value: { alert_type: 'OBA_APPROVED' },
  })
  await phone.advance(1)
  expect(phone.receiver.received.map(({ body }) => body)).toEqual(
    expect.arrayContaining([
      payload,
      {
        object: 'whatsapp_business_account',
        entry: [
          {
            id: phone.loaded.wabaId,
            time: expect.any(Number),
            changes: [{ field: 'account_alerts', value: { alert_type: 'OBA_APPROVED' } }],
          },
        ],
      },
    ]),
  )
})

test('a webhook that fails its handshake is not set', async () => {
  phone = await connectPhone()
  const refused = await phone.control<{ error: string }>('PUT', '/webhook', {
    url: phone.receiver.url,
    verifyToken: 'wrong',
  })
  expect(refused.error).toContain('HTTP 403')
})

test('the clock only goes forward', async () => {
  phone = await connectPhone()
  expect(await phone.control('POST', '/clock', { setMs: 0 })).toEqual({ error: 'The clock only moves forward.' })
})

test('pages of the internet are refused, by origin and by name', async () => {
  phone = await connectPhone()
  expect(await status('/control/state', { origin: 'https://evil.example' })).toBe(403)
  expect(await status('/control/state', { host: 'evil.example' })).toBe(403)
  expect(await status('/control/state', { origin: phone.simulator.origin })).toBe(200)
})

test('the pages are served, TypeScript without its types, nothing outside their folder', async () => {
  phone = await connectPhone()
  const page = await fetch(`${phone.simulator.origin}/phone`)
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(await page.text()).toContain('/web/phone.ts')
  const script = await fetch(`${phone.simulator.origin}/web/control-client.ts`)
  expect(script.headers.get('content-type')).toContain('text/javascript')
  expect(await script.text()).not.toContain('import type')
  expect(await status('/web/..%2fmain.ts', {})).toBe(404)
  expect(await status('/web/%2e%2e/main.ts', {})).toBe(404)
})

test('chats come newest first with their last words; a file picked on the phone becomes an echo', async () => {
  phone = await connectPhone()
  const chats = await phone.control<{ customer: { key: string }; lastText: string; unread: number }[]>(
    'GET',
    `/numbers/${phone.numberId}/chats`,
  )
  expect(chats.map((chat) => [chat.customer.key, chat.lastText])).toEqual([
    ['c3', 'Until ten.'],
    ['c1', '[audio]'],
    ['c2', 'We do, come by.'],
  ])
  const upload = await fetch(`${phone.simulator.origin}/control/media?filename=a.png`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: 'picture',
  })
  const { mediaId } = (await upload.json()) as { mediaId: string }
  await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'image', mediaId, caption: 'look' } })
  await phone.advance(1)
  const [echo] = phone.receiver.changes('smb_message_echoes')[0]?.value.message_echoes ?? []
  expect(echo.image).toMatchObject({ id: mediaId, mime_type: 'image/png', caption: 'look' })
  expect((await phone.graph('GET', mediaId)).json.file_size).toBe('7')
})

test('companions: four at most, unsupported ones not while connected, all unlinked by onboarding', async () => {
  phone = await connectPhone()
  const device = (act: Record<string, unknown>) =>
    phone.control<{ error?: string; linkedDevices: unknown[] }>('POST', `/numbers/${phone.numberId}/device`, act)
  expect((await device({ do: 'link_device', kind: 'windows' })).error).toContain('cannot be linked')
  for (let at = 0; at < 4; at++) await device({ do: 'link_device', kind: 'web' })
  expect((await device({ do: 'link_device', kind: 'mac' })).error).toContain('At most 4')
  await phone.control('POST', '/onboard', { phoneNumberId: phone.numberId })
  expect(
    (await phone.control<{ linkedDevices: unknown[] }>('GET', `/numbers/${phone.numberId}/device`)).linkedDevices,
  ).toEqual([])
})
