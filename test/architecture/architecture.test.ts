import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { failingSamples, type Rule, report } from '../tidy/rule.ts'
import { readSourceTree } from '../tidy/source-tree.ts'
import { noCycles } from './cycles.ts'
import { importsOf } from './module-graph.ts'
import { orphans } from './orphans.ts'
import { pureFiles } from './pure-files.ts'
import { ranks, slices } from './ranks.ts'
import { barrels, fetching, names, units, webLayers } from './separation.ts'

const RULES: readonly Rule[] = [ranks, slices, pureFiles, noCycles, units, webLayers, barrels, fetching, names, orphans]

const tree = readSourceTree(fileURLToPath(new URL('../..', import.meta.url)))

describe('the rules themselves', () => {
  test.each(RULES)('$name passes its good samples and refuses its bad ones', (rule) => {
    expect(rule.good.length, 'a rule needs a good sample').toBeGreaterThan(0)
    expect(rule.bad.length, 'a rule needs a bad sample').toBeGreaterThan(0)
    expect(failingSamples(rule)).toEqual([])
  })
})

describe('this repository', () => {
  test('is what is looked at', () => {
    expect(importsOf(tree).some((one) => one.from.startsWith('server/') && one.target.startsWith('contract/'))).toBe(
      true,
    )
  })

  test.each(RULES)('$name', (rule) => {
    expect(report(rule, tree)).toBe('')
  })
})
