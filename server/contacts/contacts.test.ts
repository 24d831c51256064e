import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ContactDetail, ContactLine, ContactsPage, SuggestionsAnswer } from '../../contract/api/contacts.ts'
import type { Snapshot } from '../../contract/api/inbox.ts'
import { contactName } from '../../contract/conversation.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import { applyFeedRows } from '../../contract/inbox-state.ts'
import { type ApiServer, startApiServer } from '../../test/support/api-server.ts'
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts'
import { customer, MORNING_MS, message, ORIGIN, project, testProjection } from '../../test/support/projection.ts'
import { createTestWorkspace, type TestWorkspace } from '../../test/support/workspace.ts'
import type { ChannelContact, Customer } from '../whatsapp/channel-event.ts'

let db: TestDatabase
let place: TestWorkspace
let server: ApiServer
let feed: FeedRow[]
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  place = await createTestWorkspace(db)
  server = await startApiServer({ db, workspaceId: place.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  feed = []
  server.deps.hub.subscribe(place.workspaceId, (frame) =>
    feed.push(...(JSON.parse(frame.text) as { rows: FeedRow[] }).rows),
  )
  return () => server.close()
})

const LAYLA = customer({ phone: '966551234567', profileName: 'Layla' })
const OMAR = customer({ userId: 'SA.77', username: 'omar.k', profileName: 'عُمر الأحمد' })
const BRUNO = customer({ phone: '551187654321', profileName: 'Bruno' })

function book(who: Partial<Customer>, at: number, fullName: string | null): ChannelContact {
  const action = fullName === null ? 'remove' : 'add'
  const atMs = MORNING_MS + at * 1000
  return { type: 'channel.contact', origin: ORIGIN, action, customer: customer(who), fullName, firstName: null, atMs }
}

async function list(query = ''): Promise<ContactsPage> {
  const { status, body } = await server.call('GET', `/api/v1/contacts${query}`)
  expect(status).toBe(200)
  return body
}

const names = (lines: readonly ContactLine[]) => lines.map(({ contact }) => contactName(contact))
const found = async (typed: string) => names((await list(`?q=${encodeURIComponent(typed)}`)).contacts)

async function detailOf(name: string): Promise<ContactDetail> {
  const line = (await list()).contacts.find(({ contact }) => contactName(contact) === name)
  return (await server.call('GET', `/api/v1/contacts/${line?.contact.id}`)).body
}

