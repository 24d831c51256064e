import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { type GraphStub, type StubAnswer, startGraphStub } from '../../test/support/graph-stub.ts'
import { putToken } from '../../test/support/inbox-rows.ts'
import { pngPicture } from '../../test/support/png-picture.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'

let db: TestDatabase
let workspace: TestWorkspace
let graph: GraphStub
let server: ApiServer
beforeAll(async () => {
  db = await createTestDatabase()
  graph = await startGraphStub()
})
afterAll(async () => {
  await graph.close()
  await db.close()
})
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  await putToken(db, workspace)
  graph.calls.length = 0
  graph.answer(() => undefined)
  server = await startApiServer({ db, workspaceId: workspace.workspaceId, graphUrl: graph.url })
  return async () => {
    await server.close()
    expect(server.errors).toEqual([])
  }
})

const WORDING = {
  category: 'UTILITY',
  parameterFormat: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Thank you.' }],
}
const create = (more: object = {}) =>
  server.call('POST', '/api/v1/templates', {
    body: { wabaId: workspace.number.wabaId, name: 'thanks', language: 'en', ...WORDING, ...more },
  })
const step = (template: { id: string; version: number }, what: string, as?: string) =>
  server.call('POST', `/api/v1/templates/${template.id}/steps`, {
    body: { step: what, version: template.version, note: 'because' },
    ...(as === undefined ? {} : { as }),
  })
const reviewed = async (more: object = {}) => {
  const { template } = (await create(more)).body
  await step(template, 'ask')
  await step(template, 'approve', workspace.salem.id)
  return template
}
const upload = async (bytes: Buffer, fileName = 'a.png') => {
  const response = await fetch(`${server.url}/api/v1/templates/samples?fileName=${fileName}`, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
  return { status: response.status, body: JSON.parse(await response.text()) }
}

async function queuedSyncs(): Promise<number> {
  const { rowCount } = await db.owner.query('select from graphile_worker.jobs where key = $1', [
    `sync_templates:${workspace.workspaceId}:${workspace.number.wabaId}`,
  ])
  return rowCount ?? 0
}

describe('drafts', () => {
  test.each([
    ['a name with capitals', { name: 'Thanks' }, 400],
    ['a category that Meta does not have', { category: 'SERVICE' }, 400],
    ['an account of somebody else', { wabaId: '999' }, 404],
  ])('%s is refused', async (_name, body, status) => {
    expect((await create(body)).status).toBe(status)
  })

  test('a name and language are there once; two who write at once are told', async () => {
    const { template } = (await create()).body
    expect((await create()).body.error.code).toBe('template_exists')
    expect((await create({ language: 'ar' })).status).toBe(201)
    const rewrite = (text: string) =>
      server.call('POST', `/api/v1/templates/${template.id}`, {
        body: { ...WORDING, version: template.version, components: [{ type: 'BODY', text }] },
      })
    const answers = await Promise.all([rewrite('Thank you all.'), rewrite('Thank you, dear.')])
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  test('what breaks Meta’s rules is kept, and not reviewed', async () => {
    const { template } = (await create({ components: [{ type: 'BODY', text: '{{1}}' }] })).body
    const { status, body } = await step(template, 'ask')
    expect([status, body.error.code]).toEqual([422, 'template_invalid'])
    expect(body.error.details).toContainEqual({ place: 'body', rule: 'variable_edge' })
  })

  test('of another workspace are not there', async () => {
    const { template } = (await create()).body
    const other = await createTestWorkspace(db)
    const there = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: graph.url })
    const answers = await Promise.all([
      there.call('GET', `/api/v1/templates/${template.id}`),
      there.call('POST', `/api/v1/templates/${template.id}/steps`, { body: { step: 'put_away', version: 1 } }),
      there.call('GET', '/api/v1/templates'),
    ])
    await there.close()
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 200])
    expect(answers[2]?.body.templates).toEqual([])
    expect((await server.call('GET', `/api/v1/templates/${template.id}`)).status, 'it is still ours').toBe(200)
  })
})

