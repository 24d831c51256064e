import { expect } from 'vitest'
import type { Template, TemplateAnswer, TemplatesAnswer } from '../../contract/api/templates.ts'
import type { TemplateComponent } from '../../contract/template.ts'
import type { SimulatedNumber, SimulatorState } from '../../simulator/control-api.ts'
import { pngPicture } from '../support/png-picture.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, type Rig, scenario } from './rig.ts'

/** Meta reviews within this time in the simulator. */
const REVIEW_MS = 3 * MINUTE_MS
const BODY: TemplateComponent = {
  type: 'BODY',
  text: 'Hello {{1}}, your order {{2}} has been shipped to you.',
  example: { body_text: [['Huda', '1001']] },
}

scenario('what Meta has is found, and follows what Meta does', { seed: 31 }, async (rig) => {
  const { wabaId } = await connected(rig)
  expect((await list(rig)).templates, 'nothing is known before Meta was asked').toEqual([])
  await rig.wasl.sweep()
  await rig.wasl.idle()
  const found = await list(rig)
  expect(found.templates.map(({ name, language }) => `${name} ${language}`)).toEqual([
    'hello_world en_US',
    'new_arrivals en',
    'order_update ar',
    'order_update en',
  ])
  expect(found.accounts).toMatchObject([{ wabaId, problem: null, syncedAtMs: expect.any(Number) }])
  const hello = found.templates[0] as Template
  expect(hello).toMatchObject({ standing: 'approved', authorId: null, drifted: false, meta: { quality: 'GREEN' } })

  await rig.control('POST', `templates/${hello.meta?.id}`, { qualityScore: 'RED', status: 'PAUSED' })
  await rig.settled()
  await rig.wasl.idle()
  const paused = await read(rig, hello.id)
  expect(paused.template).toMatchObject({
    standing: 'paused',
    meta: { quality: 'RED', note: { title: 'FIRST_PAUSE', words: expect.stringContaining('3 hours') } },
  })
  expect(paused.events.map(({ kind, note }) => [kind, note])).toEqual(
    expect.arrayContaining([
      ['meta_status', 'PAUSED'],
      ['meta_quality', 'RED'],
    ]),
  )
  expect(await step(rig, paused.template, 'unpause')).toMatchObject({ status: 200 })
  expect((await read(rig, hello.id)).template.standing).toBe('approved')
})

scenario(
  'a template is written, reviewed by another, approved by Meta, sent, and reviewed again',
  { seed: 32 },
  async (rig) => {
    const { wabaId, phoneNumberId, numberId } = await connected(rig)
    const sample = await upload(rig)
    const components: TemplateComponent[] = [
      { type: 'HEADER', format: 'IMAGE', example: { header_handle: [`sample:${sample}`] } },
      BODY,
    ]
    const draft = { wabaId, name: 'order_shipped', language: 'en', category: 'UTILITY', parameterFormat: 'POSITIONAL' }
    const made = await rig.wasl.api.call('POST', '/api/v1/templates', { body: { ...draft, components } })
    expect(made.status).toBe(201)
    let { template } = made.body as TemplateAnswer
    expect(template).toMatchObject({ review: 'draft', standing: 'unsubmitted' })
    expect((await step(rig, template, 'submit')).body.error.code).toBe('template_step')
    await step(rig, template, 'ask')
    expect((await step(rig, template, 'approve')).body.error.code, 'by its author').toBe('own_review')
    const [, salem] = await members(rig)
    expect((await step(rig, template, 'approve', salem)).status).toBe(200)
    expect((await step(rig, template, 'submit')).body.template).toMatchObject({
      review: 'submitted',
      standing: 'pending',
    })

    const values = { image: await mediaOf(rig, sample, numberId), texts: ['Huda', '77'] }
    expect((await send(rig, phoneNumberId, 'order_shipped', values)).body.error.code).toBe('template_not_approved')
    await rig.advance(REVIEW_MS)
    expect((await read(rig, template.id)).template.standing).toBe('approved')
    expect((await send(rig, phoneNumberId, 'order_shipped', { ...values, texts: ['Huda'] })).body.error.code).toBe(
      'template_inputs',
    )
    const sent = await send(rig, phoneNumberId, 'order_shipped', values)
    expect(sent.status).toBe(201)
    await rig.until((event) => event.type === 'message.changed' && event.message.delivery === 'accepted')
    await rig.advance(MINUTE_MS)
    const message = (await rig.thread(phoneNumberId, 'c2')).at(-1)
    expect(message).toMatchObject({
      content: {
        type: 'template',
        body: 'Hello Huda, your order 77 has been shipped to you.',
        headerKind: 'image',
        sampleId: sample,
      },
      delivery: expect.stringMatching(/delivered|read/),
    })

    await rig.advance(180 * DAY_MS)
    expect((await read(rig, template.id)).template.standing).toBe('due')
    await rig.advance(30 * DAY_MS)
    template = (await read(rig, template.id)).template
    expect(template.standing).toBe('expired')
    expect((await send(rig, phoneNumberId, 'order_shipped', values)).body.error.code).toBe('template_expired')
    expect((await step(rig, template, 'confirm')).body.error.code, 'by its author').toBe('own_review')
    expect((await step(rig, template, 'confirm', salem)).body.template.standing).toBe('approved')
  },
)

