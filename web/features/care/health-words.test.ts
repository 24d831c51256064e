import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HEALTH_REASONS, type HealthLine } from '../../../contract/api/care.ts'
import { formatsFor } from '../../app/formats.ts'
import english from '../../locales/en.json' with { type: 'json' }
import { headingsOf } from '../../ui/heading-anchors.ts'
import { lineWords, placeOf } from './health-words.ts'

const LINES = Object.entries(HEALTH_REASONS).flatMap(([key, reasons]) =>
  reasons.map((reason) => ({ key, reason, status: 'act', values: {}, atMs: null }) as HealthLine),
)

test('every sentence that a line may say has words, and no words are left over', () => {
  const said = new Set(LINES.map(({ key, reason }) => `health.${key}.${reason}`))
  const lines = new Set(Object.keys(HEALTH_REASONS))
  const written = Object.keys(english).filter((key) => key.startsWith('health.') && lines.has(key.split('.')[1] ?? ''))
  expect(written.sort()).toEqual([...said].sort())
})

test.each(['en', 'ar'])('every line leads to a place that is there, in %s', (language) => {
  const missing = LINES.map((line) => placeOf(line)).filter((place) => {
    if (place === null) return true
    const text = readFileSync(join(import.meta.dirname, `../playbooks/pages/${language}/${place[0]}.md`), 'utf8')
    return !headingsOf(text).some((heading) => heading.id === place[1])
  })
  expect(missing).toEqual([])
})

test('a share is shown as one, a time as the hour, a code without separators', () => {
  const line = { key: 'management', reason: 'resting', status: 'look', atMs: null } as const
  const formats = formatsFor({ language: 'en', digits: 'latn', calendar: 'gregory' }, 'UTC')
  const values = { percent: 95, untilMs: Date.UTC(2026, 10, 23, 9, 30), code: 131042, count: 1200 }
  const said = lineWords((key, shown) => `${key} ${JSON.stringify(shown)}`, formats, { ...line, values })
  const shown = { percent: '95%', untilMs: '09:30', code: '131042', count: '1,200' }
  expect(said).toBe(`health.management.resting ${JSON.stringify(shown)}`)
})
