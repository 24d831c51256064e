import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type AccountAnswer, PICTURE_BYTES_MAX } from '../../contract/api/care.ts'
import { makeFile } from '../../simulator/files/make-file.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { createTestWorkspace, type TestWorkspace } from '../support/workspace.ts'
import { type ConnectedNumber, connectSimulated } from './connected-number.ts'

let db: TestDatabase
let workspace: TestWorkspace
let phone: ConnectedNumber
beforeAll(async () => {
  db = await createTestDatabase()
})
afterAll(() => db.close())
beforeEach(async () => {
  workspace = await createTestWorkspace(db)
  phone = await connectSimulated(db, workspace)
  return async () => {
    await phone.close()
    expect(phone.server.errors).toEqual([])
    await db.owner.query('delete from number_route')
  }
})

const at = (edge: string) => `/api/v1/numbers/${phone.numberId}/${edge}`
const post = (edge: string, body: object = {}, as?: string) =>
  phone.server.call('POST', at(edge), { body, ...(as === undefined ? {} : { as }) })
const account = async () => (await phone.server.call('GET', at('account'))).body as AccountAnswer
const username = async () => (await account()).answers.username.value

const PROFILE = {
  about: 'Sofas for Riyadh',
  address: 'Olaya Street',
  description: '',
  email: 'noor@shop.example',
  websites: ['https://shop.example/'],
}

describe('the business account page', () => {
  test('shows what Meta says of name, account, permissions and profile', async () => {
    await post('meta-answers')
    const { answers } = await account()
    expect(answers.number.value).toMatchObject({ displayName: 'Tiny Shop', nameStatus: 'APPROVED' })
    expect(answers.account.value).toMatchObject({ review: 'APPROVED', businessVerification: 'verified' })
    expect(answers.token.value?.scopes).toEqual(['whatsapp_business_management', 'whatsapp_business_messaging'])
    expect(answers.profile.value).toMatchObject({ about: null, websites: [] })
    expect(answers.username.value).toEqual({
      username: null,
      status: null,
      suggestions: ['tiny_shop', 'tiny_shop_official'],
    })
  })
})

