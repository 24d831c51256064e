import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { HEALTH_REASONS, type HealthLine } from '../../../contract/api/care.ts'
import english from '../../locales/en.json' with { type: 'json' }
import { headingsOf } from '../../ui/heading-anchors.ts'
import { placeOf } from './health-words.ts'

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