describe('the contacts', () => {
  test('are found by any of their names, numbers in any form, username and user id', async () => {
    await project(testProjection(db), place, [
      message({ wamid: 'wamid.1', customer: LAYLA }),
      message({ wamid: 'wamid.2', customer: OMAR }),
      message({ wamid: 'wamid.3', customer: BRUNO }),
      book({ phone: '966551234567' }, 5, 'Layla VIP'),
      book({ phone: '5215598877665' }, 5, 'Ana México'),
      book({ phone: '541198765432' }, 5, 'Tienda'),
    ])
    expect(names((await list()).contacts)).toEqual(['Ana México', 'Bruno', 'Layla VIP', 'Tienda', 'عُمر الأحمد'])
    const cases: readonly [string, readonly string[]][] = [
      ['LAYLA', ['Layla VIP']],
      ['vip lay', ['Layla VIP']],
      ['عمر الاحمد', ['عُمر الأحمد']],
      ['@omar.k', ['عُمر الأحمد']],
      ['sa.77', ['عُمر الأحمد']],
      ['mexico', ['Ana México']],
      ['55 123', ['Layla VIP']],
      ['٠٥٥١٢٣٤٥٦٧', ['Layla VIP']],
      ['+966551234567', ['Layla VIP']],
      ['551187654321', ['Bruno']],
      ['5511987654321', ['Bruno']],
      ['1187654321', ['Bruno']],
      ['525598877665', ['Ana México']],
      ['5215598877665', ['Ana México']],
      ['541198765432', ['Tienda']],
      ['5491198765432', ['Tienda']],
      ['nobody', []],
    ]
    for (const [typed, expected] of cases) expect([typed, await found(typed)]).toEqual([typed, expected])
  })

  test('come page by page, each once, with those without a name at the end', async () => {
    const people = Array.from({ length: 23 }, (_, index) =>
      book({ phone: `96655000${String(index).padStart(4, '0')}` }, 0, index % 4 === 0 ? null : `Same ${index % 3}`),
    )
    await project(testProjection(db), place, people)
    const seen: ContactLine[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: ContactsPage = await list(`?limit=5${cursor === '' ? '' : `&cursor=${cursor}`}`)
      expect(page.total).toBe(cursor === '' ? 23 : null)
      seen.push(...page.contacts)
      cursor = page.nextCursor
    }
    expect(new Set(seen.map(({ contact }) => contact.id)).size).toBe(23)
    expect(seen).toHaveLength(23)
    const nameless = seen.map(({ contact }) => contact.addressBookName === null)
    expect(nameless).toEqual(nameless.toSorted((a, b) => Number(a) - Number(b)))
    expect(nameless).toContain(true)
    expect((await server.call('GET', '/api/v1/contacts?cursor=nonsense')).status).toBe(400)
  })

  test('are filtered: without a phone number, removed on the phone', async () => {
    const second = await secondNumber()
    await project(testProjection(db), place, [
      message({ wamid: 'wamid.2', customer: OMAR }),
      book({ phone: '966551234567' }, 1, 'Layla'),
      book({ phone: '966550000002' }, 1, 'Huda'),
      book({ phone: '966550000002' }, 2, null),
      book({ phone: '966550000003' }, 1, 'Sami'),
      book({ phone: '966550000003' }, 2, null),
      book({ phone: '966550000004' }, 3, 'Noor back'),
      book({ phone: '966550000004' }, 2, null),
    ])
    await project(testProjection(db), { ...place, number: second }, [book({ phone: '966550000003' }, 1, 'Sami')])
    expect(names((await list('?filter=no_phone')).contacts)).toEqual(['عُمر الأحمد'])
    const removed = await list('?filter=removed')
    expect(names(removed.contacts), 'Sami is still in another phone').toEqual(['Huda'])
    expect([removed.total, removed.contacts[0]?.removedOnPhone]).toEqual([1, true])
  })

  test('a removal on the phone deletes nothing here and is marked', async () => {
    await project(testProjection(db), place, [
      book({ phone: '966551234567' }, 1, 'Layla'),
      message({ wamid: 'wamid.1', customer: { ...LAYLA, profileName: 'L.' } }),
    ])
    await project(testProjection(db), place, [book({ phone: '966551234567' }, 5, null)])
    const detail = await detailOf('Layla')
    expect(detail.contact).toMatchObject({ addressBookName: 'Layla', profileName: 'L.' })
    expect(detail.books).toEqual([
      { numberId: place.number.id, name: 'Layla', namedAtMs: MORNING_MS + 1000, removedAtMs: MORNING_MS + 5000 },
    ])
    expect(detail.conversations).toHaveLength(1)
    await project(testProjection(db), place, [book({ phone: '966551234567' }, 9, 'Layla again')])
    expect((await detailOf('Layla again')).books[0]?.removedAtMs).toBeNull()
  })

  test('are one when a parent user id says so, and found by it', async () => {
    const first = customer({ userId: 'SA.1', parentUserId: 'SA.ENT.1', profileName: 'Dana' })
    await project(testProjection(db), place, [message({ wamid: 'wamid.1', customer: first })])
    const second = customer({ userId: 'AE.2', parentUserId: 'SA.ENT.1', profileName: 'Dana' })
    await project(testProjection(db), place, [message({ wamid: 'wamid.2', customer: second, at: 1 })])
    expect(await found('sa.ent.1')).toEqual(['Dana'])
    const { conversations, identities } = await detailOf('Dana')
    expect(conversations).toMatchObject([{ conversation: { inboundCount: 2 } }])
    expect(identities.map(({ value }) => value).sort()).toEqual(['AE.2', 'SA.1', 'SA.ENT.1'])
  })

  test('tell where they come from, and what was learned of them', async () => {
    await project(testProjection(db), place, [message({ wamid: 'wamid.1', customer: LAYLA, via: 'history', at: -60 })])
    await project(testProjection(db), place, [
      message({ wamid: 'wamid.2', customer: { ...LAYLA, profileName: 'Layla H' }, at: 2 }),
    ])
    await project(testProjection(db), place, [book({ phone: '966551234567' }, 5, 'Layla Book')])
    const detail = await detailOf('Layla Book')
    expect(detail.identities).toEqual([{ kind: 'phone', value: '966551234567', current: true, givenUp: false }])
    expect(detail.conversations).toMatchObject([{ firstAtMs: MORNING_MS - 60_000, firstSource: 'history' }])
    expect(detail.history.map(({ what, old, new: fresh, numberId }) => [what, old, fresh, numberId])).toEqual([
      ['address_book_name', null, 'Layla Book', place.number.id],
      ['profile_name', 'Layla', 'Layla H', place.number.id],
    ])
  })
})

