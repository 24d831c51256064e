import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test } from 'vitest'
import { makeFile } from '../files/make-file.ts'
import { APP, type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

const DAY_MS = 86_400_000
let phone: ConnectedPhone
afterEach(() => phone.close())

const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${phone.simulator.origin}${path}`, { headers })
const exchange = (code: string): Promise<Response> =>
  get(`/oauth/access_token?client_id=${APP.appId}&client_secret=${APP.appSecret}&code=${code}`)

describe('access', () => {
  test('a code buys one token, within 30 seconds', async () => {
    phone = await connectPhone()
    const codes: string[] = []
    for (let at = 0; at < 2; at++) codes.push((await phone.control<{ code: string }>('POST', '/onboard')).code)
    const bought = (await (await exchange(codes[0] ?? '')).json()) as Record<string, unknown>
    expect(bought).toEqual({
      access_token: expect.stringMatching(/^EAA\w{100,}/),
      token_type: 'bearer',
      expires_in: 5_184_000,
    })
    expect((await exchange(codes[0] ?? '')).status).toBe(400)
    await phone.advance(31_000)
    expect(
      ((await (await exchange(codes[1] ?? '')).json()) as { error: { error_subcode: number } }).error.error_subcode,
    ).toBe(36007)
    expect((await get(`/oauth/access_token?client_id=${APP.appId}&client_secret=wrong&code=x`)).status).toBe(400)
  })

  test('a token says what it is for, and ends after 60 days', async () => {
    phone = await connectPhone()
    const debugged = await phone.graph('GET', `debug_token?input_token=${phone.token}`)
    expect(debugged.json.data).toMatchObject({
      app_id: APP.appId,
      is_valid: true,
      granular_scopes: [
        { target_ids: [phone.loaded.wabaId] },
        { scope: 'whatsapp_business_messaging', target_ids: [phone.loaded.wabaId] },
      ],
    })
    expect((await get(`/v25.0/${phone.numberId}`)).status).toBe(401)
    const wrong = await get(`/v25.0/${phone.numberId}`, { authorization: 'Bearer nonsense' })
    expect(((await wrong.json()) as { error: { code: number } }).error.code).toBe(190)
    await phone.advance(61 * DAY_MS)
    const expired = await phone.graph('GET', phone.numberId)
    expect([expired.status, expired.json.error.code, expired.json.error.error_subcode]).toEqual([401, 190, 463])
  })

  test('versions: old and absent ones are answered as the oldest living one, unknown ones refused', async () => {
    phone = await connectPhone()
    const version = async (path: string): Promise<string | null> =>
      (await get(`${path}${phone.numberId}?access_token=${phone.token}`)).headers.get('facebook-api-version')
    expect(await version('/v26.0/')).toBe('v26.0')
    expect(await version('/v23.0/')).toBe('v23.0')
    expect(await version('/v19.0/')).toBe('v21.0')
    expect(await version('/')).toBe('v21.0')
    expect((await get(`/v99.0/${phone.numberId}`)).status).toBe(400)
  })

  test('somebody else’s objects look like none', async () => {
    phone = await connectPhone()
    const other = await phone.control<{ phoneNumberId: string }>('POST', '/scenarios', { name: 'tiny' })
    const seen = await phone.graph('GET', other.phoneNumberId)
    expect([seen.status, seen.json.error.code, seen.json.error.error_subcode, seen.json.error.type]).toEqual([
      400,
      100,
      33,
      'GraphMethodException',
    ])
  })

  test('usage headers tell the account', async () => {
    phone = await connectPhone()
    const { headers } = await phone.graph('GET', phone.numberId)
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '{}')[phone.loaded.wabaId][0]).toMatchObject({
      type: 'whatsapp',
      estimated_time_to_regain_access: 0,
    })
    expect(JSON.parse(headers.get('x-app-usage') ?? '{}')).toHaveProperty('call_count')
    const account = phone.simulator.world.accounts.get(phone.loaded.wabaId)
    account?.managementCallsMs.push(...Array.from({ length: 5_000 }, () => phone.simulator.world.clock.nowMs()))
    expect((await phone.graph('GET', phone.numberId)).json.error.code).toBe(80007)
    await phone.advance(3_600_000)
    expect((await phone.graph('GET', phone.numberId)).status).toBe(200)
    // An account without a registered number has 200 an hour.
    const { wabaId } = await phone.control<{ wabaId: string }>('POST', '/scenarios', { name: 'tiny' })
    const app = { authorization: `Bearer ${APP.appId}|${APP.appSecret}` }
    const statuses = new Set<number>()
    for (let at = 0; at < 200; at++) statuses.add((await get(`/v25.0/${wabaId}`, app)).status)
    expect(statuses).toEqual(new Set([200]))
    const over = (await (await get(`/v25.0/${wabaId}`, app)).json()) as { error: { code: number } }
    expect(over.error.code).toBe(80007)
  })
})

describe('the number', () => {
  test('coexistence shows, and goes with the disconnection', async () => {
    phone = await connectPhone()
    const fields = '?fields=is_on_biz_app,platform_type,status,throughput{level},health_status'
    expect((await phone.graph('GET', `${phone.numberId}${fields}`)).json).toMatchObject({
      is_on_biz_app: true,
      platform_type: 'CLOUD_API',
      status: 'CONNECTED',
      throughput: { level: 'STANDARD' },
      id: phone.numberId,
    })
    const list = await phone.graph('GET', `${phone.loaded.wabaId}/phone_numbers`)
    expect(list.json.data[0]).toMatchObject({
      id: phone.numberId,
      verified_name: 'Tiny Shop',
      display_phone_number: '+966 50 000 0001',
      quality_rating: 'GREEN',
    })
    expect((await phone.graph('POST', `${phone.numberId}/deregister`)).status).toBe(400)
    await phone.control('POST', `/numbers/${phone.numberId}/device`, { do: 'disconnect' })
    expect((await phone.graph('GET', phone.numberId)).status).toBe(403)
    expect((await phone.graph('GET', `${phone.loaded.wabaId}/phone_numbers`)).json.error.code).toBe(200)
  })

  test('profile, settings, commerce, username, links, automation keep what they are given', async () => {
    phone = await connectPhone()
    const at = (edge: string): string => `${phone.numberId}/${edge}`
    await phone.graph('POST', at('whatsapp_business_profile'), { messaging_product: 'whatsapp', about: 'Roses' })
    expect((await phone.graph('GET', at('whatsapp_business_profile'))).json.data[0]).toEqual({
      messaging_product: 'whatsapp',
      about: 'Roses',
    })
    expect(
      (
        await phone.graph('POST', at('whatsapp_business_profile'), {
          messaging_product: 'whatsapp',
          about: 'x'.repeat(140),
        })
      ).status,
    ).toBe(400)
    await phone.graph('POST', at('settings'), { user_identity_change: { enable_identity_key_check: true } })
    expect((await phone.graph('GET', at('settings'))).json.user_identity_change.enable_identity_key_check).toBe(true)
    await phone.graph('POST', at('whatsapp_commerce_settings?is_cart_enabled=false'))
    expect((await phone.graph('GET', at('whatsapp_commerce_settings'))).json.data[0].is_cart_enabled).toBe(false)
    expect((await phone.graph('POST', at('username'), { username: 'tiny_shop' })).json).toEqual({ status: 'reserved' })
    expect((await phone.graph('GET', at('username'))).json).toEqual({ username: 'tiny_shop', status: 'reserved' })
    const link = await phone.graph('POST', at('message_qrdls'), { prefilled_message: 'Hello' })
    expect((await phone.graph('GET', at(`message_qrdls/${link.json.code}`))).json.data[0].prefilled_message).toBe(
      'Hello',
    )
    await phone.graph('DELETE', at(`message_qrdls/${link.json.code}`))
    expect((await phone.graph('GET', at('message_qrdls'))).json.data).toEqual([])
    expect(
      (await phone.graph('POST', at('conversational_automation'), { prompts: ['a', 'b', 'c', 'd', 'e'] })).status,
    ).toBe(400)
    expect(
      (await phone.graph('POST', at('thread_control'), { messaging_product: 'whatsapp', action: 'take', to: '+1' }))
        .json.error.code,
    ).toBe(2494191)
  })

  test('only who wrote in the last day can be blocked, and then cannot write', async () => {
    phone = await connectPhone()
    const block = (method: string) =>
      phone.graph(method, `${phone.numberId}/block_users`, {
        messaging_product: 'whatsapp',
        block_users: [{ user: '+966511111111' }],
      })
    expect((await block('POST')).json.block_users.failed_users).toHaveLength(1)
    const write = () => phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
    await write()
    expect((await block('POST')).json.block_users.added_users).toEqual([
      { input: '+966511111111', wa_id: '966511111111', user_id: 'SA.1349120865530201' },
    ])
    expect((await write()).error).toContain('blocked')
    await block('DELETE')
    expect((await write()).wamid).toMatch(/^wamid\./)
  })

  test('the message history has states, no contents', async () => {
    phone = await connectPhone()
    await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
    const sent = await phone.send({ to: '966511111111', type: 'text', text: { body: 'x' } })
    await phone.advance(5_000)
    const history = await phone.graph('GET', `${phone.numberId}/message_history?message_id=${sent.json.messages[0].id}`)
    expect(history.json.data[0].events.data.map((event: { delivery_status: string }) => event.delivery_status)).toEqual(
      ['SENT', 'DELIVERED'],
    )
  })
})

describe('media', () => {
  const picture = makeFile('image', 9)
  const upload = async (file = new Blob([new Uint8Array(picture.bytes)], { type: 'image/png' })): Promise<Response> => {
    const form = new FormData()
    form.append('messaging_product', 'whatsapp')
    form.append('file', file, 'a.png')
    return fetch(`${phone.simulator.origin}/v25.0/${phone.numberId}/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${phone.token}` },
      body: form,
    })
  }
  const idOf = async (response: Response): Promise<string> => ((await response.json()) as { id: string }).id

  test('what goes up comes down, with its hash, for 30 days', async () => {
    phone = await connectPhone()
    const id = await idOf(await upload())
    const media = await phone.graph('GET', `${id}?phone_number_id=${phone.numberId}`)
    expect(media.json).toMatchObject({
      messaging_product: 'whatsapp',
      mime_type: 'image/png',
      id,
      file_size: String(picture.bytes.length),
    })
    const download = await fetch(media.json.url, { headers: { authorization: `Bearer ${phone.token}` } })
    const bytes = Buffer.from(await download.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(media.json.sha256)
    expect((await fetch(media.json.url)).status).toBe(401)
    await phone.advance(301_000)
    expect((await fetch(media.json.url, { headers: { authorization: `Bearer ${phone.token}` } })).status).toBe(404)
    expect((await phone.graph('GET', id)).status).toBe(200)
    await phone.advance(30 * DAY_MS)
    expect((await phone.graph('GET', id)).status).toBe(400)
  })

  test('media of webhooks live seven days; deleted ones are gone', async () => {
    phone = await connectPhone()
    await phone.act('c1', {
      by: 'customer',
      do: 'send',
      message: { type: 'audio', fileSeed: 1, voice: true, seconds: 2 },
    })
    await phone.advance(1)
    const audio = phone.receiver.changes('messages')[0]?.value.messages[0].audio
    const direct = await fetch(audio.url, { headers: { authorization: `Bearer ${phone.token}` } })
    expect(
      createHash('sha256')
        .update(Buffer.from(await direct.arrayBuffer()))
        .digest('base64'),
    ).toBe(audio.sha256)
    await phone.advance(7 * DAY_MS)
    expect((await phone.graph('GET', audio.id)).status).toBe(400)
    const id = await idOf(await upload())
    expect((await phone.graph('DELETE', id)).json).toEqual({ success: true })
    expect((await phone.graph('GET', id)).status).toBe(400)
  })

  test('too large and empty files are refused', async () => {
    phone = await connectPhone()
    const large = await upload(new Blob([new Uint8Array(5 * 1024 * 1024 + 1)], { type: 'image/png' }))
    expect(((await large.json()) as { error: { code: number } }).error.code).toBe(131053)
    expect((await upload(new Blob([], { type: 'image/png' }))).status).toBe(400)
  })

  test('a resumable upload gives a handle once all bytes are there', async () => {
    phone = await connectPhone()
    const session = await phone.graph('POST', `${APP.appId}/uploads?file_name=a.png&file_length=6&file_type=image/png`)
    const send = (offset: number, bytes: string): Promise<Response> =>
      fetch(`${phone.simulator.origin}/v25.0/${session.json.id}`, {
        method: 'POST',
        headers: { authorization: `OAuth ${phone.token}`, file_offset: String(offset) },
        body: Buffer.from(bytes),
      })
    expect(await (await send(0, 'abc')).json()).toMatchObject({ file_offset: 3 })
    expect((await send(0, 'abc')).status).toBe(400)
    expect(await (await send(3, 'def')).json()).toEqual({ h: expect.stringMatching(/^4::/) })
  })
})
