import { expect, test } from 'vitest'
import { addDutyBody } from '../../../contract/api/duty.ts'
import { dutyOf, emptyDraft } from './duty-draft.ts'

const MEMBER = '0190f000-0000-7000-8000-000000000001'
const draft = emptyDraft(Date.UTC(2026, 10, 23, 9), MEMBER, 'Asia/Riyadh')

test('what the fields hold at first is an entry the server takes, of either kind', () => {
  for (const kind of ['weekly', 'once'] as const) {
    const body = dutyOf({ ...draft, kind })
    expect(addDutyBody.safeParse(body)).toMatchObject({ success: true, data: body })
  }
  expect(dutyOf({ ...draft, weekdays: [4, 0], from: '22:00', to: '06:30' })).toMatchObject({
    weekly: { weekdays: [0, 4], fromMinute: 1320, toMinute: 390 },
    sinceMs: Date.UTC(2026, 10, 22, 21),
  })
})

test.each([
  ['no day', { weekdays: [] }],
  ['no time', { from: '' }],
  ['no date', { since: '' }],
  ['an end before the beginning', { kind: 'once', ends: draft.begins }],
  ['no end', { kind: 'once', ends: '' }],
] as const)('%s is no entry', (_name, part) => {
  expect(dutyOf({ ...draft, ...part })).toBeNull()
})
