import { afterEach, expect, test } from 'vitest'
import { type ConnectedPhone, connectPhone } from '../testing/connected-phone.ts'

let phone: ConnectedPhone
afterEach(() => phone.close())

const create = (input: Record<string, unknown>) =>
  phone.graph('POST', `${phone.loaded.wabaId}/message_templates`, input)
const body = (text: string) => [{ type: 'BODY', text }]
const events = () =>
  phone.receiver.changes('message_template_status_update').map((change) => [change.value.event, change.value.reason])

test('made, reviewed, approved, sent, edited once a day, deleted', async () => {
  phone = await connectPhone()
  const made = await create({
    name: 'thanks',
    language: 'en',
    category: 'utility',
    components: body('Thank you for your visit.'),
  })
  expect(made.json).toEqual({ id: expect.stringMatching(/^\d+$/), status: 'PENDING', category: 'UTILITY' })
  const send = () =>
    phone.send({ to: '966511111111', type: 'template', template: { name: 'thanks', language: { code: 'en' } } })
  expect((await send()).status).toBe(404)
  await phone.advance(180_000)
  expect(events()).toEqual([['APPROVED', 'NONE']])
  expect((await send()).status).toBe(200)
  expect(
    (await create({ name: 'thanks', language: 'en', category: 'UTILITY', components: body('Again.') })).json.error.code,
  ).toBe(2388024)
  expect((await phone.graph('POST', made.json.id, { components: body('Thank you so much.') })).json.success).toBe(true)
  await phone.advance(180_000)
  expect((await phone.graph('GET', made.json.id)).json).toMatchObject({
    status: 'APPROVED',
    components: body('Thank you so much.'),
  })
  expect((await phone.graph('POST', made.json.id, { components: body('Once more.') })).status).toBe(400)
  const list = await phone.graph('GET', `${phone.loaded.wabaId}/message_templates?name=thanks`)
  expect(list.json.data.map((row: { id: string }) => row.id)).toEqual([made.json.id])
  expect((await phone.graph('DELETE', `${phone.loaded.wabaId}/message_templates?name=thanks`)).json).toEqual({
    success: true,
  })
  expect((await send()).status).toBe(404)
})

test('paused and disabled for their quality, unpaused by the business', async () => {
  phone = await connectPhone()
  const list = await phone.graph('GET', `${phone.loaded.wabaId}/message_templates?name=hello_world`)
  const { id } = list.json.data[0]
  const judge = (judgement: Record<string, unknown>) =>
    phone.control<{ error?: string }>('POST', `/templates/${id}`, judgement)
  const send = () =>
    phone.send({
      to: '966511111111',
      type: 'template',
      template: { name: 'hello_world', language: { code: 'en_US' } },
    })
  await judge({ qualityScore: 'RED', status: 'PAUSED' })
  expect((await send()).json.error.code).toBe(132015)
  expect((await phone.graph('POST', `${id}/unpause`)).status).toBe(200)
  expect((await send()).status).toBe(200)
  await judge({ status: 'DISABLED' })
  expect((await send()).json.error.code).toBe(132016)
  expect((await phone.graph('GET', id)).json).toMatchObject({ status: 'DISABLED', quality_score: { score: 'RED' } })
  expect((await judge({ status: 'LOVED' })).error).toContain('PAUSED')
  await phone.advance(1)
  expect(events().map(([event]) => event)).toEqual(['PAUSED', 'APPROVED', 'DISABLED'])
  expect(phone.receiver.changes('message_template_quality_update')[0]?.value).toMatchObject({
    previous_quality_score: 'GREEN',
    new_quality_score: 'RED',
  })
})

test('rejected for its form; utility that sells becomes marketing', async () => {
  phone = await connectPhone()
  await create({
    name: 'glued',
    language: 'en',
    category: 'UTILITY',
    components: body('Hello {{1}}{{2}}, we are here for you all the time.'),
  })
  await create({
    name: 'sale',
    language: 'en',
    category: 'UTILITY',
    components: body('There is a sale at our shop.'),
  })
  await phone.advance(180_000)
  expect(events()).toEqual(
    expect.arrayContaining([
      ['REJECTED', 'INVALID_FORMAT'],
      ['APPROVED', 'NONE'],
    ]),
  )
  expect(phone.receiver.changes('template_category_update')[0]?.value).toMatchObject({
    message_template_name: 'sale',
    previous_category: 'UTILITY',
    new_category: 'MARKETING',
  })
})

test.each([
  ['a name with capitals', { name: 'Bad', components: body('Hello.') }, 100],
  ['no body', { components: [] }, 100],
  ['a variable at the end', { components: body('Hello dear friend {{1}}') }, 2388299],
  ['too long', { components: body('x'.repeat(1_025)) }, 2388040],
  [
    'three URL buttons',
    {
      components: [
        ...body('Hello.'),
        {
          type: 'BUTTONS',
          buttons: [1, 2, 3].map((n) => ({ type: 'URL', text: `${n}`, url: 'https://example.com' })),
        },
      ],
    },
    100,
  ],
  [
    'quick replies apart',
    {
      components: [
        ...body('Hello.'),
        { type: 'BUTTONS', buttons: ['QUICK_REPLY', 'URL', 'QUICK_REPLY'].map((type) => ({ type, text: 'a' })) },
      ],
    },
    100,
  ],
])('refused: %s', async (_name, input, code) => {
  phone = await connectPhone()
  expect((await create({ name: 'good', language: 'en', category: 'UTILITY', ...input })).json.error.code).toBe(code)
})

