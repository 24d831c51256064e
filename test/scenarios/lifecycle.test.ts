import { expect } from 'vitest'
import type { HealthAnswer } from '../../contract/api/care.ts'
import { REMOVAL_REASONS } from '../../contract/state-reason.ts'
import { DAY_MS, HOUR_MS, MINUTE_MS, type Rig, SECOND_MS, scenario } from './rig.ts'

/** Longer than Meta's health data may lag behind the signup. */
const SETTLED_IN_MS = HOUR_MS
/** How long a re-registered phone takes to be connected again. */
const RECONNECT_MS = 90 * SECOND_MS

scenario('the phone is changed, and reconnected with the times inverted', { seed: 101 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  await device(rig, phoneNumberId, { do: 'reregister' })
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'offboarded', stateReason: 'device_changed' })
  const received = (await rig.history(numberId)).received

  await rig.advance(RECONNECT_MS)
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'live', stateReason: 'confirmed' })
  const hints = await rig.sql<{ event: string }>(
    `select event from notice where workspace_id = $1 and event like 'ACCOUNT_%ED' order by at`,
  )
  expect(hints.map(({ event }) => event)).toEqual(['ACCOUNT_RECONNECTED', 'ACCOUNT_OFFBOARDED'])
  // History is not imported again.
  expect((await rig.history(numberId)).received).toBe(received)
  expect(await states(rig)).toEqual([
    'syncing connected',
    'live history_ended',
    'offboarded device_changed',
    'live confirmed',
  ])
})

scenario('a notice says that the phone is gone, and it is not', { seed: 102 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  const value = { event: 'PARTNER_REMOVED', disconnection_info: { reason: 'CHANGE_NUMBER', initiated_by: 'USER' } }
  await rig.control('POST', 'account-events', { phoneNumberId, field: 'account_update', value })
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'live', stateReason: 'history_ended' })
})

scenario('the connection ends, for each reason, and is made again: its threads go on', { seed: 103 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  const threads = (await rig.conversations(numberId)).map(({ id }) => id).toSorted()
  expect(threads.length).toBeGreaterThan(0)
  for (const reason of REMOVAL_REASONS) {
    await device(rig, phoneNumberId, { do: 'disconnect', reason: reason.toUpperCase() })
    await confirmed(rig)
    expect(await rig.number(numberId)).toMatchObject({ state: 'removed', stateReason: reason })
    const { body } = await rig.wasl.api.call('GET', `/api/v1/numbers/${numberId}/states`)
    const initiatedBy = reason.endsWith('_inactivity') ? 'SYSTEM' : 'USER'
    expect(body.changes[0]).toMatchObject({ reason, evidence: { notice: 'PARTNER_REMOVED', initiatedBy } })
    await connectAgain(rig, numberId)
    expect((await rig.conversations(numberId)).map(({ id }) => id).toSorted()).toEqual(threads)
  }
})

scenario('the phone is silent for 14 days', { seed: 104 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  await device(rig, phoneNumberId, { do: 'switch_off' })
  await rig.advance(10 * DAY_MS)
  await rig.wasl.sweep()
  expect(await rig.number(numberId)).toMatchObject({ state: 'at_risk', stateReason: 'phone_silent' })
  // It still sends.
  expect((await answer(rig, phoneNumberId, 'once')).status).toBe(201)
  await rig.wasl.idle()

  await rig.advance(4 * DAY_MS)
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'removed', stateReason: 'primary_inactivity' })
  expect(await answer(rig, phoneNumberId, 'twice')).toMatchObject({
    status: 422,
    body: { error: { code: 'number_removed' } },
  })
})

scenario('the phone is silent for ten days, and then it writes', { seed: 105 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  await rig.advance(10 * DAY_MS)
  await rig.wasl.sweep()
  expect((await rig.number(numberId)).state).toBe('at_risk')
  await rig.write(phoneNumberId, 'c2', 'phone', 'Back from the holidays.')
  await rig.wasl.sweep()
  expect(await rig.number(numberId)).toMatchObject({ state: 'live', stateReason: 'risk_over', lastSignKind: 'echo' })
})

