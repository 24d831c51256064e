import { expect, test } from 'vitest'
import type { CaptureGap } from '../../../contract/api/gaps.ts'
import type { Translate } from '../../app/language.ts'
import { field, gapsCsv } from './gaps-csv.ts'

const t: Translate = (key) => key

test('a gap is a line: words, state, times in UTC, count and parts', () => {
  const gap: CaptureGap = {
    key: 'file_missing',
    kind: 'file_missing',
    sinceMs: Date.UTC(2026, 10, 23, 9),
    untilMs: null,
    count: 3,
    evidence: { parts: { expired: 1, 'a "new" one': 2 } },
    firstSeenAtMs: 0,
    lastSeenAtMs: 0,
  }
  const [head, line, end] = gapsCsv(t, [gap]).split('\r\n')
  expect(head).toBe(
    '\ufeff"gaps.csvWhat","gaps.csvWhy","gaps.csvState","gaps.csvSince","gaps.csvUntil","gaps.csvCount","gaps.csvParts"',
  )
  expect(line).toBe(
    '"gap.fileMissing","gap.fileMissingLead","gaps.open","2026-11-23T09:00:00.000Z","","3","gapPart.expired: 1; a ""new"" one: 2"',
  )
  expect(end).toBe('')
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('no spreadsheet runs %j', (text) => {
  expect(field(text)).toBe(`"'${text}"`)
})

test('other fields stay as they are', () => {
  expect([field('a=b'), field(12), field('')]).toEqual(['"a=b"', '"12"', '""'])
})