describe('the name that agents give', () => {
  test('stands before the others; every browser follows; it can be undone', async () => {
    await project(testProjection(db), place, [message({ wamid: 'wamid.1', customer: LAYLA })])
    const before: Snapshot = (await server.call('GET', '/api/v1/snapshot')).body
    const { contact } = await detailOf('Layla')
    const rename = (name: string | null, was: string | null, as = place.salem.id) =>
      server.call('POST', `/api/v1/contacts/${contact.id}/name`, { body: { name, was }, as })
    expect((await rename('  Layla Al-Harbi ', null)).status).toBe(204)
    expect((await rename('Layla Al-Harbi', null)).status, 'the same again').toBe(204)
    const other = await rename('Other', null)
    expect([other.status, other.body.error.code]).toEqual([409, 'changed_meanwhile'])
    expect(await found('harbi')).toEqual(['Layla Al-Harbi'])
    const after: Snapshot = (await server.call('GET', '/api/v1/snapshot')).body
    expect(applyFeedRows(before.state, feed)).toEqual(after.state)
    expect(Object.values(after.state.conversations).map((each) => contactName(each.contact))).toEqual([
      'Layla Al-Harbi',
    ])
    expect((await rename(null, 'Layla Al-Harbi')).status).toBe(204)
    const { history } = await detailOf('Layla')
    expect(history.map(({ old, new: fresh, memberId }) => [old, fresh, memberId])).toEqual([
      ['Layla Al-Harbi', null, place.salem.id],
      [null, 'Layla Al-Harbi', place.salem.id],
    ])
  })

  test.each([[''], ['   '], ['x'.repeat(121)]])('%j is refused', async (name) => {
    await project(testProjection(db), place, [message({ wamid: 'wamid.1', customer: LAYLA })])
    const { contact } = await detailOf('Layla')
    const answer = await server.call('POST', `/api/v1/contacts/${contact.id}/name`, { body: { name, was: null } })
    expect(answer.status).toBe(400)
  })
})

