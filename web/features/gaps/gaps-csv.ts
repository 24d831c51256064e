import type { CaptureGap } from '../../../contract/api/gaps.ts'
import type { Translate } from '../../app/language.ts'
import { partName, viewOf, wordsOfGap } from './gap-words.ts'

/** What a spreadsheet takes for the beginning of a formula. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * The register as a table for a spreadsheet, in the reader's language: times as ISO 8601 in UTC, every field quoted, and
 * none that a spreadsheet would run.
 */
export function gapsCsv(t: Translate, gaps: readonly CaptureGap[]): string {
  const views = { open: t('gaps.open'), over: t('gaps.over'), standing: t('gaps.standing') }
  const head = [
    ...[t('gaps.csvWhat'), t('gaps.csvWhy'), t('gaps.csvState'), t('gaps.csvSince'), t('gaps.csvUntil')],
    ...[t('gaps.csvCount'), t('gaps.csvParts')],
  ]
  const lines = gaps.map((gap) => {
    const { what, why } = wordsOfGap(gap)
    const until = gap.untilMs === null ? '' : instant(gap.untilMs)
    const parts = Object.entries(gap.evidence.parts ?? {}).map(([name, count]) => `${partName(t, name)}: ${count}`)
    return [t(what), t(why), views[viewOf(gap)], instant(gap.sinceMs), until, gap.count ?? '', parts.join('; ')]
  })
  // The mark in front tells spreadsheets that this is UTF-8.
  return `\ufeff${[head, ...lines].map((line) => line.map(field).join(',')).join('\r\n')}\r\n`
}

function instant(ms: number): string {
  return new Date(ms).toISOString()
}

export function field(value: string | number): string {
  const text = String(value)
  return `"${(FORMULA.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
}
