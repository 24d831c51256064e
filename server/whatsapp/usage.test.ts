import { expect, test } from 'vitest'
import { readUsage, type Usage } from './usage.ts'

const ACCOUNT = '102290129340398'
const told = (...rows: unknown[]) => JSON.stringify({ [ACCOUNT]: rows })
const usage = (percent: number, more: Partial<Usage> = {}): Usage => ({
  ...{ objectId: ACCOUNT, type: 'whatsapp', percent, regainMinutes: 0 },
  ...more,
})
const row = (more: object = {}) => ({
  ...{ type: 'whatsapp', call_count: 28, total_cputime: 25, total_time: 26 },
  ...{ estimated_time_to_regain_access: 0, ...more },
})

test.each<[string, string | null, Usage[]]>([
  ['the fullest is of calls', told(row()), [usage(28)]],
  ['the fullest is of computing time', told(row({ total_cputime: 91 })), [usage(91)]],
  ['the fullest is of time in all', told(row({ total_time: 120 })), [usage(120)]],
  ['minutes', told(row({ estimated_time_to_regain_access: 19 })), [usage(28, { regainMinutes: 19 })]],
  ['two kinds', told(row(), row({ type: 'other', call_count: 99 })), [usage(28), usage(99, { type: 'other' })]],
  [
    'two objects',
    JSON.stringify({ 1: [row()], 2: [row()] }),
    [usage(28, { objectId: '1' }), usage(28, { objectId: '2' })],
  ],
  ['one figure alone', told({ type: 'whatsapp', call_count: 7 }), [usage(7)]],
  ['no type', told({ call_count: 7 }), [usage(7, { type: '' })]],
  ['a figure that is none', told(row({ call_count: '28', total_time: -1 })), [usage(25)]],
  ['minutes that are none', told(row({ estimated_time_to_regain_access: 'soon' })), [usage(28)]],
  ['a row that is none', told(null, 'x', row()), [usage(28)]],
  ['no figures', told({ type: 'whatsapp' }), []],
  ['endless', `{"1":[{"call_count":1e999}]}`, []],
  ['no rows', JSON.stringify({ [ACCOUNT]: {} }), []],
  ['a list', '[1]', []],
  ['half of it', '{"1":[{"call_co', []],
  ['nothing in it', '', []],
  ['no header', null, []],
])('the usage header: %s', (_name, header, expected) => {
  expect(readUsage(header)).toEqual(expected)
})