describe('the review', () => {
  test('is another person’s, is written down, and can send back', async () => {
    const { template } = (await create()).body
    await step(template, 'ask')
    expect((await step(template, 'approve')).body.error.code).toBe('own_review')
    expect((await step(template, 'return', workspace.salem.id)).body.template.review).toBe('returned')
    await step(template, 'ask')
    const { body } = await step(template, 'approve', workspace.salem.id)
    expect(body.template.review).toBe('reviewed')
    const kinds = body.events.map((event: { kind: string; memberId: string }) => [event.kind, event.memberId])
    expect(kinds).toEqual([
      ['approved', workspace.salem.id],
      ['asked', workspace.noura.id],
      ['returned', workspace.salem.id],
      ['asked', workspace.noura.id],
      ['written', workspace.noura.id],
    ])
    expect(graph.calls, 'nothing goes to Meta before somebody submits').toEqual([])
  })

  test('of somebody who is the whole team is their own', async () => {
    await db.owner.query('delete from member where workspace_id = $1 and id <> $2', [
      workspace.workspaceId,
      workspace.noura.id,
    ])
    const { template } = (await create()).body
    await step(template, 'ask')
    expect((await step(template, 'approve')).body.template.review).toBe('reviewed')
  })

  test('holds as long as the owner says; an agent may not say it', async () => {
    const set = (as: string) =>
      server.call('POST', '/api/v1/templates/settings', { body: { reviewDays: 90, graceDays: 0 }, as })
    expect((await set(workspace.salem.id)).body.error.code).toBe('owner_only')
    expect((await set(workspace.noura.id)).status).toBe(204)
    expect((await server.call('GET', '/api/v1/templates')).body.terms).toEqual({ reviewDays: 90, graceDays: 0 })
  })
})

describe('giving it to Meta', () => {
  test('a refusal is told in Meta’s words, and nothing is submitted', async () => {
    const template = await reviewed()
    graph.answer(() => ({
      status: 400,
      body: { error: { code: 2388040, message: 'Too long', error_data: { details: 'BODY' } } },
    }))
    const { status, body } = await step(template, 'submit')
    expect([status, body.error]).toMatchObject([
      502,
      { code: 'template_refused', details: { code: 2388040, words: 'BODY' } },
    ])
    expect((await server.call('GET', `/api/v1/templates/${template.id}`)).body.template.review).toBe('reviewed')
  })

  test('when the answer is lost, asking Meta finds that it has arrived', async () => {
    const template = await reviewed()
    graph.answer(() => 'cut')
    expect((await step(template, 'submit')).body.error.code).toBe('graph_unreachable')
    expect(await queuedSyncs()).toBe(1)
    const listed = { id: '77', name: 'thanks', language: 'en', status: 'APPROVED', ...WORDING }
    graph.answer(() => ({ body: { data: [listed], paging: {} } }))
    const { wabaId } = workspace.number
    expect((await server.call('POST', '/api/v1/templates/sync', { body: { wabaId } })).status).toBe(204)
    const { body } = await server.call('GET', `/api/v1/templates/${template.id}`)
    expect(body.template).toMatchObject({ review: 'submitted', standing: 'approved', meta: { id: '77' } })
  })

  test('an upload that breaks off goes on where Meta stopped', async () => {
    const { id } = (await upload(pngPicture())).body
    const header = { type: 'HEADER', format: 'IMAGE', example: { header_handle: [`sample:${id}`] } }
    const template = await reviewed({ components: [header, { type: 'BODY', text: 'Thank you.' }] })
    const part = Math.floor(pngPicture().length / 2)
    let broken = true
    graph.answer(({ path, method }): StubAnswer => {
      if (path === '/app/uploads') return { body: { id: 'upload:s1' } }
      if (path === '/upload:s1' && method === 'GET') return { body: { id: 'upload:s1', file_offset: part } }
      if (path === '/upload:s1') return broken ? 'cut' : { body: { h: '4::handle' } }
      return { body: { id: '77', status: 'PENDING', category: 'UTILITY' } }
    })
    expect((await step(template, 'submit')).body.error.code).toBe('graph_unreachable')
    broken = false
    expect((await step(template, 'submit')).status).toBe(200)
    const sent = graph.calls.filter(({ path, method }) => path === '/upload:s1' && method === 'POST')
    expect(sent.map(({ headers }) => headers.file_offset)).toEqual(['0', String(part)])
    expect(sent[1]?.headers.authorization).toMatch(/^OAuth /)
    expect(
      graph.calls.filter(({ path }) => path === '/app/uploads'),
      'one session for one file',
    ).toHaveLength(1)
    const [made] = graph.calls.filter(({ path }) => path.endsWith('/message_templates'))
    expect(made?.body.components).toMatchObject([{ example: { header_handle: ['4::handle'] } }, { type: 'BODY' }])
  })
})

