import { afterEach, describe, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone, START_MS } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const text = (body: string): Record<string, unknown> => ({ type: 'text', text: { body } })
const customerWrites = (key = 'c1') =>
  phone.act(key, { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
const statuses = () => phone.receiver.changes('messages').flatMap((change) => change.value.statuses ?? [])
/** What fills `new_arrivals`. */
const OFFER = [
  { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/a.jpg' } }] },
  { type: 'body', parameters: [{ type: 'text', text: 'Sam' }] },
]
const template = (name: string, code: string, components: unknown[] = []) =>
  phone.send({ to: '966511111111', type: 'template', template: { name, language: { code }, components } })
const body = (...texts: string[]) => ({
  type: 'body',
  parameters: texts.map((value) => ({ type: 'text', text: value })),
})

describe('limits', () => {
  test('20 messages a second, in and out together: 130429', async () => {
    phone = await connectPhone()
    for (let at = 0; at < 5; at++) await customerWrites()
    const results = []
    for (let at = 0; at < 16; at++) results.push(await phone.send({ to: `9665111112${10 + at}`, ...text('hi') }))
    expect(results.map((result) => result.status)).toEqual([...Array.from({ length: 15 }, () => 200), 400])
    expect(results.at(-1)?.json.error).toMatchObject({
      code: 130429,
      error_subcode: 2494055,
      message: '(#130429) Rate limit hit',
      fbtrace_id: expect.any(String),
    })
    await phone.advance(1_000)
    expect((await phone.send({ to: '966511111299', ...text('hi') })).status).toBe(200)
  })

  test('45 at once to one customer, then one in six seconds: 131056', async () => {
    phone = await connectPhone()
    await customerWrites()
    const codes: (number | undefined)[] = []
    for (let at = 0; at < 45; at++) {
      if (at % 15 === 0) await phone.advance(1_000)
      codes.push((await phone.send({ to: '966511111111', ...text(`${at}`) })).json.error?.code)
    }
    expect(new Set(codes)).toEqual(new Set([undefined]))
    await phone.advance(2_000)
    expect((await phone.send({ to: '966511111111', ...text('too much') })).json.error.code).toBe(131056)
    await phone.advance(6_000)
    expect((await phone.send({ to: '966511111111', ...text('again') })).status).toBe(200)
    expect((await phone.send({ to: '966511111111', ...text('too much') })).json.error.code).toBe(131056)
  })

  test('the month has 1,000 free service messages, then they are billed', async () => {
    phone = await connectPhone()
    await customerWrites()
    const used = (count: unknown) =>
      phone.control<object>('PUT', `/numbers/${phone.numberId}/free-answers`, { used: count })
    expect(await used('many')).toHaveProperty('error')
    expect(await used(999)).toEqual({ used: 999 })
    await phone.send({ to: '966511111111', ...text('the thousandth') })
    await phone.advance(10_000)
    await phone.send({ to: '966511111111', ...text('one more') })
    await phone.advance(10_000)
    const prices = statuses()
      .filter((status) => status.status === 'delivered')
      .map((status) => status.pricing)
    expect(prices).toEqual([
      { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'service' },
      { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
    ])
  })
})

describe('prices of the other eras', () => {
  test.each([
    [
      'conversation-based, before July 2025',
      Date.UTC(2025, 4, 1),
      { billable: true, pricing_model: 'CBP', category: 'utility' },
    ],
    [
      'per message, utility free in the window',
      Date.UTC(2026, 5, 1),
      { billable: false, pricing_model: 'PMP', type: 'free_customer_service', category: 'utility' },
    ],
    [
      'per message, utility charged again',
      START_MS,
      { billable: true, pricing_model: 'PMP', type: 'regular', category: 'utility' },
    ],
  ])('%s', async (_name, startMs, pricing) => {
    phone = await connectPhone({ startMs })
    await customerWrites()
    await template('hello_world', 'en_US')
    await phone.advance(10_000)
    expect(statuses().find((status) => status.status === 'delivered')?.pricing).toEqual(pricing)
  })

  test('somebody who came by an ad is answered free, with a conversation', async () => {
    phone = await connectPhone()
    const referral = { sourceId: '1', sourceUrl: 'https://fb.me/x', headline: 'Chat', body: 'Roses' }
    await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'the ad' }, referral })
    await phone.send({ to: '966511111111', ...text('welcome') })
    await phone.advance(10_000)
    const inbound = phone.receiver.changes('messages')[0]?.value.messages[0]
    expect(inbound.referral).toMatchObject({
      source_type: 'ad',
      source_id: '1',
      headline: 'Chat',
      ctwa_clid: expect.any(String),
    })
    const [sent, delivered] = statuses()
    expect(sent).toMatchObject({ status: 'sent', conversation: { origin: { type: 'referral_conversion' } } })
    expect(delivered.pricing).toMatchObject({ billable: false, type: 'free_entry_point' })
  })
})

describe('templates', () => {
  test.each([
    ['does not exist', 'nowhere', 'en', [], 132001, 404],
    ['not in this language', 'order_update', 'fr', [], 132001, 404],
    ['too few parameters', 'order_update', 'en', [body('Sam')], 132000, 400],
    ['too many parameters', 'hello_world', 'en_US', [body('Sam')], 132000, 400],
    ['parameter with a new line', 'order_update', 'en', [body('Sam\n', '1')], 132018, 400],
    [
      'header of another format',
      'new_arrivals',
      'en',
      [{ type: 'header', parameters: [{ type: 'text', text: 'x' }] }, body('Sam')],
      132012,
      400,
    ],
    ['header missing', 'new_arrivals', 'en', [body('Sam')], 132012, 400],
  ])('%s', async (_name, name, code, components, error, status) => {
    phone = await connectPhone()
    const result = await template(name, code, components)
    expect([result.json.error?.code, result.status]).toEqual([error, status])
  })

  test('a good one is shown on the phone with its words', async () => {
    phone = await connectPhone()
    await template('order_update', 'ar', [body('نورة', '1001')])
    const chat = await phone.control<{ body: { text: { body: string } } }[]>(
      'GET',
      `/numbers/${phone.numberId}/chats/c1`,
    )
    expect(chat.at(-1)?.body.text.body).toBe('مرحبا نورة، طلبك 1001 في الطريق إليك.')
  })
})

describe('recipients', () => {
  test('ourselves, nonsense, and unknown people', async () => {
    phone = await connectPhone()
    expect((await phone.send({ to: '+966 50 000 0001', ...text('me') })).json.error.code).toBe(131021)
    expect((await phone.send({ to: 'nobody', ...text('x') })).json.error.code).toBe(131009)
    expect((await phone.send({ recipient: 'SA.0', ...text('x') })).json.error.code).toBe(131009)
    await phone.send({
      to: '+966 59 999 0000',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    })
    await phone.advance(5_000)
    expect(statuses()[0].errors[0].code).toBe(131026)
  })
})

test('an identity that the caller did not expect is refused: 137000', async () => {
  phone = await connectPhone()
  const check = { user_identity_change: { enable_identity_key_check: true } }
  await phone.graph('POST', `${phone.numberId}/settings`, check)
  await customerWrites()
  await phone.advance(1)
  const hash = phone.receiver.changes('messages')[0]?.value.contacts[0].identity_key_hash
  const send = () => phone.send({ to: '+966511111111', ...text('x'), recipient_identity_key_hash: hash })
  expect((await send()).status).toBe(200)
  const other = { to: '966522222222', ...text('x'), recipient_identity_key_hash: hash }
  expect((await phone.send(other)).json.error.code).toBe(137000)
})

describe('faults', () => {
  test('a send that is accepted while the connection breaks', async () => {
    phone = await connectPhone({ faults: { graphTimeoutAfterAcceptRatio: 1 } })
    await customerWrites()
    await expect(
      phone.send({ to: '966511111111', ...text('lost answer'), biz_opaque_callback_data: 'ours' }),
    ).rejects.toThrow()
    await phone.advance(10_000)
    expect(statuses()[0]).toMatchObject({ status: 'sent', biz_opaque_callback_data: 'ours' })
  })

  test('the status overtakes the answer; delivered is skipped; read implies it and has the price', async () => {
    phone = await connectPhone({ faults: { statusBeforeResponseRatio: 1, statusSkipDeliveredRatio: 1 } })
    await customerWrites()
    await phone.send({ to: '966511111111', ...text('quick') })
    await phone.advance(1)
    expect(statuses().map((status) => status.status)).toEqual(['sent'])
    await phone.advance(120_000)
    expect(statuses().map((status) => [status.status, status.pricing?.category])).toEqual([
      ['sent', undefined],
      ['read', 'service'],
    ])
  })

  test('500s do nothing, throttled sends neither', async () => {
    phone = await connectPhone()
    await phone.control('PUT', '/faults', { graph5xxRatio: 1 })
    expect([500, 503]).toContain((await phone.send({ to: '966511111111', ...text('x') })).status)
    await phone.control('PUT', '/faults', { graphThrottleRatio: 1 })
    expect((await phone.send({ to: '966511111111', ...text('x') })).json.error.code).toBe(130429)
    expect(await phone.control('GET', '/sent')).toEqual([])
  })

  test('first messages as 131060 and then really; inbound after the echo that answers it', async () => {
    phone = await connectPhone({ faults: { unavailableFirstRatio: 1 } })
    const { key } = await phone.control<{ key: string }>('POST', `/numbers/${phone.numberId}/customers`, {
      profileName: 'New',
      phone: '966577777777',
    })
    const { wamid } = await customerWrites(key)
    await phone.advance(10_000)
    const first = phone.receiver.changes('messages').map((change) => change.value.messages[0])
    expect(first.map((message) => [message.id, message.type, message.errors?.[0].code])).toEqual([
      [wamid, 'unsupported', 131060],
      [wamid, 'text', undefined],
    ])
    await phone.control('PUT', '/faults', { echoBeforeInboundRatio: 1 })
    await customerWrites()
    await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'text', body: 'answer' } })
    await phone.advance(10_000)
    expect(
      phone.receiver
        .changes()
        .slice(-2)
        .map((change) => change.field),
    ).toEqual(['smb_message_echoes', 'messages'])
  })

  test('any code can be forced, at once or as a failed status, for so many calls', async () => {
    phone = await connectPhone()
    await customerWrites()
    await phone.control('POST', '/graph-error', { code: 131031, times: 1 })
    const refused = await phone.send({ to: '966511111111', ...text('x') })
    expect([refused.status, refused.json.error.code]).toEqual([403, 131031])
    await phone.control('POST', '/graph-error', { code: 131049, times: 1, asynchronous: true })
    expect((await phone.send({ to: '966511111111', ...text('x') })).status).toBe(200)
    await phone.send({ to: '966511111111', ...text('fine') })
    await phone.advance(10_000)
    expect(
      statuses()
        .filter((status) => status.status === 'failed')
        .map((status) => status.errors[0].code),
    ).toEqual([131049])
  })
})

