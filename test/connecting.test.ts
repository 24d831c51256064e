import { describe, expect, test } from 'vitest'
import type { OnboardingView } from '../contract/api/connecting.ts'
import { phoneChangesVersion } from '../contract/phone-changes.ts'
import { runSteps } from '../server/connecting/run-steps.ts'
import { connectingParts } from '../server/connecting-parts.ts'
import { connectingRig } from './connecting-rig.ts'

/** Every step of connecting through the real routes, with the simulator as Meta. */

const rig = connectingRig(500)

const faults = (wish: object) =>
  fetch(`${rig.simulator.origin}/control/faults`, { method: 'PUT', body: JSON.stringify(wish) })
const states = (onboarding: OnboardingView) =>
  Object.fromEntries(onboarding.steps.filter((one) => one.state !== 'todo').map(({ step, state }) => [step, state]))
const errorOf = (onboarding: OnboardingView, step: string) => onboarding.steps.find((one) => one.step === step)?.error
const ALL_DONE = Object.fromEntries(
  ['signup', 'exchange', 'token', 'choose', 'subscribe', 'confirm', 'keep'].map((step) => [step, 'done']),
)

describe('a number that stays on the phone', () => {
  test('goes through every step, is kept with its consents, and its two syncs are queued', async () => {
    const { id } = await rig.agreed()
    const { status, body } = await rig.signup(id, await rig.popup())
    expect(status).toBe(200)
    const { onboarding } = body
    expect(states(onboarding)).toEqual(ALL_DONE)
    expect([onboarding.state, onboarding.numbers.length, onboarding.numbers[0].chosen]).toEqual(['done', 1, true])
    expect(onboarding.consents).toMatchObject([
      {
        subject: 'import',
        granted: true,
        textVersion: phoneChangesVersion,
        language: 'ar',
        memberName: 'Noura Al-Harbi',
      },
      { subject: 'phone_changes', granted: true },
    ])
    expect(await rig.kept()).toMatchObject({ ...rig.phone, mode: 'coexistence', state: 'syncing', syncs: [{}, {}] })
    expect(rig.replayed).toEqual([rig.phone.phoneNumberId])
    expect(await tokensLeft()).toEqual([null])
    expect((await rig.server.call('GET', '/api/v1/connect')).body.open).toBeNull()
  })

  test('is not imported when the owner does not agree to that, and the number tells ever after what was said', async () => {
    const { id } = await rig.agreed(false)
    await rig.signup(id, await rig.popup())
    const number = await rig.kept()
    expect(number).toMatchObject({ state: 'live', syncs: [] })
    const { consents } = (await rig.server.call('GET', `/api/v1/numbers/${number.id}/consents`)).body
    const said = { textVersion: phoneChangesVersion, language: 'ar', memberName: 'Noura Al-Harbi' }
    expect(consents).toMatchObject([
      { subject: 'import', granted: false, ...said },
      { subject: 'phone_changes', granted: true, ...said },
    ])
    const other = await rig.server.call('GET', `/api/v1/numbers/${rig.workspace.number.id}/consents`)
    expect(other.body).toEqual({ consents: [] })
  })

  test('needs both consents first: nothing is even asked of Meta', async () => {
    const { id } = await rig.begin()
    const said = await rig.popup()
    expect((await rig.signup(id, said)).body.error.code).toBe('consent_missing')
    await rig.agree(id, 'phone_changes')
    expect((await rig.signup(id, said)).body.error.code).toBe('consent_missing')
    await rig.agree(id, 'phone_changes', false)
    await rig.agree(id, 'import')
    expect((await rig.signup(id, said)).body.error.code).toBe('consent_missing')
    await rig.agree(id, 'phone_changes')
    expect(states((await rig.signup(id, said)).body.onboarding)).toEqual(ALL_DONE)
  })

  test('only a version that the page shows can be agreed to, and only by an owner', async () => {
    const { id } = await rig.begin()
    const old = { subject: 'import', granted: true, textVersion: '2020-01-01', language: 'en' }
    expect((await rig.post(`onboardings/${id}/consents`, old)).status).toBe(400)
    expect((await rig.post('onboardings', { way: 'coexistence' }, rig.workspace.salem.id)).body.error.code).toBe(
      'owner_only',
    )
  })
})