describe('Meta’s archive', () => {
  const CHANGES = ['/archive', '/unarchive']
  const archivable = async () => {
    const template = await reviewed()
    graph.answer(() => ({ body: { id: '77', status: 'APPROVED', category: 'UTILITY' } }))
    await step(template, 'submit')
    const done = { archived_templates: ['77'], unarchived_templates: ['77'], failed_templates: {} }
    graph.answer(({ path }) => (CHANGES.some((end) => path.endsWith(end)) ? { body: done } : undefined))
    graph.calls.length = 0
    return template
  }

  test('an owner puts a template into it and takes it out as it was; meanwhile it is not to be submitted', async () => {
    const template = await archivable()
    expect((await step(template, 'archive', workspace.salem.id)).body.error.code).toBe('owner_only')
    expect((await step(template, 'unarchive')).body.error.code).toBe('template_step')
    expect(graph.calls).toEqual([])
    const { template: away } = (await step(template, 'archive')).body
    const atMs = server.clock.nowMs()
    expect(away).toMatchObject({ standing: 'archived', meta: { archive: { atMs, fromStatus: 'APPROVED' } } })
    const [call] = graph.calls
    expect([call?.path, call?.body]).toEqual([
      `/${workspace.number.wabaId}/message_templates/archive`,
      { hsm_ids: ['77'] },
    ])
    const { body } = await step(template, 'unarchive')
    expect(body.template).toMatchObject({ standing: 'approved', meta: { archive: null } })
    expect(body.events.slice(0, 2).map(({ kind }: { kind: string }) => kind)).toEqual(['unarchived', 'archived'])
    expect(await queuedSyncs(), 'the status that it has now is Meta’s to say').toBe(1)
  })

  test.each([
    ['a reason', { 77: 'Only approved or rejected templates can be archived' }],
    ['a reason in an object', { 77: { error: 'Only approved or rejected templates can be archived' } }],
  ])('where Meta would not, its words are told: %s', async (_name, failed) => {
    const template = await archivable()
    graph.answer(() => ({ body: { archived_templates: [], failed_templates: failed } }))
    const { status, body } = await step(template, 'archive')
    expect([status, body.error.code, body.error.details.words]).toEqual([
      502,
      'template_refused',
      'Only approved or rejected templates can be archived',
    ])
    expect((await server.call('GET', `/api/v1/templates/${template.id}`)).body.template.standing).toBe('approved')
    expect(await queuedSyncs()).toBe(1)
  })

  test('a lost answer is asked about; an empty list of failures is none', async () => {
    const template = await archivable()
    graph.answer(() => 'cut')
    expect((await step(template, 'archive')).body.error.code).toBe('graph_unreachable')
    expect(await queuedSyncs()).toBe(1)
    graph.answer(() => ({ body: { archived_templates: ['77'], failed_templates: [] } }))
    expect((await step(template, 'archive')).body.template.standing).toBe('archived')
  })

  test('putting away is another thing: anybody does it, and Meta hears nothing', async () => {
    const template = await archivable()
    expect((await step(template, 'put_away', workspace.salem.id)).body.template.standing).toBe('put_away')
    expect((await step(template, 'take_out', workspace.salem.id)).body.template.standing).toBe('approved')
    expect(graph.calls).toEqual([])
  })
})

