import { fileRule } from './rule.ts'
import {
  type AstNode,
  type Finding,
  isTest,
  isTypeScript,
  lineAt,
  parse,
  type SourceFile,
  walkAst,
} from './source-tree.ts'

/** Lines of one file, of one function. */
const FILE_LINES_MAX = 400
const FUNCTION_LINES_MAX = 70
/** Files are told apart by their tail: nine of ten should be no longer than this. */
export const FILE_LINES_P90_AIM = 200

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'])
/** Calls whose callback is a frame for tests, not a function anybody reads as one. */
const TEST_FRAMES = new Set(['describe', 'suite', 'describe.each', 'describe.skipIf', 'describe.runIf'])

export const fileLength = fileRule({
  name: 'file-length',
  instead: `split by job: a file has at most ${FILE_LINES_MAX} lines (aim at ${FILE_LINES_P90_AIM})`,
  where: (path) => /\.(ts|tsx|css|mjs)$/.test(path) && !path.startsWith('fixtures/'),
  checkFile: (file) => {
    const lines = countLines(file.text)
    return lines > FILE_LINES_MAX ? [{ path: file.path, line: 1, what: `${lines} lines` }] : []
  },
  good: [{ 'server/a.ts': 'const a = 1\n'.repeat(FILE_LINES_MAX) }],
  bad: [{ 'server/a.ts': 'const a = 1\n'.repeat(FILE_LINES_MAX + 1) }],
})

export const functionLength = fileRule({
  name: 'function-length',
  instead: `take steps out into functions of their own: at most ${FUNCTION_LINES_MAX} lines`,
  where: isTypeScript,
  checkFile: longFunctions,
  good: [
    { 'server/a.ts': `function a() {\n${'  b()\n'.repeat(FUNCTION_LINES_MAX - 2)}}\n` },
    { 'server/a.test.ts': `describe('a', () => {\n${'  b()\n'.repeat(FUNCTION_LINES_MAX)}})\n` },
  ],
  bad: [
    { 'server/a.ts': `function a() {\n${'  b()\n'.repeat(FUNCTION_LINES_MAX - 1)}}\n` },
    { 'web/a.tsx': `export const A = () => {\n${'  b()\n'.repeat(FUNCTION_LINES_MAX)}  return <p />\n}\n` },
    { 'server/a.ts': `class A {\n  b() {\n${'    c()\n'.repeat(FUNCTION_LINES_MAX)}  }\n}\n` },
    { 'server/a.test.ts': `test('a', () => {\n${'  b()\n'.repeat(FUNCTION_LINES_MAX)}})\n` },
  ],
})

/** Lines per file of everything that is no test: median, nine of ten, longest. */
export function lengthReport(files: Iterable<SourceFile>): { median: number; p90: number; max: number; files: number } {
  const lengths = [...files]
    .filter((file) => isTypeScript(file.path) && !isTest(file.path))
    .map((file) => countLines(file.text))
    .sort((a, b) => a - b)
  const at = (share: number) => lengths[Math.min(lengths.length - 1, Math.floor(lengths.length * share))] ?? 0
  return { median: at(0.5), p90: at(0.9), max: at(1), files: lengths.length }
}

function longFunctions(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = []
  walkAst(parse(file).program, (node, parent) => {
    if (!FUNCTIONS.has(node.type) || isTestFrame(file, parent)) return
    const first = lineAt(file.text, node.start)
    const lines = lineAt(file.text, node.end - 1) - first + 1
    if (lines > FUNCTION_LINES_MAX)
      findings.push({ path: file.path, line: first, what: `a function of ${lines} lines` })
  })
  return findings
}

function isTestFrame(file: SourceFile, parent: AstNode | null): boolean {
  if (!isTest(file.path) || parent?.type !== 'CallExpression') return false
  const callee = parent.callee as AstNode
  const name = file.text.slice(callee.start, callee.end).replace(/\([\s\S]*\)$/, '')
  return TEST_FRAMES.has(name)
}

function countLines(text: string): number {
  return text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
}