describe('contacts that may be one person', () => {
  const suggested = async (query = '') => {
    const { body } = await server.call('GET', `/api/v1/contacts/suggestions${query}`)
    return (body as SuggestionsAnswer).suggestions.map(({ contacts, reason }) => [reason, ...contacts.map(contactName)])
  }

  test('are suggested until they are merged or told apart; either can be taken back', async () => {
    await project(testProjection(db), place, [
      message({ wamid: 'wamid.1', customer: LAYLA }),
      book({ phone: '966551234567' }, 5, 'Layla Al-Harbi'),
      message({ wamid: 'wamid.2', customer: customer({ userId: 'SA.78', profileName: 'layla al-harbi ' }), at: 1 }),
      message({ wamid: 'wamid.3', customer: OMAR }),
      message({ wamid: 'wamid.4', customer: { ...BRUNO, username: 'omar.k' } }),
    ])
    expect(await suggested()).toEqual([
      ['same_username', 'عُمر الأحمد', 'Bruno'],
      ['same_name_phone_hidden', 'Layla Al-Harbi', 'layla al-harbi '],
    ])
    const one = (await detailOf('Bruno')).contact
    const omar = (await detailOf('عُمر الأحمد')).contact
    expect(await suggested(`?contactId=${one.id}`)).toHaveLength(1)
    const apart = (yes: boolean) =>
      server.call('POST', '/api/v1/contacts/apart', { body: { ids: [one.id, omar.id], apart: yes } })
    expect((await apart(true)).status).toBe(204)
    expect(await suggested()).toEqual([['same_name_phone_hidden', 'Layla Al-Harbi', 'layla al-harbi ']])
    expect((await apart(false)).status).toBe(204)
    expect(await suggested()).toHaveLength(2)

    const merged = await server.call('POST', `/api/v1/contacts/${one.id}/merges`, {
      body: { otherId: omar.id },
      as: place.maya.id,
    })
    expect(merged.status).toBe(201)
    const detail: ContactDetail = (await server.call('GET', `/api/v1/contacts/${one.id}`)).body
    expect(detail.contact.id).toBe(merged.body.contactId)
    expect(detail.identities.map(({ value }) => value)).toEqual(['5511987654321', 'SA.77'])
    expect(detail.merges).toMatchObject([{ cause: 'member', memberId: place.maya.id, canUndo: true, undoneAtMs: null }])
    expect(await suggested()).toHaveLength(1)
    const undone = await server.call('POST', `/api/v1/contacts/merges/${merged.body.mergeId}/undo`, { body: {} })
    expect([undone.status, [one.id, omar.id]]).toEqual([200, expect.arrayContaining([undone.body.contactId])])
    expect(await suggested(), 'who was told apart is not suggested again').toHaveLength(1)
    expect((await detailOf('Bruno')).merges.concat((await detailOf('عُمر الأحمد')).merges)).toMatchObject([
      { canUndo: false, undoneBy: place.noura.id },
    ])
    const again = await server.call('POST', `/api/v1/contacts/merges/${place.noura.id}/undo`, { body: {} })
    expect([again.status, again.body.error.code]).toEqual([404, 'not_found'])
  })
})

describe('the export', () => {
  test('holds all contacts, those without a phone number too, page after page', async () => {
    const people = Array.from({ length: 1203 }, (_, index) =>
      book({ phone: `96655${String(1_000_000 + index)}` }, 0, `P ${index}`),
    )
    await project(testProjection(db), place, [...people, message({ wamid: 'wamid.2', customer: OMAR })])
    const csv = await server.call('GET', '/api/v1/contacts/export.csv?language=ar')
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="contacts.csv"')
    const lines = (csv.body as string).trimEnd().split('\r\n')
    expect(lines).toHaveLength(1 + 1204)
    expect(new Set(lines.map((line) => line.split(',').at(-1))).size, 'each once').toBe(1 + 1204)
    expect(lines.find((line) => line.includes('SA.77'))).toContain(place.number.phone)
    const cards = (await server.call('GET', '/api/v1/contacts/export.vcf?q=omar')).body as string
    expect(cards.match(/BEGIN:VCARD/g)).toHaveLength(1)
  })
})

test('contacts of another workspace are not there', async () => {
  await project(testProjection(db), place, [message({ wamid: 'wamid.1', customer: LAYLA })])
  const { contact } = await detailOf('Layla')
  const other = await createTestWorkspace(db)
  const there = await startApiServer({ db, workspaceId: other.workspaceId, graphUrl: 'http://127.0.0.1:1' })
  const answers = await Promise.all([
    there.call('GET', '/api/v1/contacts'),
    there.call('GET', `/api/v1/contacts/${contact.id}`),
    there.call('POST', `/api/v1/contacts/${contact.id}/name`, { body: { name: 'Mine', was: null } }),
    there.call('GET', '/api/v1/contacts/export.csv'),
  ])
  await there.close()
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 404, 200])
  expect(answers[0]?.body).toEqual({ contacts: [], total: 0, nextCursor: null })
  expect(String(answers[3]?.body).trimEnd().split('\r\n')).toHaveLength(1)
})

async function secondNumber(): Promise<TestWorkspace['number']> {
  const number = { ...place.number, id: place.number.id.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
  await db.owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     values ($1, $2, $3, $4, '966500000099', '+966500000099', 'Second', 'coexistence', 'live', now())`,
    [place.workspaceId, number.id, number.wabaId, `9${number.phoneNumberId}`],
  )
  return number
}
