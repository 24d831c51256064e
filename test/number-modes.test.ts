import { describe, expect, test } from 'vitest'
import type { PreflightAnswer } from '../contract/api/preflight.ts'
import { connectingRig } from './connecting-rig.ts'

/** Holding a number otherwise, and what is looked at before, through the real routes, with the simulator as Meta. */

const rig = connectingRig(700)

describe('a number moves', () => {
  const device = (body: object) =>
    fetch(`${rig.simulator.origin}/control/numbers/${rig.phone.phoneNumberId}/device`, {
      method: 'POST',
      body: JSON.stringify(body),
    })
  const move = async (mode: string, as?: string) =>
    rig.server.call('POST', `/api/v1/numbers/${(await rig.kept()).id}/mode`, {
      body: { mode },
      ...(as === undefined ? {} : { as }),
    })

  test('to the phone alone, and back with the same id, its threads and a new import', async () => {
    await rig.signup((await rig.agreed()).id, await rig.popup())
    const { id } = await rig.kept()
    const early = await move('app_only')
    expect([early.status, early.body.error.details]).toEqual([409, { why: 'still_in_api', waiting: 0 }])
    await device({ do: 'disconnect' })
    expect((await move('app_only', rig.workspace.salem.id)).body.error.code).toBe('owner_only')
    expect((await move('app_only')).body.number).toMatchObject({ id, mode: 'app_only', state: 'removed' })
    await rig.db.owner.query("update sync set state = 'used_up' where number_id = $1", [id])
    await rig.signup((await rig.agreed()).id, await rig.popup())
    expect(await rig.kept()).toMatchObject({
      id,
      mode: 'coexistence',
      state: 'syncing',
      syncs: [{ state: 'not_asked' }, {}],
    })
  })

  test('and comes back to its threads when Meta gives it another id', async () => {
    await rig.signup((await rig.agreed()).id, await rig.popup())
    const { id } = await rig.kept()
    await device({ do: 'disconnect' })
    await move('app_only')
    await rig.db.owner.query("update business_number set phone_number_id = '99999999' where id = $1", [id])
    await rig.signup((await rig.agreed()).id, await rig.popup())
    expect((await rig.kept()).id).toBe(id)
  })

  test('to the API alone once no rig.phone holds it', async () => {
    await rig.signup((await rig.agreed()).id, await rig.popup())
    expect((await move('api_only')).body.error.details).toMatchObject({ why: 'still_on_phone' })
    await rig.control('onboard', { phoneNumberId: rig.phone.phoneNumberId, apiOnly: true })
    expect((await move('api_only')).body.number).toMatchObject({ mode: 'api_only', state: 'live' })
  })

  test('no number of another workspace', async () => {
    const unknown = await rig.server.call('POST', '/api/v1/numbers/00000000-0000-7000-8000-000000000000/mode', {
      body: { mode: 'api_only' },
    })
    expect(unknown.status).toBe(404)
  })
})

describe('before connecting', () => {
  test('answers are kept, countries are the owner’s, and the fields are read from Graph', async () => {
    await fetch(`${rig.simulator.origin}/control/webhook`, { method: 'PUT', body: '{}' })
    const get = async () => (await rig.server.call('GET', '/api/v1/connect/preflight')).body as PreflightAnswer
    const standing = (answer: PreflightAnswer, key: string) => answer.lines.find((one) => one.key === key)?.standing
    expect(standing(await get(), 'country')).toBe('unknown')
    expect(standing(await get(), 'webhook_fields')).toBe('trouble')
    const given = await rig.post('preflight/answers', { question: 'phone', answer: '+966 55 123 4567' })
    expect(standing(given.body, 'country')).toBe('ok')
    const wish = { callingCode: '966', excluded: true }
    expect((await rig.post('preflight/countries', wish, rig.workspace.salem.id)).body.error.code).toBe('owner_only')
    expect(standing((await rig.post('preflight/countries', wish)).body, 'country')).toBe('trouble')
    await rig.post('preflight/countries', { ...wish, excluded: false })
    expect(await get()).toMatchObject({ excluded: [], answers: { phone: '+966 55 123 4567' } })
    expect((await rig.post('preflight/answers', { question: 'app_version', answer: 'new' })).status).toBe(400)
  })

  test('the verification is read from Graph once a number is connected', async () => {
    await rig.signup((await rig.agreed()).id, await rig.popup())
    await rig.db.owner.query("update business_number set state = 'removed' where phone_number_id = $1", [
      rig.workspace.number.phoneNumberId,
    ])
    const { lines } = (await rig.server.call('GET', '/api/v1/connect/preflight')).body as PreflightAnswer
    expect(lines.find((one) => one.key === 'business_verified')).toMatchObject({ known: 'graph', detail: 'verified' })
  })
})

test('the page of connecting may open a popup, and no other page may', async () => {
  const policyOf = async (path: string) =>
    (await fetch(`${rig.server.url}${path}`)).headers.get('cross-origin-opener-policy')
  expect(await policyOf('/connect?number=1')).toBe('same-origin-allow-popups')
  expect(await policyOf('/connected')).toBeNull()
})

test('the popup’s messages are taken from the simulator alone while it runs', async () => {
  const { launcher, origins } = (await rig.server.call('GET', '/api/v1/connect')).body
  expect([launcher, origins]).toEqual([
    { kind: 'simulator', popupUrl: `${rig.simulator.origin}/signup` },
    [rig.simulator.origin],
  ])
})