describe('the picture of the profile', () => {
  const picture = () => fetch(`${phone.server.url}${at('picture')}`)
  const fetched = () => phone.simulator.world.counters.all().profile_pictures ?? 0

  test('is kept here, small and once, and served from here', async () => {
    expect((await picture()).status).toBe(404)
    await post('meta-answers')
    expect((await account()).picture).toBe('kept')
    const served = await picture()
    expect([served.status, served.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(
      Buffer.from(await served.arrayBuffer())
        .subarray(8, 12)
        .toString(),
    ).toBe('WEBP')
    expect(fetched()).toBe(1)
    await phone.advance(60_000)
    await post('meta-answers')
    expect(fetched(), 'another signature is the same picture').toBe(1)
  })

  test('from anywhere but Meta is not fetched; one that is gone is told, and none is none', async () => {
    const profile = phone.simulator.world.numbers.get(phone.phoneNumberId)?.management.profile ?? expect.fail()
    profile.profile_picture_url = 'http://169.254.169.254/latest/meta-data'
    await post('meta-answers')
    expect((await account()).picture).toBe('missing')
    profile.profile_picture_url = `${phone.simulator.origin}/lookaside/profile/1.png`
    await phone.advance(60_000)
    await post('meta-answers')
    expect([(await account()).picture, fetched()]).toEqual(['missing', 1])
    profile.profile_picture_url = ''
    await phone.advance(60_000)
    await post('meta-answers')
    expect((await account()).picture).toBeNull()
    expect((await picture()).status).toBe(404)
  })
})

describe('changing the picture', () => {
  const change = (bytes: Uint8Array) =>
    fetch(`${phone.server.url}${at('picture')}`, {
      method: 'POST',
      body: new Blob([new Uint8Array(bytes)]),
      headers: { 'content-type': 'application/octet-stream' },
    })
  const errorOf = async (response: Response) => ((await response.json()) as { error: { code: string } }).error.code

  test('of a number on a phone is done there', async () => {
    const refused = await change(makeFile('image', 5).bytes)
    expect([refused.status, await errorOf(refused)]).toEqual([409, 'edited_on_phone'])
  })

  test('of a number without a phone goes up to Meta, and what Meta shows then is kept', async () => {
    await db.owner.query("update business_number set mode = 'api_only' where id = $1", [phone.numberId])
    await post('meta-answers')
    const before = await (await fetch(`${phone.server.url}${at('picture')}`)).arrayBuffer()
    expect((await change(makeFile('image', 5).bytes)).status).toBe(204)
    expect(phone.simulator.world.numbers.get(phone.phoneNumberId)?.management.pictures).toBe(1)
    const after = await (await fetch(`${phone.server.url}${at('picture')}`)).arrayBuffer()
    expect(Buffer.from(after).equals(Buffer.from(before))).toBe(false)
    const damaged = await change(Buffer.from('no picture'))
    expect([damaged.status, await errorOf(damaged)]).toEqual([422, 'file_damaged'])
    expect((await change(Buffer.alloc(PICTURE_BYTES_MAX + 1))).status).toBe(413)
  })
})

describe('the profile', () => {
  test('of a number on a phone is edited there, and Meta is not even asked', async () => {
    const refused = await post('profile', PROFILE)
    expect([refused.status, refused.body.error.code]).toEqual([409, 'edited_on_phone'])
    expect(phone.simulator.world.numbers.get(phone.phoneNumberId)?.management.profile).toEqual({})
  })

  test('of a number without a phone is changed here; an empty text takes away what was there', async () => {
    await db.owner.query("update business_number set mode = 'api_only' where id = $1", [phone.numberId])
    expect((await post('profile', PROFILE)).status).toBe(204)
    expect((await account()).answers.profile.value).toMatchObject({ ...PROFILE, description: null })
    expect((await post('profile', { ...PROFILE, email: '' })).status).toBe(204)
    expect((await account()).answers.profile.value).toMatchObject({ email: null, address: 'Olaya Street' })
  })

  test.each([
    ['a text that is too long', { about: 'x'.repeat(140) }],
    ['a third website', { websites: ['https://a.example', 'https://b.example', 'https://c.example'] }],
    ['a website that is none', { websites: ['javascript:alert(1)'] }],
  ])('with %s is refused before Meta is asked', async (_name, wrong) => {
    await db.owner.query("update business_number set mode = 'api_only' where id = $1", [phone.numberId])
    expect((await post('profile', { ...PROFILE, ...wrong })).status).toBe(400)
  })
})

describe('the username', () => {
  test('is reserved, then seen by customers, then given up', async () => {
    expect((await post('username', { username: '@tiny_shop' })).status).toBe(204)
    expect(await username()).toMatchObject({ username: 'tiny_shop', status: 'reserved' })
    await phone.advance(61_000)
    await post('meta-answers')
    expect(await username()).toMatchObject({ username: 'tiny_shop', status: 'approved' })
    expect((await post('username/removal')).status).toBe(204)
    expect(await username()).toMatchObject({ username: null, status: null })
  })

  test('that another number of the business has is moved only when that is wished', async () => {
    const other = phone.simulator.world.numbers.get(phone.phoneNumberId)
    if (other === undefined) throw new Error('The phone is gone')
    const taken = { username: 'tiny_shop', status: 'approved' }
    const sister = { ...other, id: '999', management: { ...other.management, username: taken } }
    phone.simulator.world.numbers.set(sister.id, sister)
    const refused = await post('username', { username: 'tiny_shop' })
    expect([refused.status, refused.body.error.code, refused.body.error.details.code]).toEqual([
      502,
      'meta_refused',
      147005,
    ])
    expect(refused.body.error.details.traceId).toMatch(/^A/)
    expect((await post('username', { username: 'tiny_shop', move: true })).status).toBe(204)
    expect(sister.management.username).toBeNull()
    expect(await username()).toMatchObject({ username: 'tiny_shop' })
  })

  test('that somebody else has, or that is none, is refused', async () => {
    const other = phone.simulator.world.numbers.get(phone.phoneNumberId)
    if (other === undefined) throw new Error('The phone is gone')
    const taken = { username: 'best_shop', status: 'approved' }
    const stranger = { ...other, id: '998', businessId: '1', management: { ...other.management, username: taken } }
    phone.simulator.world.numbers.set(stranger.id, stranger)
    expect((await post('username', { username: 'best_shop', move: true })).body.error.details.code).toBe(147001)
    expect((await post('username', { username: 'www.shop' })).status).toBe(400)
  })

  test('news of it that Meta tells by itself stand beside it, for this number only', async () => {
    const number = phone.simulator.world.numbers.get(phone.phoneNumberId)
    for (const [digest, displayPhone, status] of [
      ['a', number?.business.phone, 'reserved'],
      ['b', '4915100000000', 'approved'],
    ]) {
      await db.owner.query(
        `insert into notice (workspace_id, digest, number_id, waba_id, kind, field, event, at, received_at, data)
         values ($1, $2, null, $3, 'username', 'business_username_update', $4, null, $5, $6)`,
        [
          ...[workspace.workspaceId, digest, phone.wabaId, status, new Date(phone.simulator.world.clock.nowMs())],
          JSON.stringify({ display_phone_number: displayPhone, username: 'tiny_shop' }),
        ],
      )
    }
    expect((await account()).usernameNews).toEqual([
      { username: 'tiny_shop', status: 'reserved', atMs: phone.simulator.world.clock.nowMs() },
    ])
  })
})

describe('an agent', () => {
  test.each(['profile', 'username', 'username/removal'])('may not change the %s', async (edge) => {
    const refused = await post(edge, { ...PROFILE, username: 'tiny_shop' }, workspace.salem.id)
    expect([refused.status, refused.body.error.code]).toEqual([403, 'owner_only'])
  })
})
