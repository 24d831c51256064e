import type { Rule } from '../tidy/rule.ts'
import { isTest, isTypeScript, type SourceTree } from '../tidy/source-tree.ts'
import { importsOf } from './module-graph.ts'

/** Files that something other than an import starts: a program, a page, a configuration. */
const ENTRIES = [
  /^server\/main\.ts$/,
  /^server\/cli\/(main|wasl)\.ts$/,
  /^simulator\/main\.ts$/,
  /^bench\/main\.ts$/,
  /^web\/main\.tsx$/,
  /(^|\/)vite(st)?\.config\.ts$/,
  /^test\/support\/(global|setup)[^/]*\.ts$/,
  /\.test\.tsx?$/,
  /\.d\.ts$/,
]

export const orphans: Rule = {
  name: 'no-orphans',
  instead: 'delete it, or use it: a module nobody imports is read for nothing',
  check: orphaned,
  good: [
    { 'server/main.ts': "import './a.ts'", 'server/a.ts': '' },
    { 'bin/sim': 'exec node simulator/seed-main.ts', 'simulator/seed-main.ts': '' },
    { 'web/index.html': '<script type="module" src="/main.tsx">', 'web/main.tsx': '' },
  ],
  bad: [
    { 'server/main.ts': '', 'server/a.ts': '' },
    { 'server/a.ts': '', 'server/a.test.ts': "import './a.ts'" },
  ],
}

/** A file is used when a file that is no test imports it, or a script, a page or a string of another file names it. */
function orphaned(tree: SourceTree) {
  const used = new Set(
    importsOf(tree)
      .filter((one) => !isTest(one.from) || isTest(one.target))
      .map((one) => one.target),
  )
  const scripts = [...tree.values()].filter((file) =>
    /^bin\/|^\.ci\/|^package\.json$|\.html$|^vitest\.config\.ts$/.test(file.path),
  )
  return [...tree.keys()]
    .filter((path) => isTypeScript(path) && !used.has(path) && !ENTRIES.some((entry) => entry.test(path)))
    .filter((path) => !scripts.some((file) => file.text.includes(path)) && !isSpawned(path, tree))
    .map((path) => ({ path, line: 1, what: 'nobody imports it' }))
}

/** A worker or a child process: another module of the same unit (tests too, for what supports them) names the file. */
function isSpawned(path: string, tree: SourceTree): boolean {
  const name = path.split('/').at(-1) ?? ''
  const unit = path.split('/')[0] ?? ''
  const naming = new RegExp(`(new URL|join)\\([^)]*['"/]${name.replaceAll('.', '\\.')}['"]`)
  const mayName = (other: string) => (unit === 'test' ? isTest(other) : other.startsWith(`${unit}/`) && !isTest(other))
  return [...tree.values()].some((file) => file.path !== path && mayName(file.path) && naming.test(file.text))
}
