import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'vite'

/** Files larger than this are no source. Bytes. */
const FILE_BYTES_MAX = 1_000_000

const SKIPPED_FOLDERS = new Set(['node_modules', '.git', '.build', 'dist', 'data', 'coverage', 'tmp'])
// `.git` is a file in a worktree of git's.
const SKIPPED_FILES = new Set(['package-lock.json', '.env', '.git'])
const TEXT_FILE =
  /\.(ts|tsx|mts|js|mjs|json|md|sql|css|html|sh|yml|yaml|svg)$|^bin\/[a-z-]+$|^\.[a-z]+(rc|ignore)$|^\.ci\/run$/

/** Known by their names alone, so that a document may show them. */
const PICTURE = /\.(png|jpg|webp)$/

/** One file of the repository; `path` is relative to its root, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The repository, or a small pretended one in a sample. */
export type SourceTree = ReadonlyMap<string, SourceFile>

/** What a rule found: where, and what about it. */
export interface Finding {
  readonly path: string
  readonly line: number
  readonly what: string
}

/** Reads every text file below `root`, and the names of pictures, but what is built, installed or stored there. */
export function readSourceTree(root: string): SourceTree {
  const files = new Map<string, SourceFile>()
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) walk(path)
      if (!entry.isFile() || SKIPPED_FILES.has(entry.name) || entry.name.endsWith('.log')) continue
      if (PICTURE.test(path)) files.set(path, { path, text: '' })
      // Of the root everything is looked at, so that nothing is left lying there.
      if (PICTURE.test(path) || (folder !== '' && !TEXT_FILE.test(path))) continue
      if (statSync(join(root, path)).size > FILE_BYTES_MAX) continue
      files.set(path, { path, text: readFileSync(join(root, path), 'utf8') })
    }
  }
  walk('')
  return files
}

/** Makes a tree of a sample: path → text. */
export function pretendTree(sample: Readonly<Record<string, string>>): SourceTree {
  return new Map(Object.entries(sample).map(([path, text]) => [path, { path, text }]))
}

export function isTypeScript(path: string): boolean {
  return /\.(ts|tsx)$/.test(path) && !path.endsWith('.d.ts')
}

export function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('simulator/testing/')
}

/** Line of a character, counted from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** A node of the ESTree that the parser gives; fields beyond these are read by name. */
export interface AstNode {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [field: string]: unknown
}

interface Parsed {
  readonly program: AstNode
  /** The text with every comment blanked, of the same length and lines. */
  readonly code: string
}

const parsedByText = new Map<string, Parsed>()

/** Parses TypeScript once per text. Throws with the place when it is not TypeScript. */
export function parse(file: SourceFile): Parsed {
  const key = `${file.path}\n${file.text}`
  const known = parsedByText.get(key)
  if (known !== undefined) return known
  const result = parseSync(file.path, file.text)
  const fault = result.errors[0]
  if (fault !== undefined) throw new Error(`${file.path} cannot be parsed: ${fault.message}\n${fault.codeframe ?? ''}`)
  let code = file.text
  for (const comment of result.comments) {
    const blank = file.text.slice(comment.start, comment.end).replace(/[^\n]/g, ' ')
    code = code.slice(0, comment.start) + blank + code.slice(comment.end)
  }
  const parsed = { program: result.program as unknown as AstNode, code }
  parsedByText.set(key, parsed)
  return parsed
}

/** Calls `visit` for every node below `node`, outermost first, with its parent. */
export function walkAst(node: AstNode, visit: (node: AstNode, parent: AstNode | null) => void): void {
  const step = (value: unknown, parent: AstNode | null) => {
    if (Array.isArray(value)) for (const item of value) step(item, parent)
    if (!isNode(value)) return
    visit(value, parent)
    for (const [field, child] of Object.entries(value)) if (field !== 'loc') step(child, value)
  }
  step(node, null)
}

function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && !Array.isArray(value)
}
