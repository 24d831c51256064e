import { isTest, type SourceFile } from '../tidy/source-tree.ts'
import { effectsOf } from './effects.ts'

/**
 * What a file of the server is, told by its name; see ARCHITECTURE.md. Imports go from a later layer to an earlier one.
 */
export const LAYERS = [
  'contract',
  'platform',
  'pure',
  'store',
  'append',
  'use case',
  'edge',
  'reactions',
  'main',
] as const
export type Layer = (typeof LAYERS)[number]

/** Use cases are called `<verb>-<noun>.ts`, with one of these verbs. */
const VERBS = new Set(
  `accept add answer apply append ask assign block cancel change check choose claim close commit complete confirm connect count create
  decline delete deliver disconnect download drain drop edit end enqueue enter expire export fail fetch find get
  import keep leave list load lose mark merge migrate move note notify open ping place play post project prune
  publish purge push put read receive reconnect record refresh register release remove replay report request resolve resume retry
  rotate run save schedule seal search seed send serve set settle show sign split start stop store subscribe sweep switch sync
  take tell undo unsend update upload use verify view wait watch write`.split(/\s+/),
)

/** Files whose effect is not in their name, and why. */
const NAMED: ReadonlyMap<string, Layer> = new Map([
  // The one writer of threads and feed; other slices may call it.
  ['server/inbox/append.ts', 'append'],
  ['server/reactions.ts', 'reactions'],
  // Says what the process was given; knows no domain.
  ['server/config.ts', 'platform'],
  ['server/config-media.ts', 'platform'],
])

/**
 * The layer of a file, or `null` when it is no part of contract and server, or a test. A file called `<verb>-<noun>` that
 * only reckons is pure, whatever it is called: the name allows effects, it does not ask for them.
 */
export function layerOf(file: SourceFile): Layer | null {
  const layer = layerByName(file.path)
  return layer === 'use case' && effectsOf(file, layerByName).length === 0 ? 'pure' : layer
}

/** The layer that the name of a file says. */
export function layerByName(path: string): Layer | null {
  if (isTest(path)) return null
  if (path.startsWith('contract/')) return 'contract'
  if (!path.startsWith('server/')) return null
  const named = NAMED.get(path)
  if (named !== undefined) return named
  if (path.startsWith('server/platform/')) return 'platform'
  // Beside main.ts stand the parts of the composition root; the commands of bin/wasl are roots of their own.
  if (path.startsWith('server/cli/') || path.split('/').length === 2) return 'main'
  return layerOfSliceFile(path.split('/').at(-1) ?? '')
}

/** `server/inbox/store.ts` → `inbox`; `null` outside the slices. */
export function sliceOf(path: string): string | null {
  const parts = path.split('/')
  return parts[0] === 'server' && parts.length > 2 ? (parts[1] ?? null) : null
}

/** What any slice may call besides pure files: the writers of the feed and of a number's state, the one caller of Graph. */
export const OPEN_TO_ALL: ReadonlySet<string> = new Set([
  'server/inbox/append.ts',
  'server/numbers/state-store.ts',
  'server/whatsapp/client.ts',
])

export function rankOf(layer: Layer): number {
  return LAYERS.indexOf(layer)
}

function layerOfSliceFile(file: string): Layer {
  const name = file.replace(/\.tsx?$/, '')
  if (name.endsWith('.job') || name === 'routes' || name.endsWith('-routes')) return 'edge'
  // A WebSocket is a door, as a route is.
  if (name === 'stream' || name.endsWith('-stream')) return 'edge'
  if (name.endsWith('store') || name === 'client' || name.endsWith('-client')) return 'store'
  const verb = /^([a-z]+)-[a-z]/.exec(name)?.[1]
  return verb !== undefined && VERBS.has(verb) ? 'use case' : 'pure'
}
