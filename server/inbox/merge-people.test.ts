import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { MessagesPage, Snapshot } from '../../contract/api/inbox.ts'
import { type Conversation, contactName } from '../../contract/conversation.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { applyFeedRows, type InboxState } from '../../contract/inbox-state.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { customer, message, project, type TestProjection, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { Customer } from '../whatsapp/channel-event.ts'
import { checkIntegrity } from './check-integrity.ts'
import { type MergeDeps, type MergeOutcome, mergePeople, undoMerge } from './merge-people.ts'

const LAYLA = customer({ phone: '966551234567', profileName: 'Layla' })
/** The same woman, who hides her number now. */
const HIDDEN = customer({ userId: 'SA.77', username: 'layla.h', profileName: 'Layla H.' })

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
let deps: MergeDeps
let projection: TestProjection
let feed: FeedRow[]
let before: Snapshot
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())

async function begin(): Promise<void> {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  feed = []
  server.deps.hub.subscribe(place.workspaceId, (frame) =>
    feed.push(...(JSON.parse(frame.text) as { rows: FeedRow[] }).rows),
  )
  const { database, clock, ids, hub } = server.deps
  deps = { database, clock, ids, publish: hub.publish }
  projection = { ...testProjection(db), publish: hub.publish }
  before = (await server.call('GET', '/api/v1/snapshot')).body
}

/** What a browser reckons from the feed is what the server has, and the database agrees with itself. */
async function agree(): Promise<InboxState> {
  const { state }: Snapshot = (await server.call('GET', '/api/v1/snapshot')).body
  expect(applyFeedRows(before.state, feed)).toEqual(state)
  expect(await checkIntegrity(db.database, place.workspaceId)).toEqual([])
  return state
}

const named = (state: InboxState, name: string) =>
  Object.values(state.conversations).find(({ contact }) => contactName(contact) === name) as Conversation
const who = () => ({ workspaceId: place.workspaceId, memberId: place.salem.id })
const texts = async (conversationId: string) => {
  const page: MessagesPage = (await server.call('GET', `/api/v1/conversations/${conversationId}/messages`)).body
  return page.messages.map(({ content }) => (content.type === 'text' ? content.body : content.type))
}
const say = (who: Customer, wamid: string, at: number, more: Partial<Parameters<typeof message>[0]> = {}) =>
  message({ wamid: `wamid.${wamid}`, customer: who, at, text: wamid, ...more })
const idOf = (outcome: MergeOutcome) => {
  if (!outcome.ok) throw new Error(`refused: ${outcome.code}`)
  return outcome.mergeId
}