test('marketing that was held back is held back again within a day, for that customer alone', async () => {
  phone = await connectPhone()
  const advertise = (to: string) =>
    phone.send({
      to,
      type: 'template',
      template: { name: 'new_arrivals', language: { code: 'en' }, components: OFFER },
    })
  await phone.control('POST', '/graph-error', { code: 131049, times: 1, asynchronous: true })
  const sent: string[] = []
  for (const to of ['966511111111', '966511111111', '966522222222']) {
    const { json } = await advertise(to)
    sent.push(json.messages[0].id)
  }
  await phone.advance(86_400_000)
  sent.push((await advertise('966511111111')).json.messages[0].id)
  await phone.advance(10_000)
  const failed = statuses().filter((status) => status.status === 'failed')
  expect(failed.map(({ id, errors }) => [id, errors[0].code])).toEqual(sent.slice(0, 2).map((id) => [id, 131049]))
})

test('over the messaging limit a template to a new customer fails; who counts already, or has written, gets it', async () => {
  phone = await connectPhone()
  await phone.control('PUT', `/numbers/${phone.numberId}/messaging-limit`, { tier: 'TIER_1' })
  const { json } = await phone.graph('GET', `/${phone.numberId}?fields=whatsapp_business_manager_messaging_limit`)
  expect(json.whatsapp_business_manager_messaging_limit).toBe('TIER_1')
  const hello = { type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } }
  const sent: string[] = []
  const write = async (to: string) => sent.push((await phone.send({ to, ...hello })).json.messages[0].id)
  await write('966522222222')
  await write('966522222222')
  await write('966511111111')
  await customerWrites()
  await write('966511111111')
  await phone.advance(10_000)
  const failed = statuses().filter((status) => status.status === 'failed')
  expect(failed.map(({ id, errors }) => [id, errors[0].code])).toEqual([[sent[2], 131048]])
})

