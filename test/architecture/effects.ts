import { type AstNode, type Finding, lineAt, parse, type SourceFile, walkAst } from '../tidy/source-tree.ts'
import { type Import, importsOfFile } from './module-graph.ts'

/** Libraries that only reckon. */
const PURE_PACKAGES = new Set(['zod', 'libphonenumber-js'])
/** Platform files that only reckon. */
const PURE_PLATFORM = /^server\/platform\/(errors?|json|text|result|time|wamid|digits|limits)[^/]*\.ts$/
const EFFECTS =
  /\b(Date\.now\(|new Date\(\s*\)|Math\.random\(|setTimeout\(|setInterval\(|setImmediate\(|queueMicrotask\(|fetch\(|process\.|performance\.|crypto\.|globalThis\.)/g

/** Types are only forms; but who asks for a connection or a clock will use it. */
const EFFECTFUL_TYPES = new Set(['server/platform/db.ts', 'server/platform/clock.ts'])
const EFFECTFUL_LAYERS = new Set(['store', 'append', 'edge', 'reactions', 'main'])

/**
 * Everything in a file that does more than reckon: waiting, clock, chance, network, process, and imports that do.
 * `layerByName` tells the layer of a path by its name.
 */
export function effectsOf(file: SourceFile, layerByName: (path: string) => string | null): readonly Finding[] {
  const imports = importsOfFile(file).filter((one) => isImpure(one, layerByName(one.target)))
  return [
    ...effectsInText(file),
    ...effectsInSyntax(file),
    ...imports.map((one) => ({ path: file.path, line: one.line, what: `imports ${one.specifier}` })),
  ]
}

function effectsInText(file: SourceFile): readonly Finding[] {
  const { code } = parse(file)
  return [...code.matchAll(EFFECTS)].map((match) => found(file, match.index, match[0]))
}

function effectsInSyntax(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = []
  walkAst(parse(file).program, (node: AstNode) => {
    if (node.async === true) findings.push(found(file, node.start, 'async'))
    if (node.type === 'AwaitExpression') findings.push(found(file, node.start, 'await'))
    if (node.type === 'ForOfStatement' && node.await === true) findings.push(found(file, node.start, 'for await'))
  })
  return findings
}

function isImpure(one: Import, layer: string | null): boolean {
  if (one.kind === 'node') return true
  if (one.kind === 'package') return !PURE_PACKAGES.has(one.target)
  if (layer !== 'platform') return EFFECTFUL_LAYERS.has(layer ?? '')
  return !PURE_PLATFORM.test(one.target) && !(one.typeOnly && !EFFECTFUL_TYPES.has(one.target))
}

function found(file: SourceFile, offset: number, what: string): Finding {
  return { path: file.path, line: lineAt(file.text, offset), what }
}