describe('two contacts that are one person', () => {
  beforeEach(async () => {
    await begin()
    return () => server.close()
  })

  test('become one thread; who still knows the other is led on; undone, all is as it was', async () => {
    await project(projection, place, [say(LAYLA, 'a', 1), say(HIDDEN, 'b', 2), say(LAYLA, 'c', 3), say(HIDDEN, 'd', 4)])
    const then = await agree()
    const [kept, gone] = [named(then, 'Layla'), named(then, 'Layla H.')]
    const read = (id: string, inboundCount: number) =>
      server.call('POST', `/api/v1/conversations/${id}/read`, { body: { inboundCount } })
    await read(gone.id, 1)

    const merge = await mergePeople(deps, who(), [gone.contact.id, kept.contact.id])
    expect(merge).toMatchObject({ ok: true, contactId: kept.contact.id })
    const merged = await agree()
    expect(Object.keys(merged.conversations)).toEqual([kept.id])
    expect(merged.conversations[kept.id]).toMatchObject({
      inboundCount: 4,
      contact: { phone: '966551234567', userId: 'SA.77', username: 'layla.h', profileName: 'Layla H.' },
    })
    expect(merged.reads).toEqual({ [kept.id]: 1 })
    expect(await texts(kept.id)).toEqual(['a', 'b', 'c', 'd'])
    expect(await texts(gone.id), 'a link to the other still leads here').toEqual(['a', 'b', 'c', 'd'])

    const body = { clientId: 'client-id-1', content: { type: 'text', body: 'Hello' } }
    const sent = await server.call('POST', `/api/v1/conversations/${gone.id}/messages`, { body })
    expect([sent.status, sent.body.message?.conversationId]).toEqual([201, kept.id])
    expect((await server.call('POST', `/api/v1/conversations/${gone.id}/messages`, { body })).status, 'once').toBe(200)
    expect((await read(gone.id, 3)).status).toBe(204)
    expect((await agree()).reads).toEqual({ [kept.id]: 3 })

    expect(await undoMerge(deps, who(), idOf(merge))).toMatchObject({ ok: true, contactId: gone.contact.id })
    const apart = await agree()
    expect(await texts(kept.id)).toEqual(['a', 'c', 'Hello'])
    expect(await texts(gone.id)).toEqual(['b', 'd'])
    expect(named(apart, 'Layla')).toMatchObject({ id: kept.id, contact: kept.contact, inboundCount: 2 })
    expect(named(apart, 'Layla H.')).toEqual(gone)
    expect(apart.reads).toEqual({ [kept.id]: 2, [gone.id]: 1 })
    await project(projection, place, [say(HIDDEN, 'e', 9), say(LAYLA, 'f', 10)])
    await agree()
    expect(await texts(gone.id)).toEqual(['b', 'd', 'e'])
    expect(await texts(kept.id)).toEqual(['a', 'c', 'f', 'Hello'])
    expect(await undoMerge(deps, who(), idOf(merge)), 'twice is once').toMatchObject({ ok: true })
    await agree()
  })

  test('a conversation on a number where the other had none moves whole, and back', async () => {
    const second = await secondNumber()
    await project(projection, place, [say(LAYLA, 'a', 1)])
    await project(projection, { ...place, number: second }, [say(HIDDEN, 'b', 2)])
    const then = await agree()
    const [kept, gone] = [named(then, 'Layla'), named(then, 'Layla H.')]
    const merge = await mergePeople(deps, who(), [kept.contact.id, gone.contact.id])
    const merged = await agree()
    expect(merged.conversations[gone.id]?.contact.id).toBe(kept.contact.id)
    await project(projection, { ...place, number: second }, [say(LAYLA, 'c', 3)])
    expect(await texts(gone.id)).toEqual(['b', 'c'])
    await undoMerge(deps, who(), idOf(merge))
    expect((await agree()).conversations[gone.id]?.contact).toEqual(gone.contact)
  })

  test('a merge on which another was built is undone after that one; Meta’s own never', async () => {
    const third = customer({ phone: '966550000003', profileName: 'L3' })
    await project(projection, place, [say(LAYLA, 'a', 1), say(HIDDEN, 'b', 2), say(third, 'c', 3)])
    const then = await agree()
    const ids = ['Layla', 'Layla H.', 'L3'].map((name) => named(then, name).contact.id) as [string, string, string]
    const first = idOf(await mergePeople(deps, who(), [ids[1], ids[2]]))
    const second = idOf(await mergePeople(deps, who(), [ids[0], ids[1]]))
    expect(await undoMerge(deps, who(), first)).toEqual({ ok: false, code: 'merge_built_on' })
    await undoMerge(deps, who(), second)
    await agree()
    await undoMerge(deps, who(), first)
    const apart = await agree()
    for (const conversation of Object.values(then.conversations)) {
      expect(apart.conversations[conversation.id]).toEqual(conversation)
    }
    await project(projection, place, [say({ ...LAYLA, userId: 'SA.77' }, 'tie', 20)])
    await agree()
    const { rows } = await db.owner.query("select id from contact_merge where workspace_id = $1 and cause = 'meta'", [
      place.workspaceId,
    ])
    expect(await undoMerge(deps, who(), rows[0].id)).toEqual({ ok: false, code: 'merge_proved' })
  })

  test('who was merged is answered where they wrote last', async () => {
    const second = customer({ phone: '966550000009', profileName: 'Second' })
    await project(projection, place, [say(second, 'a', 5), say(LAYLA, 'b', 1)])
    const then = await agree()
    const ids = ['Layla', 'Second'].map((name) => named(then, name).contact.id) as [string, string]
    const merge = idOf(await mergePeople(deps, who(), ids))
    const phone = async () => Object.values((await agree()).conversations).map(({ contact }) => contact.phone)
    expect(await phone(), 'before the merge').toEqual(['966550000009'])
    await project(projection, place, [say(LAYLA, 'c', 9)])
    expect(await phone()).toEqual(['966551234567'])
    await project(projection, place, [
      say(second, 'late', 7),
      say(second, 'mine', 20, { via: 'echo', direction: 'out' }),
    ])
    expect(await phone(), 'an older message and an echo change nothing').toEqual(['966551234567'])
    await project(projection, place, [say(second, 'd', 30)])
    expect(await phone()).toEqual(['966550000009'])
    await undoMerge(deps, who(), merge)
    expect((await phone()).sort()).toEqual(['966550000009', '966551234567'])
  })

  test('who is not there, or has gone up in another, cannot be merged', async () => {
    await project(projection, place, [say(LAYLA, 'a', 1), say(HIDDEN, 'b', 2)])
    const then = await agree()
    const ids = ['Layla', 'Layla H.'].map((name) => named(then, name).contact.id) as [string, string]
    const refused = { ok: false, code: 'not_found' }
    expect(await mergePeople(deps, who(), [ids[0], place.number.id])).toEqual(refused)
    expect(await mergePeople(deps, who(), [ids[0], ids[0]])).toEqual(refused)
    idOf(await mergePeople(deps, who(), ids))
    expect(await mergePeople(deps, who(), ids)).toEqual(refused)
    expect(await undoMerge(deps, who(), place.number.id)).toEqual(refused)
  })
})

