import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { bannedSyntax } from './banned-syntax.ts'
import { bannedText } from './banned-text.ts'
import { changelog, documentedPaths, rootFiles, typeGuide } from './documents.ts'
import { FILE_LINES_P90_AIM, fileLength, functionLength, lengthReport } from './limits.ts'
import { failingSamples, type Rule, report } from './rule.ts'
import { readSourceTree } from './source-tree.ts'
import { words } from './words.ts'

const RULES: readonly Rule[] = [
  fileLength,
  functionLength,
  ...bannedSyntax,
  ...bannedText,
  ...words,
  rootFiles,
  documentedPaths,
  typeGuide,
  changelog,
]

const tree = readSourceTree(fileURLToPath(new URL('../..', import.meta.url)))

describe('the rules themselves', () => {
  test.each(RULES)('$name passes its good samples and refuses its bad ones', (rule) => {
    expect(rule.good.length, 'a rule needs a good sample').toBeGreaterThan(0)
    expect(rule.bad.length, 'a rule needs a bad sample').toBeGreaterThan(0)
    expect(failingSamples(rule)).toEqual([])
  })

  test('names are unique', () => {
    expect(new Set(RULES.map((rule) => rule.name)).size).toBe(RULES.length)
  })
})

describe('this repository', () => {
  test('is what is looked at', () => {
    expect(tree.size).toBeGreaterThan(20)
    expect([...tree.keys()]).toContain('server/platform/db.ts')
  })

  test.each(RULES)('$name', (rule) => {
    expect(report(rule, tree)).toBe('')
  })

  test(`nine of ten files have at most ${FILE_LINES_P90_AIM} lines`, () => {
    const lengths = lengthReport(tree.values())
    expect(lengths.p90, JSON.stringify(lengths)).toBeLessThanOrEqual(FILE_LINES_P90_AIM)
  })
})
