import { describe, expect, test } from 'vitest'
import { type BusinessNumber, isTakenOff } from '../contract/number.ts'
import { checkGaps } from '../server/gaps/check-gaps.ts'
import { apiJobs } from '../server/jobs.ts'
import { connectingRig } from './connecting-rig.ts'

const rig = connectingRig(900)
const PHONE = '+20 10 01234567'
const write = (body: object, as?: string) =>
  rig.server.call('POST', '/api/v1/numbers/app-only', { body, ...(as === undefined ? {} : { as }) })
const numbers = async () => (await rig.server.call('GET', '/api/v1/numbers')).body.numbers as BusinessNumber[]

describe('a number that is held on the phone alone', () => {
  test('is written down, told, and corrected; the same number is there once', async () => {
    const { status, body } = await write({ phone: '+20 (100) 1234567', name: 'Branch in Tanta' })
    expect(status).toBe(201)
    expect(body.number).toMatchObject({
      ...{ displayPhone: PHONE, verifiedName: 'Branch in Tanta', mode: 'app_only', state: 'preparing' },
      ...{ phoneNumberId: null, wabaId: null, lastSignMs: null, syncs: [] },
    })
    expect((await write({ phone: PHONE, name: 'Again' })).body.error.code).toBe('number_exists')
    const fix = (to: object) => rig.server.call('POST', `/api/v1/numbers/${body.number.id}/app-only`, { body: to })
    expect((await fix({ phone: '+201001234568', name: 'Tanta' })).body.number).toMatchObject({
      displayPhone: '+20 10 01234568',
      verifiedName: 'Tanta',
    })
    expect((await numbers()).filter(({ mode }) => mode === 'app_only')).toHaveLength(1)
  })

  test('is taken off the list, and is the same number when it is written down again', async () => {
    const { id } = (await write({ phone: PHONE, name: 'Tanta' })).body.number
    const path = `/api/v1/numbers/${id}/app-only`
    expect((await rig.server.call('DELETE', path, { as: rig.workspace.salem.id })).body.error.code).toBe('owner_only')
    const taken = (await rig.server.call('DELETE', path)).body.number
    expect([isTakenOff(taken), taken.id]).toEqual([true, id])
    expect((await rig.server.call('DELETE', path)).status).toBe(404)
    expect((await write({ phone: PHONE, name: 'Tanta' })).body.number).toMatchObject({ id, state: 'preparing' })
    const { number } = rig.workspace
    expect((await rig.server.call('DELETE', `/api/v1/numbers/${number.id}/app-only`)).status).toBe(404)
  })

  test('is written down by an owner, and only when it can be a number', async () => {
    expect((await write({ phone: PHONE, name: 'x' }, rig.workspace.salem.id)).body.error.code).toBe('owner_only')
    for (const body of [
      { phone: '+99912345678', name: 'x' },
      { phone: PHONE, name: ' ' },
      { phone: 'x', name: 'x' },
    ])
      expect((await write(body)).status).toBe(400)
    const { number } = rig.workspace
    const path = `/api/v1/numbers/${number.id}/app-only`
    expect((await rig.server.call('POST', path, { body: { phone: PHONE, name: 'x' } })).status).toBe(404)
  })

  test('asks nothing of Meta, alarms nobody, and its only gap is that nothing comes', async () => {
    const { id } = (await write({ phone: PHONE, name: 'Tanta' })).body.number
    const calls = rig.simulator.world.counters.all()
    await apiJobs(rig.server.deps).sweep?.({}, { attempt: 1, isLastAttempt: false })
    expect(rig.simulator.world.counters.all()).toEqual(calls)
    const { database, clock } = rig.server.deps
    await checkGaps({ database, clock }, rig.workspace.workspaceId, id)
    const { gaps } = (await rig.server.call('GET', `/api/v1/numbers/${id}/gaps`)).body
    expect(gaps.map(({ kind }: { kind: string }) => kind)).toEqual(['app_only'])
    expect((await rig.server.call('GET', `/api/v1/numbers/${id}/health`)).status).toBe(404)
  })

  test('is the same number when it is connected, with its roster, and its past comes in', async () => {
    const phone =
      rig.simulator.world.numbers.get(rig.phone.phoneNumberId)?.business.displayPhone ?? expect.fail('no phone')
    const { id } = (await write({ phone, name: 'The shop' })).body.number
    const { id: memberId } = rig.workspace.salem
    const sinceMs = rig.server.deps.clock.nowMs()
    const body = { memberId, timeZone: 'Africa/Cairo', weekly: null, sinceMs, untilMs: sinceMs + 3_600_000 }
    expect((await rig.server.call('POST', `/api/v1/numbers/${id}/duties`, { body })).status).toBe(201)
    const { id: onboardingId } = await rig.begin('coexistence', id)
    await rig.agree(onboardingId, 'phone_changes')
    await rig.agree(onboardingId, 'import')
    await rig.signup(onboardingId, await rig.popup())
    const connected = (await numbers()).find((number) => number.id === id)
    expect(connected).toMatchObject({
      ...{ mode: 'coexistence', state: 'syncing', phoneNumberId: rig.phone.phoneNumberId },
      verifiedName: expect.not.stringMatching('The shop'),
    })
    expect(connected?.syncs.map(({ kind }) => kind)).toEqual(['contacts', 'history'])
    expect((await numbers()).filter((number) => number.displayPhone === connected?.displayPhone)).toHaveLength(1)
    const { duties } = (await rig.server.call('GET', `/api/v1/numbers/${id}/duties`)).body
    expect(duties).toMatchObject([{ memberId }])
  })
})