describe('a one-time password in several languages', () => {
  const CODE = {
    ...{ name: 'code', category: 'AUTHENTICATION' },
    components: [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
    ],
  }
  const upserts = () => graph.calls.filter(({ path }) => path.endsWith('/upsert_message_templates'))
  const standingOf = async ({ id }: { id: string }) =>
    (await server.call('GET', `/api/v1/templates/${id}`)).body.template

  test('goes to Meta by one call, as far as it is approved here; what Meta says nothing about stays', async () => {
    const [en, ar, fr] = [
      await reviewed(CODE),
      await reviewed({ ...CODE, language: 'ar' }),
      await reviewed({ ...CODE, language: 'fr' }),
    ]
    const other = await reviewed({ ...CODE, language: 'de', components: [{ type: 'BODY' }, CODE.components[1]] })
    await create({ ...CODE, language: 'tr' })
    const said = (language: string, id: string) => ({ id, status: 'PENDING', language })
    graph.answer(() => ({ body: { data: [said('en', '71'), said('ar', '72')] } }))
    expect((await step(en, 'submit')).body.template).toMatchObject({ review: 'submitted', meta: { id: '71' } })
    expect(upserts().map(({ body }) => body)).toEqual([
      { name: 'code', languages: ['ar', 'en', 'fr'], category: 'AUTHENTICATION', components: CODE.components },
    ])
    expect(await standingOf(ar)).toMatchObject({ review: 'submitted', standing: 'pending', meta: { id: '72' } })
    expect([(await standingOf(fr)).review, (await standingOf(other)).review]).toEqual(['reviewed', 'reviewed'])
    expect(await queuedSyncs()).toBe(1)
  })

  test('alone it goes as every other; a refusal submits none', async () => {
    const en = await reviewed(CODE)
    graph.answer(() => ({ status: 400, body: { error: { code: 100, message: 'Invalid parameter' } } }))
    await step(en, 'submit')
    expect(upserts()).toEqual([])
    const ar = await reviewed({ ...CODE, language: 'ar' })
    expect((await step(ar, 'submit')).body.error.code).toBe('template_refused')
    expect(upserts()).toHaveLength(1)
    expect([(await standingOf(ar)).review, (await standingOf(en)).review]).toEqual(['reviewed', 'reviewed'])
  })
})

describe('Meta’s own words of a one-time password', () => {
  test('are asked for with what was chosen, and are read', async () => {
    const { wabaId } = workspace.number
    const preview = (more: string) =>
      server.call('GET', `/api/v1/templates/code-previews?wabaId=${wabaId}&languages=ar,en_US${more}`)
    const row = {
      language: 'en_US',
      body: '*{{1}}* is your verification code.',
      footer: 'This code expires in 10 minutes.',
    }
    graph.answer(() => ({
      body: {
        data: [
          { ...row, buttons: [{ autofill_text: 'Autofill', text: 'Copy code' }] },
          { language: 'ar', body: '*{{1}}*' },
        ],
      },
    }))
    expect((await preview('&security=true&minutes=10')).body.previews).toEqual([
      { ...row, button: 'Copy code' },
      { language: 'ar', body: '*{{1}}*', footer: null, button: null },
    ])
    const [call] = graph.calls
    expect([call?.path, Object.fromEntries(call?.query ?? [])]).toEqual([
      `/${wabaId}/message_template_previews`,
      {
        ...{ category: 'AUTHENTICATION', languages: 'ar,en_US', button_types: 'OTP' },
        ...{ add_security_recommendation: 'true', code_expiration_minutes: '10' },
      },
    ])
    expect((await preview('&minutes=91')).status).toBe(400)
    graph.answer(() => ({ status: 400, body: { error: { code: 100, message: 'Invalid parameter' } } }))
    expect((await preview('')).body.error).toMatchObject({ code: 'template_refused', details: { code: 100 } })
  })
})

describe('files for headers', () => {
  test('are what their bytes say, whatever they are called', async () => {
    const { status, body } = await upload(pngPicture(), 'a.pdf')
    expect([status, body.mimeType]).toEqual([201, 'image/png'])
    expect((await upload(Buffer.from('<script>'), 'a.png')).body.error.code).toBe('template_inputs')
    const large = Buffer.concat([pngPicture(), Buffer.alloc(5 * 1024 * 1024)])
    expect((await upload(large)).status).toBe(413)
    const shown = await fetch(`${server.url}/api/v1/templates/samples/${body.id}`)
    expect(shown.headers.get('content-security-policy')).toContain('sandbox')
    expect(Buffer.from(await shown.arrayBuffer())).toEqual(pngPicture())
  })

  test('are given to Meta once in a month for each number', async () => {
    const { id } = (await upload(pngPicture())).body
    graph.answer(() => ({ body: { id: `media-${graph.calls.length}` } }))
    const give = () =>
      server.call('POST', `/api/v1/templates/samples/${id}/media`, { body: { numberId: workspace.number.id } })
    expect([(await give()).body.mediaId, (await give()).body.mediaId]).toEqual(['media-1', 'media-1'])
    server.clock.advanceMs(30 * 86_400_000)
    expect((await give()).body.mediaId).toBe('media-2')
  })
})