describe('the popup', () => {
  test.each([
    ['CANCEL', { currentStep: 'PHONE_NUMBER_SETUP' }, 'cancelled', null],
    ['CANCEL', { errorMessage: 'Not eligible', errorCode: '2655093', sessionId: 'abc' }, 'popup_error', 2655093],
    ['ERROR', { errorMessage: 'Something went wrong' }, 'popup_error', null],
    ['FINISH_ONLY_WABA', {}, 'no_number_chosen', null],
  ])('%s is written down and it may be opened again', async (event, said, why, code) => {
    const { id } = await rig.agreed()
    const { onboarding } = (await rig.signup(id, { event, ...said })).body
    expect(states(onboarding)).toEqual({ signup: 'failed' })
    expect(errorOf(onboarding, 'signup')).toMatchObject({ why, code })
    expect(states((await rig.signup(id, await rig.popup())).body.onboarding)).toEqual(ALL_DONE)
  })

  test.each(['FINISH', 'FINISH_OBO_MIGRATION'])('%s finishes too', async (event) => {
    const { id } = await rig.agreed()
    expect(states((await rig.signup(id, { ...(await rig.popup()), event })).body.onboarding)).toEqual(ALL_DONE)
  })

  test('that grants access to the account alone connects nothing, and says so', async () => {
    const { id } = await rig.agreed()
    const said = { ...(await rig.popup({ accessOnly: true })), event: 'FINISH_GRANT_ONLY_API_ACCESS' }
    const { onboarding } = (await rig.signup(id, said)).body
    expect(states(onboarding)).toEqual({ signup: 'failed' })
    expect(errorOf(onboarding, 'signup')).toMatchObject({ why: 'access_only' })
    expect(states((await rig.signup(id, await rig.popup())).body.onboarding)).toEqual(ALL_DONE)
  })

  test('a code that is older than 30 seconds is refused by Meta; a new one works', async () => {
    const { id } = await rig.agreed()
    const said = await rig.popup()
    await rig.laterMs(31_000)
    const { onboarding } = (await rig.signup(id, said)).body
    expect(states(onboarding)).toEqual({ signup: 'done', exchange: 'failed' })
    expect(errorOf(onboarding, 'exchange')).toMatchObject({ why: 'code_refused', code: 100 })
    expect(states((await rig.signup(id, await rig.popup())).body.onboarding)).toEqual(ALL_DONE)
  })

  test('a code is never tried twice, not even in another attempt', async () => {
    const said = await rig.popup()
    await rig.laterMs(31_000)
    await rig.signup((await rig.agreed()).id, said)
    const calls = () => rig.simulator.world.counters.all().graph_calls
    const before = calls()
    expect((await rig.signup((await rig.agreed()).id, said)).body.error.code).toBe('step_not_open')
    expect(calls()).toBe(before)
  })

  test('after the attempt is over nothing is taken any more', async () => {
    const { id } = await rig.agreed()
    await rig.post(`onboardings/${id}/end`)
    expect((await rig.signup(id, await rig.popup())).body.error.code).toBe('onboarding_closed')
    expect((await rig.signup('00000000-0000-7000-8000-000000000000', await rig.popup())).status).toBe(404)
  })
})