scenario('what somebody changes at Meta suspends a template until it is reviewed here', { seed: 33 }, async (rig) => {
  const { phoneNumberId } = await connected(rig)
  await rig.wasl.sweep()
  await rig.wasl.idle()
  const before = (await list(rig)).templates.find(
    ({ name, language }) => name === 'order_update' && language === 'en',
  ) as Template
  const id = before.meta?.id ?? ''
  const values = { texts: ['Huda', '77'] }
  expect((await send(rig, phoneNumberId, 'order_update', values)).status).toBe(201)
  // Somebody edits it in WhatsApp Manager.
  await graph(rig, id, { components: [{ ...BODY, text: 'Hello {{1}}, order {{2}} costs more from now on.' }] })
  await rig.advance(REVIEW_MS)
  const drifted = (await read(rig, before.id)).template
  expect(drifted).toMatchObject({ standing: 'suspended', drifted: true })
  expect((await send(rig, phoneNumberId, 'order_update', values)).body.error.code).toBe('template_suspended')

  const adopted = (await step(rig, drifted, 'adopt')).body.template as Template
  expect(adopted).toMatchObject({ review: 'in_review', version: 2, standing: 'suspended' })
  const [, salem] = await members(rig)
  expect((await step(rig, adopted, 'approve', salem)).body.template).toMatchObject({
    review: 'submitted',
    standing: 'approved',
  })
  expect((await send(rig, phoneNumberId, 'order_update', values)).status).toBe(201)
})

scenario(
  'edits keep Meta’s limits; what was removed is gone at Meta, and its name can be taken again',
  { seed: 34 },
  async (rig) => {
    const { wabaId } = await connected(rig)
    const [, salem] = await members(rig)
    const draft = { wabaId, name: 'thanks', language: 'en', category: 'UTILITY', parameterFormat: 'POSITIONAL' }
    const words = (text: string) => [{ type: 'BODY', text }]
    const made = await rig.wasl.api.call('POST', '/api/v1/templates', {
      body: { ...draft, components: words('Thank you.') },
    })
    const toMeta = async (template: Template) => {
      await step(rig, template, 'ask')
      await step(rig, template, 'approve', salem)
      return step(rig, template, 'submit')
    }
    let { template } = (await toMeta(made.body.template)).body as TemplateAnswer
    await rig.advance(REVIEW_MS)
    const edit = async (text: string) => {
      const { name: _n, wabaId: _w, language: _l, ...form } = draft
      const body = { ...form, components: words(text), version: template.version }
      const { status, body: answer } = await rig.wasl.api.call('POST', `/api/v1/templates/${template.id}`, { body })
      expect(status).toBe(200)
      template = answer.template
      return toMeta(template)
    }
    expect((await edit('Thank you very much.')).status).toBe(200)
    await rig.advance(REVIEW_MS)
    expect((await edit('Thank you so much.')).body.error).toMatchObject({
      code: 'template_step',
      details: { nextEditMs: expect.any(Number) },
    })
    expect((await read(rig, template.id)).template, 'the approved wording is still sent').toMatchObject({
      standing: 'approved',
      submittedVersion: 2,
      review: 'reviewed',
    })
    await rig.advance(DAY_MS)
    expect((await step(rig, template, 'submit')).status).toBe(200)
    await rig.advance(HOUR_MS)
    expect((await step(rig, template, 'remove')).status).toBe(204)
    expect((await list(rig)).templates.some(({ name }) => name === 'thanks')).toBe(false)
    await rig.wasl.api.call('POST', '/api/v1/templates/sync', { body: { wabaId } })
    expect(
      (await list(rig)).templates.some(({ name }) => name === 'thanks'),
      'Meta lists it while it deletes it',
    ).toBe(false)
    const again = await rig.wasl.api.call('POST', '/api/v1/templates', {
      body: { ...draft, components: words('Hello.') },
    })
    expect(again.body.template).toMatchObject({ review: 'draft', standing: 'unsubmitted', version: 4 })
  },
)

