import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DEVICE_KINDS } from '../../contract/api/devices.ts'
import { type DeviceSurroundings, type DeviceTimes, deviceState, dropsAtMs, holdsPlace } from './device-state.ts'

const DAY_MS = 86_400_000
const NOW_MS = Date.UTC(2026, 10, 23, 9)
const ago = (days: number) => NOW_MS - days * DAY_MS

const AROUND: DeviceSurroundings = { mode: 'coexistence', allUnlinkedAtMs: ago(40), nowMs: NOW_MS }
const DESK: DeviceTimes = { kind: 'web', linkedAtMs: ago(3), lastActiveAtMs: null, unlinkedAtMs: null }

test.each<[string, string, Partial<DeviceTimes>, Partial<DeviceSurroundings>]>([
  ['linked after the onboarding', 'linked', {}, {}],
  ['linked before it', 'to_relink', { linkedAtMs: ago(41) }, {}],
  ['linked in the same instant', 'linked', { linkedAtMs: ago(40), lastActiveAtMs: ago(1) }, {}],
  ['when nothing ever unlinked all', 'linked', { linkedAtMs: ago(9) }, { allUnlinkedAtMs: null }],
  ['not used for 23 days', 'fading', { linkedAtMs: ago(23) }, {}],
  ['used since', 'linked', { linkedAtMs: ago(35), lastActiveAtMs: ago(2) }, {}],
  ['not used for 30 days', 'dropped', { linkedAtMs: ago(30) }, {}],
  ['unlinked by somebody', 'unlinked', { unlinkedAtMs: ago(1) }, {}],
  ['unlinked once, and linked again', 'linked', { unlinkedAtMs: ago(4) }, {}],
  ['a PC with WhatsApp for Windows', 'unsupported', { kind: 'windows' }, {}],
  ['a watch', 'unsupported', { kind: 'wearos' }, {}],
  ['a watch of a number that is on the phone only', 'linked', { kind: 'wearos' }, { mode: 'app_only' }],
])('%s: %s', (_name, state, device, around) => {
  expect(deviceState({ ...DESK, ...device }, { ...AROUND, ...around })).toBe(state)
})

const times = fc.record({
  kind: fc.constantFrom(...DEVICE_KINDS),
  linkedAtMs: fc.integer({ min: ago(90), max: NOW_MS }),
  lastActiveAtMs: fc.option(fc.integer({ min: ago(90), max: NOW_MS })),
  unlinkedAtMs: fc.option(fc.integer({ min: ago(90), max: NOW_MS })),
})

test('an onboarding now unlinks every device that may be linked, and none keeps a place', () => {
  fc.assert(
    fc.property(times, (device) => {
      const linkedBefore = { ...device, linkedAtMs: Math.min(device.linkedAtMs, NOW_MS - 1) }
      expect(holdsPlace(deviceState(linkedBefore, { ...AROUND, allUnlinkedAtMs: NOW_MS }))).toBe(false)
    }),
  )
})

test('whatever became of a device, linking it again now makes it linked, unless its kind cannot be', () => {
  fc.assert(
    fc.property(times, (device) => {
      const state = deviceState({ ...device, linkedAtMs: NOW_MS, unlinkedAtMs: null }, AROUND)
      expect(state).toBe(device.kind === 'windows' || device.kind === 'wearos' ? 'unsupported' : 'linked')
    }),
  )
})

test('it drops exactly when it is said to', () => {
  fc.assert(
    fc.property(times, (device) => {
      const state = deviceState(device, AROUND)
      const atMs = dropsAtMs(device, state)
      if (atMs === null) return
      expect(deviceState(device, { ...AROUND, nowMs: atMs })).toBe('dropped')
      expect(deviceState(device, { ...AROUND, nowMs: atMs - 1 })).not.toBe('dropped')
    }),
  )
})
