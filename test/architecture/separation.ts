import { fileRule, type Rule } from '../tidy/rule.ts'
import { type AstNode, isTest, isTypeScript, lineAt, parse, walkAst } from '../tidy/source-tree.ts'
import { type Import, importsOf } from './module-graph.ts'

/** Which compile unit may import which; a unit may always import itself. Tests stand outside. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  server: ['contract'],
  web: ['contract'],
  // A second reading of Meta's documents: a shared type would make a shared mistake invisible.
  simulator: [],
  bench: ['contract', 'server', 'simulator', 'test'],
}
/** Packages of the contract: it runs in browser and server. */
const CONTRACT_PACKAGES = new Set(['zod'])
/** The files of the server that may call out over the network, besides every `client.ts`. */
const MAY_FETCH = /(^|\/|-)client\.ts$|^server\/platform\/simulator-(clock|process)\.ts$|^server\/cli\//
const FORBIDDEN_NAMES = /(^|\/)(utils?|helpers?|common|manager|types|misc|shared)(\.tsx?|\/)/

export const units: Rule = {
  name: 'units-apart',
  instead: 'server and web meet in contract/; the simulator shares nothing with anybody, it speaks HTTP',
  check: (tree) => importsOf(tree).flatMap((one) => (isTest(one.from) ? [] : wrongUnit(one))),
  good: [
    { 'server/a.ts': "import '../contract/b.ts'", 'contract/b.ts': "import { z } from 'zod'" },
    { 'simulator/a.ts': "import './b.ts'\nimport fastify from 'fastify'" },
  ],
  bad: [
    { 'simulator/a.ts': "import type { M } from '../contract/b.ts'" },
    { 'simulator/web/a.ts': "import { x } from '../../server/b.ts'" },
    { 'server/a.ts': "import { x } from '../simulator/b.ts'" },
    { 'server/a.ts': "const x = await import('../simulator/b.ts')" },
    { 'web/a.tsx': "import { x } from '../server/b.ts'" },
    { 'contract/a.ts': "import pg from 'pg'" },
    { 'contract/a.ts': "import { x } from '../server/b.ts'" },
  ],
}

export const webLayers: Rule = {
  name: 'ui-knows-no-domain',
  instead: 'web/ui takes what it shows as properties; web/sync knows no component',
  check: (tree) =>
    importsOf(tree)
      .filter((one) => !isTest(one.from))
      .flatMap(wrongWebLayer),
  good: [{ 'web/features/inbox/list.tsx': "import '../../ui/button.tsx'\nimport '../../sync/store.ts'" }],
  bad: [
    { 'web/ui/button.tsx': "import { s } from '../sync/store.ts'" },
    { 'web/ui/button.tsx': "import type { Message } from '../../contract/message.ts'" },
    { 'web/sync/store.ts': "import { a } from '../features/inbox/list.tsx'" },
  ],
}

export const barrels = fileRule({
  name: 'no-barrels',
  instead: 'import the file that has it: a barrel makes everything depend on everything',
  where: (path) => isTypeScript(path),
  checkFile: (file) => {
    const body = parse(file).program.body as readonly AstNode[]
    const passesOn = body.filter(
      (node) => /^Export(All|Named)Declaration$/.test(node.type) && node.source !== null && node.source !== undefined,
    )
    const all = passesOn.filter((node) => node.type === 'ExportAllDeclaration' || passesOn.length === body.length)
    return all.map((node) => ({
      path: file.path,
      line: lineAt(file.text, node.start),
      what: file.text.slice(node.start, node.end),
    }))
  },
  good: [{ 'server/a.ts': "import { b } from './b.ts'\nexport const a = b" }],
  bad: [{ 'server/index.ts': "export { a } from './a.ts'" }, { 'server/a.ts': "export * from './b.ts'\nconst a = 1" }],
})

export const fetching = fileRule({
  name: 'client-calls-out',
  instead: 'call out from a client.ts alone, so that one place knows time-outs, errors and secrets',
  where: (path) => path.startsWith('server/') && isTypeScript(path) && !isTest(path) && !MAY_FETCH.test(path),
  checkFile: (file) => {
    const findings: { path: string; line: number; what: string }[] = []
    walkAst(parse(file).program, (node) => {
      const callee = node.type === 'CallExpression' ? (node.callee as AstNode) : null
      if (callee?.type !== 'Identifier' || callee.name !== 'fetch') return
      findings.push({ path: file.path, line: lineAt(file.text, node.start), what: 'fetch(' })
    })
    return findings
  },
  good: [{ 'server/whatsapp/client.ts': 'fetch(url)' }, { 'server/numbers/simulator-client.ts': 'fetch(url)' }],
  bad: [{ 'server/inbox/routes.ts': 'await fetch(url)' }],
})

export const names: Rule = {
  name: 'no-drawers',
  instead: 'name the file after the one thing it does',
  check: (tree) =>
    [...tree.keys()]
      .filter((path) => isTypeScript(path) && FORBIDDEN_NAMES.test(path))
      .map((path) => ({ path, line: 1, what: 'a drawer, not a job' })),
  good: [{ 'server/platform/clock.ts': '' }],
  bad: [{ 'server/utils.ts': '' }, { 'web/helpers/a.ts': '' }, { 'contract/types.ts': '' }],
}

function wrongUnit(one: Import) {
  const unit = one.from.split('/')[0] ?? ''
  const allowed = MAY_IMPORT[unit]
  if (allowed === undefined) return []
  const target = one.target.split('/')[0] ?? ''
  const isWrong =
    one.kind === 'ours'
      ? one.target.includes('/') && target !== unit && !allowed.includes(target)
      : unit === 'contract' && !CONTRACT_PACKAGES.has(one.target)
  return isWrong ? [{ path: one.from, line: one.line, what: `${unit} imports ${one.target}` }] : []
}

function wrongWebLayer(one: Import) {
  const isWrong =
    (one.from.startsWith('web/ui/') && /^(contract|web\/(sync|features|app))\//.test(one.target)) ||
    (one.from.startsWith('web/sync/') && /^web\/(ui|features|app)\//.test(one.target))
  return isWrong ? [{ path: one.from, line: one.line, what: `imports ${one.target}` }] : []
}
