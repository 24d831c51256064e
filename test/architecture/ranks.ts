import type { Rule } from '../tidy/rule.ts'
import { isTest, type SourceTree } from '../tidy/source-tree.ts'
import { LAYERS, type Layer, layerOf, OPEN_TO_ALL, rankOf, sliceOf } from './layers.ts'
import { type Import, importsOf } from './module-graph.ts'

export const ranks: Rule = {
  name: 'imports-go-down',
  instead: `import only what stands below: ${LAYERS.join(' ← ')}; move the shared part down, or go through reactions.ts`,
  check: (tree) => serverImports(tree).flatMap((one) => finding(one, upward(one, tree))),
  good: [
    {
      'server/inbox/routes.ts': "import { send } from './send-message.ts'",
      'server/inbox/send-message.ts': 'export const send = 1',
    },
    { 'server/sync/store.ts': "import { p } from '../platform/db.ts'", 'server/platform/db.ts': 'export const p = 1' },
    { 'server/inbox/decide.test.ts': "import { main } from '../main.ts'", 'server/main.ts': 'export const main = 1' },
  ],
  bad: [
    { 'server/inbox/decide.ts': "import { s } from './store.ts'", 'server/inbox/store.ts': 'export const s = 1' },
    { 'server/inbox/store.ts': "import type { R } from './routes.ts'", 'server/inbox/routes.ts': 'export type R = 1' },
    {
      'server/platform/db.ts': "import { d } from '../inbox/decide.ts'",
      'server/inbox/decide.ts': 'export const d = 1',
    },
    { 'server/reactions.ts': "export { m } from './main.ts'", 'server/main.ts': 'export const m = 1' },
  ],
}

export const slices: Rule = {
  name: 'slices-apart',
  instead:
    'of another slice take its pure files, inbox/append and whatsapp/client; effects between slices go through reactions.ts',
  check: (tree) => serverImports(tree).flatMap((one) => finding(one, acrossSlices(one, tree))),
  good: [
    {
      'server/sync/import-history.ts': "import { a } from '../inbox/append.ts'",
      'server/inbox/append.ts': 'export const a = 1',
    },
    {
      'server/sync/import-history.ts': "import { w } from '../outbound/window.ts'",
      'server/outbound/window.ts': 'export const w = 1',
    },
    { 'server/inbox/routes.ts': "import { s } from './store.ts'", 'server/inbox/store.ts': 'export const s = 1' },
  ],
  bad: [
    {
      'server/sync/import-history.ts': "import { s } from '../inbox/store.ts'",
      'server/inbox/store.ts': 'export const s = 1',
    },
    {
      'server/sync/import-history.ts': "import { s } from '../outbound/send-message.ts'",
      'server/outbound/send-message.ts': 'export async function s() {}',
    },
  ],
}

/** What the rules about layers look at: imports between files of server and contract that exist, tests left out. */
function serverImports(tree: SourceTree): readonly Import[] {
  return importsOf(tree).filter((one) => one.kind === 'ours' && tree.has(one.target) && !isTest(one.from))
}

function finding(one: Import, what: string | null) {
  return what === null ? [] : [{ path: one.from, line: one.line, what }]
}

function upward(one: Import, tree: SourceTree): string | null {
  const from = layerIn(tree, one.from)
  const to = layerIn(tree, one.target)
  if (from === null || to === null || rankOf(to) <= rankOf(from)) return null
  return `${from} imports ${to}: ${one.target}`
}

function acrossSlices(one: Import, tree: SourceTree): string | null {
  const from = sliceOf(one.from)
  const to = sliceOf(one.target)
  if (from === null || to === null || from === to || from === 'cli') return null
  const layer = layerIn(tree, one.target)
  if (layer === 'platform' || layer === 'pure' || OPEN_TO_ALL.has(one.target)) return null
  return `${from} reaches into ${to}: ${one.target} (${layer})`
}

function layerIn(tree: SourceTree, path: string): Layer | null {
  const file = tree.get(path)
  return file === undefined ? null : layerOf(file)
}
