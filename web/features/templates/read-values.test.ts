import { expect, test } from 'vitest'
import type { TemplateInput } from '../../../contract/template-send.ts'
import { readValue } from './read-values.ts'

const input = (kind: TemplateInput['kind']): TemplateInput => ({
  key: 'x',
  kind,
  name: null,
  sample: null,
  sampleId: null,
})

test.each<[TemplateInput['kind'], string, ReturnType<typeof readValue>]>([
  ['text', '  Huda\nAli ', 'Huda Ali'],
  ['text', 'a\t\tb', 'a b'],
  ['text', 'a       b', 'a    b'],
  ['text', ' ', undefined],
  ['location', '24.7136, 46.6753', { latitude: 24.7136, longitude: 46.6753 }],
  ['location', '24.7136، 46.6753', { latitude: 24.7136, longitude: 46.6753 }],
  ['location', '95, 46', undefined],
  ['location', 'Riyadh', undefined],
  ['time', '2026-11-23T09:00:00Z', String(Date.UTC(2026, 10, 23, 9))],
  ['time', 'soon', undefined],
])('%s %j', (kind, typed, value) => {
  expect(readValue(input(kind), typed)).toEqual(value)
})