test('whatever comes before, between and after, feed and snapshot agree, and an undoing loses nothing', {
  timeout: 120_000,
}, async () => {
  const step = fc.array(
    fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 }), fc.constantFrom('live', 'history', 'echo')),
    {
      maxLength: 5,
    },
  )
  let serial = 0
  const run = (parts: readonly (readonly [boolean, number, string])[]) =>
    project(
      projection,
      place,
      parts.map(([hidden, at, via]) =>
        say(hidden ? HIDDEN : LAYLA, `${++serial}`, at, {
          via: via as 'live',
          direction: via === 'echo' ? 'out' : 'in',
        }),
      ),
    )
  await fc.assert(
    fc.asyncProperty(step, step, step, fc.boolean(), async (first, between, after, read) => {
      await begin()
      await run([[true, 0, 'live'], [false, 0, 'live'], ...first])
      const then = await agree()
      const conversations = Object.values(then.conversations)
      const ids = conversations.map(({ contact }) => contact.id) as [string, string]
      const merge = idOf(await mergePeople(deps, who(), ids))
      await run(between)
      const [only] = Object.values((await agree()).conversations)
      if (read)
        await server.call('POST', `/api/v1/conversations/${only?.id}/read`, {
          body: { inboundCount: only?.inboundCount },
        })
      await undoMerge(deps, who(), merge)
      const apart = await agree()
      expect(Object.keys(apart.conversations).sort()).toEqual(Object.keys(then.conversations).sort())
      if (read)
        for (const each of Object.values(apart.conversations)) expect(apart.reads[each.id] ?? 0).toBe(each.inboundCount)
      await run(after)
      await agree()
      await server.close()
    }),
    { numRuns: 15, seed: 20261123 },
  )
})

async function secondNumber(): Promise<TestWorkspace['number']> {
  const number = { ...place.number, id: place.number.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     values ($1, $2, $3, $4, '966500000099', '+966500000099', 'Second', 'coexistence', 'live', now())`,
    [place.workspaceId, number.id, number.wabaId, `9${number.phoneNumberId}`],
  )
  before = (await server.call('GET', '/api/v1/snapshot')).body
  return number
}
