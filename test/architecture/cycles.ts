import type { Rule } from '../tidy/rule.ts'
import type { Finding, SourceTree } from '../tidy/source-tree.ts'
import { ourGraph } from './module-graph.ts'

export const noCycles: Rule = {
  name: 'no-cycles',
  instead: 'move what both need into a third file below them',
  check: cycles,
  good: [{ 'a.ts': "import './b.ts'", 'b.ts': '' }],
  bad: [
    { 'a.ts': "import './b.ts'", 'b.ts': "import './a.ts'" },
    { 'a.ts': "import './b.ts'", 'b.ts': "import './c.ts'", 'c.ts': "import type { A } from './a.ts'" },
    { 'a.ts': "export { a } from './a.ts'" },
  ],
}

/** Each cycle once, as found by walking in depth; `line` is that of the import which closes it. */
function cycles(tree: SourceTree): readonly Finding[] {
  const graph = ourGraph(tree)
  const done = new Set<string>()
  const trail: string[] = []
  const findings: Finding[] = []
  const visit = (path: string) => {
    trail.push(path)
    for (const one of graph.get(path) ?? []) {
      const start = trail.indexOf(one.target)
      if (start !== -1) findings.push({ path, line: one.line, what: [...trail.slice(start), one.target].join(' → ') })
      else if (!done.has(one.target)) visit(one.target)
    }
    trail.pop()
    done.add(path)
  }
  for (const path of graph.keys()) if (!done.has(path)) visit(path)
  return findings
}