test('pages follow each other by cursor; library templates are approved at once', async () => {
  phone = await connectPhone()
  const base = `${phone.loaded.wabaId}/message_templates?limit=3`
  const first = await phone.graph('GET', base)
  const second = await phone.graph('GET', `${base}&after=${first.json.paging.cursors.after}`)
  expect([first.json.data.length, second.json.data.length, second.json.paging.next]).toEqual([3, 1, undefined])
  expect(
    (
      await create({
        name: 'shipped',
        language: 'en_US',
        category: 'UTILITY',
        library_template_name: 'shipment_confirmation_1',
      })
    ).json.status,
  ).toBe('APPROVED')
  expect((await phone.graph('GET', 'message_template_library?language=ar')).json.data).toHaveLength(1)
})

test('archived by the business, not sent, taken out again as it was, and deleted after 28 days', async () => {
  phone = await connectPhone()
  const { wabaId } = phone.loaded
  const list = await phone.graph('GET', `${wabaId}/message_templates?name=hello_world`)
  const { id } = list.json.data[0]
  const change = (deed: string, ids: readonly string[]) =>
    phone.graph('POST', `${wabaId}/message_templates/${deed}`, { hsm_ids: ids })
  const send = async () =>
    (
      await phone.send({
        to: '966511111111',
        type: 'template',
        template: { name: 'hello_world', language: { code: 'en_US' } },
      })
    ).status
  expect((await change('unarchive', [id])).json).toEqual({
    unarchived_templates: [],
    failed_templates: { [id]: 'Template is not archived' },
  })
  expect((await change('archive', [id])).json).toEqual({ archived_templates: [id], failed_templates: {} })
  expect(await send()).toBe(404)
  expect((await change('archive', [id, '1'])).json).toEqual({
    archived_templates: [],
    failed_templates: {
      [id]: 'Only approved or rejected templates can be archived',
      1: 'There is no such template.',
    },
  })
  expect((await phone.graph('POST', id, { components: body('Other words.') })).status).toBe(400)
  await phone.advance(27 * 86_400_000)
  await change('unarchive', [id])
  expect([(await phone.graph('GET', id)).json.status, await send()]).toEqual(['APPROVED', 200])
  await phone.advance(2 * 86_400_000)
  await change('archive', [id])
  await phone.advance(28 * 86_400_000)
  expect((await phone.graph('GET', id)).status).toBe(400)
  expect(events().map(([event]) => event)).toEqual(['ARCHIVED', 'UNARCHIVED', 'ARCHIVED', 'DELETED'])
  expect((await change('archive', [])).json.error.code).toBe(100)
})

test('what nobody used for 12 months Meta archives; what was sent in between stays', async () => {
  phone = await connectPhone()
  await phone.advance(50 * 86_400_000)
  const sent = await phone.send({
    to: '966511111111',
    type: 'template',
    template: { name: 'hello_world', language: { code: 'en_US' } },
  })
  expect(sent.status).toBe(200)
  await phone.advance(320 * 86_400_000)
  const archived = phone.receiver
    .changes('message_template_status_update')
    .map(({ value }) => [value.event, value.message_template_name])
  expect(archived.toSorted()).toEqual([
    ['ARCHIVED', 'new_arrivals'],
    ['ARCHIVED', 'order_update'],
    ['ARCHIVED', 'order_update'],
  ])
})

test('Meta’s own texts of one-time passwords, in the languages that were asked for', async () => {
  phone = await connectPhone()
  const preview = (query: string) => phone.graph('GET', `${phone.loaded.wabaId}/message_template_previews?${query}`)
  const asked = 'category=AUTHENTICATION&button_types=OTP&languages=en_US,es_ES,xx'
  const { data } = (await preview(`${asked}&add_security_recommendation=true&code_expiration_minutes=10`)).json
  expect(data).toEqual([
    {
      body: '*{{1}}* is your verification code. For your security, do not share this code.',
      buttons: [{ autofill_text: 'Autofill', text: 'Copy code' }],
      footer: 'This code expires in 10 minutes.',
      language: 'en_US',
    },
    {
      body: 'Tu código de verificación es *{{1}}*. Por tu seguridad, no lo compartas.',
      buttons: [{ autofill_text: 'Autocompletar', text: 'Copiar código' }],
      footer: 'Este código caduca en 10 minutos.',
      language: 'es_ES',
    },
  ])
  expect((await preview(asked)).json.data[0]).not.toHaveProperty('footer')
  for (const bad of [
    'category=UTILITY&button_types=OTP',
    'category=AUTHENTICATION',
    `${asked}&code_expiration_minutes=91`,
  ])
    expect((await preview(bad)).json.error.code).toBe(100)
})

test('one-time passwords in several languages by one call: made, then changed', async () => {
  phone = await connectPhone()
  const { wabaId } = phone.loaded
  const upsert = (languages: readonly string[], more: object = {}) =>
    phone.graph('POST', `${wabaId}/upsert_message_templates`, {
      ...{ name: 'code', languages, category: 'AUTHENTICATION' },
      components: [
        { type: 'BODY', add_security_recommendation: true },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
      ],
      ...more,
    })
  const first = (await upsert(['en', 'ar'])).json.data
  expect(first.map(({ language }: { language: string }) => language)).toEqual(['en', 'ar'])
  await phone.advance(180_000)
  const again = (await upsert(['ar', 'fr'])).json.data
  expect(again[0].id).toBe(first[1].id)
  const { data } = (await phone.graph('GET', `${wabaId}/message_templates?name=code`)).json
  expect(data).toHaveLength(3)
  for (const bad of [{ category: 'UTILITY' }, { languages: 'en' }, { components: [{ type: 'BODY', text: 'Hi' }] }])
    expect((await upsert(['en'], bad)).json.error.code).toBe(100)
})
