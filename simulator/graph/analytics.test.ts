import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone, START_MS } from '../testing/connected-phone.ts'

const DAY_MS = 86_400_000
const [START_S, DAY_S] = [Math.floor(START_MS / DAY_MS) * 86_400, 86_400]
let phone: ConnectedPhone
afterEach(() => phone.close())

const ask = (fields: string) => phone.graph('GET', `${phone.loaded.wabaId}?fields=${fields}`)
const between = (metric: string, granularity: string, days = 2): string =>
  `${metric}.start(${START_S}).end(${START_S + days * DAY_S}).granularity(${granularity})`
const write = (to: string) => phone.send({ to, type: 'text', text: { body: 'x' } })
const template = () =>
  phone.send({ to: '966511111111', type: 'template', template: { name: 'hello_world', language: { code: 'en_US' } } })

describe('of two days', () => {
  beforeEach(async () => {
    phone = await connectPhone()
    await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body: 'hi' } })
    await write('966511111111')
    await template()
    await write('966522222222')
    await phone.act('c1', { by: 'phone', do: 'send', message: { type: 'text', body: 'from the app' } })
    await phone.advance(DAY_MS)
    await template()
    await phone.advance(120_000)
  })

  test('what was sent and delivered by API, day by day; what fails later counts as neither', async () => {
    const { json } = await ask(between('analytics', 'DAY'))
    expect(json).toEqual({
      analytics: {
        phone_numbers: ['966500000001'],
        granularity: 'DAY',
        data_points: [
          { start: START_S, end: START_S + DAY_S, sent: 2, delivered: 2 },
          { start: START_S + DAY_S, end: START_S + 2 * DAY_S, sent: 1, delivered: 1 },
        ],
      },
      id: phone.loaded.wabaId,
    })
    const month = await ask(between('analytics', 'MONTH'))
    expect(month.json.analytics.data_points).toEqual([
      { start: Date.UTC(2026, 10) / 1000, end: Date.UTC(2026, 11) / 1000, sent: 3, delivered: 3 },
    ])
    expect((await ask(between('analytics', 'DAY', 1))).json.analytics.data_points).toHaveLength(1)
  })

  test('what it was charged as, by the dimensions asked for', async () => {
    const { json } = await ask(
      `${between('pricing_analytics', 'DAILY')}.dimensions(["COUNTRY","PRICING_CATEGORY","PRICING_TYPE"])`,
    )
    const [{ data_points: points }] = json.pricing_analytics.data
    const first = { start: START_S, end: START_S + DAY_S, country: 'SA' }
    const utility = { pricing_type: 'REGULAR', pricing_category: 'UTILITY', volume: 1, cost: 0 }
    expect(points).toHaveLength(3)
    expect(points).toEqual(
      expect.arrayContaining([
        { ...first, pricing_type: 'FREE_CUSTOMER_SERVICE', pricing_category: 'SERVICE', volume: 1, cost: 0 },
        { ...first, ...utility },
        { ...first, start: START_S + DAY_S, end: START_S + 2 * DAY_S, ...utility },
      ]),
    )
    const plain = await ask(between('pricing_analytics', 'MONTHLY'))
    expect(plain.json.pricing_analytics.data[0].data_points).toMatchObject([{ volume: 3 }])
  })

  test('templates, once insights are enabled, which is for good', async () => {
    expect((await ask(between('template_analytics', 'DAILY'))).json.error.code).toBe(200005)
    const enable = (wished: boolean) => phone.graph('POST', phone.loaded.wabaId, { is_enabled_for_insights: wished })
    expect((await enable(true)).json).toEqual({ id: phone.loaded.wabaId })
    expect((await enable(false)).json.error.code).toBe(200006)
    const { json } = await ask(between('template_analytics', 'DAILY'))
    const points = json.template_analytics.data[0].data_points
    expect(points.map((point: { sent: number; read: number }) => [point.sent, point.read])).toEqual([
      [1, 1],
      [1, 1],
    ])
    const query = `start=${START_S}&end=${START_S + DAY_S}&granularity=daily&template_ids=[${points[0].template_id}]`
    const edge = await phone.graph('GET', `${phone.loaded.wabaId}/template_analytics?${query}`)
    expect(edge.json.data[0]).toMatchObject({ granularity: 'DAILY', data_points: [{ sent: 1, delivered: 1, read: 1 }] })
    const other = await phone.graph('GET', `${phone.loaded.wabaId}/template_analytics?${query.replace(/\[.*/, '[1]')}`)
    expect(other.json.data[0].data_points).toEqual([])
  })

  test('what cannot be asked is refused', async () => {
    expect((await ask('analytics.start(1)')).json.error.code).toBe(100)
    expect((await ask(between('analytics', 'DAILY'))).json.error.error_data.details).toContain('HALF_HOUR, DAY, MONTH')
    expect((await ask('analytix')).json.error.message).toContain('nonexisting field (analytix)')
    expect((await phone.graph('GET', `${phone.numberId}?fields=verified_nam`)).json.error.code).toBe(100)
  })
})

test('conversations before July 2025: one a customer and day, however many messages', async () => {
  const startMs = Date.UTC(2025, 4, 1, 9)
  phone = await connectPhone({ startMs })
  for (const body of ['a', 'b']) {
    await phone.act('c1', { by: 'customer', do: 'send', message: { type: 'text', body } })
    await write('966511111111')
  }
  await phone.advance(120_000)
  const range = `start(${startMs / 1000 - 3_600}).end(${startMs / 1000 + DAY_S}).granularity(DAILY)`
  const { json } = await ask(`conversation_analytics.${range}`)
  expect(json.conversation_analytics.data[0].data_points).toMatchObject([
    { conversation: 1, conversation_category: 'SERVICE', conversation_type: 'FREE_TIER', country: 'SA', cost: 0 },
  ])
})