scenario('the token ends in the middle: what was being sent waits for a new one', { seed: 106 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  const { tokenExpiresAtMs } = await rig.number(numberId)
  const leftMs = (tokenExpiresAtMs ?? 0) - rig.simulator.world.clock.nowMs()
  expect(leftMs).toBeGreaterThan(30 * DAY_MS)
  await rig.advance(leftMs - DAY_MS)
  await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/opened`)
  await rig.wasl.sweep()
  expect(await rig.number(numberId)).toMatchObject({ state: 'at_risk', stateReason: 'token_ending' })
  await rig.advance(DAY_MS + SECOND_MS)
  const asked = await answer(rig, phoneNumberId, 'held')
  expect(asked.status).toBe(201)
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'offboarded', stateReason: 'token_expired' })
  expect(await delivery(rig, 'held')).toEqual(['queued'])

  // Connected again, by the signup: the message goes out once, in its thread.
  const before = (await rig.conversations(numberId)).length
  await device(rig, phoneNumberId, { do: 'disconnect' })
  await connectAgain(rig, numberId)
  await rig.wasl.sweep()
  expect((await rig.conversations(numberId)).length).toBe(before)
  // Its job may still wait for the second that a refused call waits.
  await rig.until(
    (event) =>
      event.type === 'message.changed' && event.message.clientId === 'client-held' && event.message.wamid !== null,
  )
  const sent = await rig.control<unknown[]>('GET', `sent?phoneNumberId=${phoneNumberId}`)
  expect(sent).toHaveLength(1)
  expect(await delivery(rig, 'held')).not.toEqual(['queued'])
})

scenario('the payment fails: at risk, in words, and over once it is paid', { seed: 108 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  const payment = async () => {
    await rig.wasl.api.call('POST', `/api/v1/numbers/${numberId}/meta-answers`)
    const { body } = await rig.wasl.api.call('GET', `/api/v1/numbers/${numberId}/health`)
    const line = (body as HealthAnswer).lines.find(({ key }) => key === 'payment')
    return [line?.status, line?.reason, line?.values.code]
  }
  expect(await payment()).toEqual(['ok', 'there', undefined])
  await rig.control('PUT', `numbers/${phoneNumberId}/payment`, { fails: true })
  await rig.advance(4 * HOUR_MS)
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'at_risk', stateReason: 'payment_failing' })
  expect(await payment()).toEqual(['act', 'failing', 141006])

  // It is taken by Meta, and fails afterwards; the message says why.
  expect((await answer(rig, phoneNumberId, 'unpaid')).status).toBe(201)
  await rig.wasl.idle()
  await rig.advance(MINUTE_MS)
  expect(await delivery(rig, 'unpaid')).toEqual(['failed'])
  expect(await payment()).toEqual(['act', 'failing', 131042])

  await rig.control('PUT', `numbers/${phoneNumberId}/payment`, { fails: false })
  await rig.advance(4 * HOUR_MS)
  await confirmed(rig)
  expect(await rig.number(numberId)).toMatchObject({ state: 'live', stateReason: 'risk_over' })
  expect(await payment()).toEqual(['ok', 'there', undefined])
  expect((await answer(rig, phoneNumberId, 'paid')).status).toBe(201)
  await rig.wasl.idle()
  await rig.advance(MINUTE_MS)
  expect(await delivery(rig, 'paid')).not.toEqual(['failed'])
  expect((await states(rig)).slice(-2)).toEqual(['at_risk payment_failing', 'live risk_over'])
})

scenario('a notice that names only the account asks every number of it', { seed: 107 }, async (rig) => {
  const { numberId, phoneNumberId } = await connectWell(rig)
  // Another account of the workspace, whose number nothing was said about.
  const [other] = await rig.sql<{ id: string; checked_at: Date | null }>(
    'select id, checked_at from business_number where workspace_id = $1 and id <> $2',
    numberId,
  )
  await rig.control('POST', 'account-events', {
    phoneNumberId,
    field: 'account_update',
    value: { event: 'ACCOUNT_OFFBOARDED' },
  })
  await rig.settled()
  await rig.wasl.idle()
  expect((await rig.number(numberId)).checkedAtMs).not.toBeNull()
  expect(other?.checked_at).toBeNull()
  expect((await rig.number(other?.id ?? '')).checkedAtMs).toBeNull()
})

/** Connects the phone of `tiny`, imports its past, and lets the time pass in which Meta's data may lag. */
async function connectWell(rig: Rig): Promise<{ numberId: string; phoneNumberId: string }> {
  const connected = await rig.connectTiny()
  await rig.advance(SETTLED_IN_MS)
  return connected
}

/**
 * The same phone goes through the signup once more, a day later: the same bytes on one day are one delivery to the intake,
 * and nothing of this past has changed.
 */
async function connectAgain(rig: Rig, numberId: string): Promise<void> {
  await rig.advance(DAY_MS)
  expect((await rig.connect()).numberId).toBe(numberId)
  await rig.wasl.idle()
  await rig.advance(SETTLED_IN_MS)
  expect((await rig.number(numberId)).state).toBe('live')
}

async function device(rig: Rig, phoneNumberId: string, act: object): Promise<void> {
  await rig.control('POST', `numbers/${phoneNumberId}/device`, act)
  await rig.settled()
}

/** Graph is asked, and once more a minute later. */
async function confirmed(rig: Rig): Promise<void> {
  await rig.wasl.sweep()
  await rig.advance(MINUTE_MS)
  await rig.wasl.sweep()
  await rig.settled()
}

/** A customer writes, and somebody answers here. */
async function answer(rig: Rig, phoneNumberId: string, clientId: string): Promise<{ status: number; body: unknown }> {
  await rig.write(phoneNumberId, 'c2', 'customer', `Are you there? (${clientId})`)
  const { id } = await rig.conversation(phoneNumberId, 'c2')
  const content = { type: 'text', body: 'Yes.' }
  return rig.wasl.api.call('POST', `/api/v1/conversations/${id}/messages`, {
    body: { clientId: `client-${clientId}`, content },
  })
}

async function delivery(rig: Rig, clientId: string): Promise<string[]> {
  const rows = await rig.sql<{ delivery: string }>(
    'select delivery from message where workspace_id = $1 and client_id = $2',
    `client-${clientId}`,
  )
  return rows.map((row) => row.delivery)
}

async function states(rig: Rig): Promise<string[]> {
  const rows = await rig.sql<{ said: string }>(
    `select state || ' ' || reason as said from number_state_change where workspace_id = $1 order by id`,
  )
  return rows.map(({ said }) => said)
}