describe('several numbers and accounts', () => {
  test('a person says which: the first one is never taken by itself', async () => {
    const other = await rig.control<typeof rig.phone>('scenarios', { name: 'tiny' })
    await rig.control('onboard', { phoneNumberId: other.phoneNumberId })
    const { id } = await rig.agreed()
    const { onboarding } = (await rig.signup(id, await rig.popup({ accountIds: [other.wabaId] }))).body
    expect(states(onboarding)).toMatchObject({ token: 'done', choose: 'waiting' })
    expect(onboarding.numbers.map((number: { wabaId: string }) => number.wabaId).sort()).toEqual(
      [rig.phone.wabaId, other.wabaId].sort(),
    )
    expect((await rig.post(`onboardings/${id}/numbers`, { phoneNumberIds: ['99999'] })).status).toBe(400)
    const both = [rig.phone.phoneNumberId, other.phoneNumberId]
    const chosen = (await rig.post(`onboardings/${id}/numbers`, { phoneNumberIds: both })).body.onboarding
    expect(states(chosen)).toEqual(ALL_DONE)
    expect(rig.replayed.sort()).toEqual(both.sort())
  })

  test('the number that the popup names is the one', async () => {
    const other = await rig.control<typeof rig.phone>('scenarios', { name: 'tiny' })
    const { id } = await rig.agreed()
    const said = { ...(await rig.popup({ accountIds: [other.wabaId] })), phoneNumberId: rig.phone.phoneNumberId }
    expect(states((await rig.signup(id, said)).body.onboarding)).toEqual(ALL_DONE)
    expect(rig.replayed).toEqual([rig.phone.phoneNumberId])
  })

  test('an account that was not named and cannot be read keeps nothing back', async () => {
    const other = await rig.control<typeof rig.phone>('scenarios', { name: 'tiny' })
    const { id } = await rig.agreed()
    await rig.control('graph-error', { code: 200, times: 1, path: `${other.wabaId}/phone_numbers` })
    const { onboarding } = (await rig.signup(id, await rig.popup({ accountIds: [other.wabaId] }))).body
    expect(states(onboarding)).toEqual(ALL_DONE)
  })

  test('one that is connected already is no choice', async () => {
    await rig.signup((await rig.agreed()).id, await rig.popup())
    const { onboarding } = (await rig.signup((await rig.agreed()).id, await rig.popup())).body
    expect(errorOf(onboarding, 'choose')).toMatchObject({ why: 'elsewhere' })
    const again = await rig.begin('coexistence', onboarding.numbers[0].numberId)
    await rig.agree(again.id, 'phone_changes')
    await rig.agree(again.id, 'import')
    expect(states((await rig.signup(again.id, await rig.popup())).body.onboarding)).toEqual(ALL_DONE)
  })
})

describe('what goes wrong in the middle', () => {
  test('a step that fails keeps Meta’s code and trace id, and goes on from there', async () => {
    const { id } = await rig.agreed()
    const said = await rig.popup()
    await rig.control('graph-error', { code: 200, times: 1, path: 'subscribed_apps' })
    const { onboarding } = (await rig.signup(id, said)).body
    expect(states(onboarding)).toMatchObject({ choose: 'done', subscribe: 'failed' })
    expect(errorOf(onboarding, 'subscribe')).toMatchObject({ why: 'access_lost', code: 200 })
    expect(errorOf(onboarding, 'subscribe')?.traceId).toMatch(/\w+/)
    expect((await rig.server.call('GET', '/api/v1/connect')).body.open.id).toBe(id)
    expect(states((await rig.post(`onboardings/${id}/retry`)).body.onboarding)).toEqual(ALL_DONE)
  })

  test('what Meta does not show yet is asked again, and is no failure', async () => {
    await faults({ healthLagMs: 60_000 })
    const { id } = await rig.agreed()
    const { onboarding } = (await rig.signup(id, await rig.popup())).body
    expect(states(onboarding)).toMatchObject({ subscribe: 'done', confirm: 'waiting' })
    expect(errorOf(onboarding, 'confirm')).toMatchObject({ why: 'not_shown_yet' })
    expect(await queued()).toEqual(['confirm_onboarding'])
    await rig.laterMs(61_000)
    await runSteps(
      connectingParts({ ...rig.server.deps, publish: rig.server.deps.hub.publish }),
      rig.workspace.workspaceId,
      id,
    )
    expect(states((await rig.server.call('GET', `/api/v1/connect/onboardings/${id}`)).body.onboarding)).toEqual(
      ALL_DONE,
    )
    const deadlineMs = (await rig.kept()).syncs[0]?.deadlineMs
    expect(deadlineMs).toBe(rig.simulator.world.clock.nowMs() - 61_000 + 24 * 3_600_000)
  })

  test('two who go on at once do each step once', async () => {
    const { id } = await rig.agreed()
    await rig.control('graph-error', { code: 200, times: 1, path: 'subscribed_apps' })
    await rig.signup(id, await rig.popup())
    await Promise.all([rig.post(`onboardings/${id}/retry`), rig.post(`onboardings/${id}/retry`)])
    expect(rig.replayed).toEqual([rig.phone.phoneNumberId])
  })
})