test('reading and typing are acknowledged; only for messages that came in', async () => {
  phone = await connectPhone()
  const { wamid } = await customerWrites()
  expect((await phone.send({ status: 'read', message_id: wamid, typing_indicator: { type: 'text' } })).json).toEqual({
    success: true,
  })
  expect((await phone.send({ status: 'read', message_id: 'wamid.nowhere' })).json.error.code).toBe(131009)
})

test('a reaction is only ever sent, changes its target, and costs nothing', async () => {
  phone = await connectPhone()
  const { wamid } = await customerWrites()
  await phone.send({ to: '966511111111', type: 'reaction', reaction: { message_id: wamid, emoji: '👍' } })
  await phone.advance(120_000)
  expect(statuses().map((status) => [status.status, status.pricing])).toEqual([['sent', undefined]])
  const chat = await phone.control<{ reactions: unknown[] }[]>('GET', `/numbers/${phone.numberId}/chats/c1`)
  expect(chat.at(-1)?.reactions).toEqual([{ by: 'business', emoji: '👍' }])
})

test('voice messages are played', async () => {
  phone = await connectPhone({ seed: 3 })
  await customerWrites()
  const form = new FormData()
  form.append('messaging_product', 'whatsapp')
  form.append('type', 'audio/ogg')
  form.append('file', new Blob(['OggS'], { type: 'audio/ogg' }), 'voice.ogg')
  const upload = await fetch(`${phone.simulator.origin}/v25.0/${phone.numberId}/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${phone.token}` },
    body: form,
  })
  const { id } = (await upload.json()) as { id: string }
  await phone.send({ to: '966511111111', type: 'audio', audio: { id, voice: true } })
  await phone.advance(120_000)
  expect(statuses().map((status) => status.status)).toEqual(['sent', 'delivered', 'read', 'played'])
})
