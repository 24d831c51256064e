import { builtinModules } from 'node:module'
import {
  type AstNode,
  isTypeScript,
  lineAt,
  parse,
  type SourceFile,
  type SourceTree,
  walkAst,
} from '../tidy/source-tree.ts'

/** One import (or re-export) as it stands in a file. */
export interface Import {
  readonly from: string
  readonly line: number
  /** The name as written. */
  readonly specifier: string
  /** Path of ours, `node:…`, or the name of a package. */
  readonly target: string
  readonly kind: 'ours' | 'node' | 'package'
  /** Only types are taken: gone at run time. */
  readonly typeOnly: boolean
}

const BUILTINS = new Set(builtinModules)
const IMPORTING = new Set(['ImportDeclaration', 'ExportAllDeclaration', 'ExportNamedDeclaration', 'ImportExpression'])

/** Every import of every TypeScript file of the tree. */
export function importsOf(tree: SourceTree): readonly Import[] {
  return [...tree.values()].filter((file) => isTypeScript(file.path)).flatMap(importsOfFile)
}

/** Every import of one file, also `export … from` and `import()` of a fixed name. */
export function importsOfFile(file: SourceFile): readonly Import[] {
  const imports: Import[] = []
  walkAst(parse(file).program, (node) => {
    if (!IMPORTING.has(node.type)) return
    const source = node.source as AstNode | null
    if (source === null || typeof source.value !== 'string') return
    const specifier = source.value
    imports.push({
      from: file.path,
      line: lineAt(file.text, node.start),
      specifier,
      typeOnly: isTypeOnly(node),
      ...resolve(file.path, specifier),
    })
  })
  return imports
}

/** Which of our files import which: path → the paths it imports, those that exist. */
export function ourGraph(tree: SourceTree): ReadonlyMap<string, readonly Import[]> {
  const graph = new Map<string, Import[]>()
  for (const path of tree.keys()) if (isTypeScript(path)) graph.set(path, [])
  for (const one of importsOf(tree)) if (one.kind === 'ours' && graph.has(one.target)) graph.get(one.from)?.push(one)
  return graph
}

function resolve(from: string, specifier: string): Pick<Import, 'target' | 'kind'> {
  if (specifier.startsWith('node:') || BUILTINS.has(specifier)) {
    return { kind: 'node', target: specifier.startsWith('node:') ? specifier : `node:${specifier}` }
  }
  if (!specifier.startsWith('.')) return { kind: 'package', target: packageName(specifier) }
  const parts = from.split('/').slice(0, -1)
  for (const part of specifier.replace(/\?.*$/, '').split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return { kind: 'ours', target: parts.join('/') }
}

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}

function isTypeOnly(node: AstNode): boolean {
  if (node.importKind === 'type' || node.exportKind === 'type') return true
  const specifiers = node.specifiers as readonly AstNode[] | undefined
  return (
    node.type === 'ImportDeclaration' &&
    specifiers !== undefined &&
    specifiers.length > 0 &&
    specifiers.every((specifier) => specifier.importKind === 'type')
  )
}