describe('a number of the API alone', () => {
  async function apiOnly(scopes?: readonly string[]) {
    await rig.control('onboard', { phoneNumberId: rig.phone.phoneNumberId, apiOnly: true })
    return (await rig.control<{ token: string }>('tokens', { accountIds: [rig.phone.wabaId], scopes })).token
  }

  test('by ids and token: no consents, nothing to import', async () => {
    const token = await apiOnly()
    const { id } = await rig.begin('api_token')
    const { onboarding } = (await rig.post(`onboardings/${id}/token`, { ...rig.phone, token })).body
    expect([onboarding.state, errorOf(onboarding, 'confirm')]).toEqual(['done', null])
    expect(await rig.kept()).toMatchObject({ ...rig.phone, mode: 'api_only', state: 'live', syncs: [] })
  })

  test('by the popup', async () => {
    const { id } = await rig.begin('api_signup')
    const { onboarding } = (await rig.signup(id, { ...(await rig.popup({ apiOnly: true })), event: 'FINISH' })).body
    expect(states(onboarding)).toEqual(ALL_DONE)
  })

  test.each([
    ['a token that Meta does not know', { token: 'EAA-not-one-of-them' }, 'token', 'token_invalid'],
    ['an account that the token is not for', { wabaId: '1234567' }, 'token', 'account_not_in_token'],
    ['a number that the account does not have', { phoneNumberId: '1234567' }, 'choose', undefined],
  ])('%s', async (_what, wrong, step, why) => {
    const token = await apiOnly()
    const { id } = await rig.begin('api_token')
    const { onboarding } = (await rig.post(`onboardings/${id}/token`, { ...rig.phone, token, ...wrong })).body
    expect(errorOf(onboarding, step)?.why).toBe(why)
    expect(onboarding.state).toBe('open')
  })

  test('a token without the scope for messages, and a number that the phone still holds', async () => {
    const { id } = await rig.begin('api_token')
    const token = await apiOnly(['whatsapp_business_management'])
    const missing = (await rig.post(`onboardings/${id}/token`, { ...rig.phone, token })).body.onboarding
    expect(errorOf(missing, 'token')).toMatchObject({ why: 'scope_missing', title: 'whatsapp_business_messaging' })
    await rig.control('onboard', { phoneNumberId: rig.phone.phoneNumberId })
    const { token: good } = await rig.control<{ token: string }>('tokens', { accountIds: [rig.phone.wabaId] })
    const held = (await rig.post(`onboardings/${id}/token`, { ...rig.phone, token: good })).body.onboarding
    expect(errorOf(held, 'confirm')).toMatchObject({ why: 'still_on_phone' })
  })
})

async function tokensLeft() {
  const { rows } = await rig.db.owner.query('select sealed_token from onboarding where workspace_id = $1', [
    rig.workspace.workspaceId,
  ])
  return rows.map((row) => row.sealed_token)
}

async function queued(): Promise<string[]> {
  const { rows } = await rig.db.owner.query<{ task: string }>(
    `select t.identifier as task from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.payload->>'workspaceId' = $1`,
    [rig.workspace.workspaceId],
  )
  return rows.map((row) => row.task)
}