async function connected(rig: Rig): Promise<{ wabaId: string; phoneNumberId: string; numberId: string }> {
  const { phoneNumberId, numberId } = await rig.connectTiny()
  const { numbers } = await rig.control<SimulatorState>('GET', 'state')
  const number = numbers.find((one) => one.phoneNumberId === phoneNumberId) as SimulatedNumber
  return { phoneNumberId, numberId, wabaId: number.wabaId }
}

async function list(rig: Rig): Promise<TemplatesAnswer> {
  return (await rig.wasl.api.call('GET', '/api/v1/templates')).body
}

async function read(rig: Rig, id: string): Promise<TemplateAnswer> {
  return (await rig.wasl.api.call('GET', `/api/v1/templates/${id}`)).body
}

function step(rig: Rig, { id, version }: Template, what: string, as?: string) {
  return rig.wasl.api.call('POST', `/api/v1/templates/${id}/steps`, {
    body: { step: what, version },
    ...(as ? { as } : {}),
  })
}

async function members(rig: Rig): Promise<string[]> {
  const rows = await rig.sql<{ id: string }>(
    'select id from member where workspace_id = $1 order by role desc, name desc',
  )
  return rows.map(({ id }) => id)
}

async function upload(rig: Rig): Promise<string> {
  const response = await fetch(`${rig.wasl.api.url}/api/v1/templates/samples?fileName=box.png`, {
    method: 'POST',
    headers: { 'content-type': 'image/png' },
    body: new Uint8Array(pngPicture()),
  })
  const answer = (await response.json()) as { id: string; mimeType: string }
  expect([response.status, answer.mimeType]).toEqual([201, 'image/png'])
  return answer.id
}

async function mediaOf(rig: Rig, sample: string, numberId: string): Promise<string> {
  const { body } = await rig.wasl.api.call('POST', `/api/v1/templates/samples/${sample}/media`, { body: { numberId } })
  return body.mediaId
}

let clientIds = 0
async function send(rig: Rig, phoneNumberId: string, name: string, values: { image?: string; texts: string[] }) {
  const { id } = await rig.conversation(phoneNumberId, 'c2')
  const components = [
    ...(values.image === undefined
      ? []
      : [{ type: 'header', parameters: [{ type: 'image', image: { id: values.image } }] }]),
    { type: 'body', parameters: values.texts.map((text) => ({ type: 'text', text })) },
  ]
  return rig.wasl.api.call('POST', `/api/v1/conversations/${id}/messages`, {
    body: { clientId: `template-send-${clientIds++}`, content: { type: 'template', name, language: 'en', components } },
  })
}

/** Calls the simulated Graph as somebody else would. */
async function graph(rig: Rig, path: string, body: object): Promise<void> {
  const response = await fetch(`${rig.simulator.origin}/v25.0/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer 1234567890|test_app_secret_of_the_app' },
    body: JSON.stringify(body),
  })
  expect(await response.json()).toMatchObject({ success: true })
}
