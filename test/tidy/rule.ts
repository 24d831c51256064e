import { type Finding, pretendTree, type SourceFile, type SourceTree } from './source-tree.ts'

/** Path → text of a small pretended repository. */
export type Sample = Readonly<Record<string, string>>

/** A rule of the house: a pure function over the tree, what to do instead, and samples that show it works. */
export interface Rule {
  readonly name: string
  /** What to do instead, as one would tell a colleague. */
  readonly instead: string
  readonly check: (tree: SourceTree) => readonly Finding[]
  readonly good: readonly Sample[]
  readonly bad: readonly Sample[]
}

/** Makes a rule that looks at one file at a time. */
export function fileRule(
  rule: Omit<Rule, 'check'> & {
    readonly where: (path: string) => boolean
    readonly checkFile: (file: SourceFile) => readonly Finding[]
  },
): Rule {
  const { where, checkFile, ...rest } = rule
  const check = (tree: SourceTree) => [...tree.values()].filter((file) => where(file.path)).flatMap(checkFile)
  return { ...rest, check }
}

/** Findings as text: one line each, `path:line  what`, then what to do instead. Empty when there is none. */
export function report(rule: Rule, tree: SourceTree): string {
  const findings = rule.check(tree)
  if (findings.length === 0) return ''
  const lines = findings.map((finding) => `  ${finding.path}:${finding.line}  ${finding.what}`)
  return `${rule.name}: ${rule.instead}\n${lines.join('\n')}`
}

/** The samples that do not behave: good ones that are refused, bad ones that pass. */
export function failingSamples(rule: Rule): readonly string[] {
  const refused = rule.good.filter((sample) => rule.check(pretendTree(sample)).length > 0)
  const passed = rule.bad.filter((sample) => rule.check(pretendTree(sample)).length === 0)
  return [
    ...refused.map(
      (sample) => `refused although good: ${JSON.stringify(sample)}\n${report(rule, pretendTree(sample))}`,
    ),
    ...passed.map((sample) => `passed although bad: ${JSON.stringify(sample)}`),
  ]
}
