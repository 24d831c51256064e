import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, monthOf, monthSpan } from './month-span.ts'

test.each([
  ['2026-11', 'UTC', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'],
  ['2026-11', 'Asia/Riyadh', '2026-10-31T21:00:00Z', '2026-11-30T21:00:00Z'],
  ['2026-12', 'America/Sao_Paulo', '2026-12-01T03:00:00Z', '2027-01-01T03:00:00Z'],
  // The clocks of Berlin go back within October.
  ['2026-10', 'Europe/Berlin', '2026-09-30T22:00:00Z', '2026-10-31T23:00:00Z'],
])('%s in %s', (month, timeZone, from, to) => {
  expect(monthSpan(month, timeZone)).toEqual({ fromMs: Date.parse(from), toMs: Date.parse(to) })
})

test('every instant lies in the span of its month', () => {
  const instants = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) })
  fc.assert(
    fc.property(instants, fc.constantFrom('UTC', 'Asia/Riyadh', 'Pacific/Kiritimati', 'America/Adak'), (atMs, zone) => {
      const { fromMs, toMs } = monthSpan(monthOf(atMs, zone), zone)
      return fromMs <= atMs && atMs < toMs && dayOf(fromMs, zone).endsWith('-01')
    }),
    { numRuns: 50 },
  )
})
