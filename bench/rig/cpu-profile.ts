import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Stages that used less of the time than this are summed up as `other`. Share of the busy time. */
const SHARE_SHOWN_MIN = 0.01

interface ProfileNode {
  readonly id: number
  readonly callFrame: { readonly functionName: string; readonly url: string }
  readonly children?: readonly number[]
}
interface CpuProfile {
  readonly nodes: readonly ProfileNode[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

/**
 * Where the server's own CPU went, from the profiles that V8 wrote into `folder`: each sample counts for the innermost
 * file of ours on the stack, and beside it for the package that was running. The largest first, one line each.
 */
export function profileNotes(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))
  const profiles = names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile)
  const largest = profiles.sort((a, b) => b.samples.length - a.samples.length)[0]
  return largest === undefined ? [] : shares(timeByStage(largest))
}

/** Busy microseconds by stage; what the process slept is left out. */
export function timeByStage(profile: CpuProfile): ReadonlyMap<string, number> {
  const nodes = new Map(profile.nodes.map((node) => [node.id, node]))
  const parents = new Map(
    profile.nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node.id] as const)),
  )
  const stages = new Map<number, string>()
  const times = new Map<string, number>()
  for (const [index, id] of profile.samples.entries()) {
    const stage = stages.get(id) ?? stageOf(id, nodes, parents)
    stages.set(id, stage)
    if (stage !== '(idle)') times.set(stage, (times.get(stage) ?? 0) + (profile.timeDeltas[index] ?? 0))
  }
  return times
}

function stageOf(id: number, nodes: ReadonlyMap<number, ProfileNode>, parents: ReadonlyMap<number, number>): string {
  let running: string | null = null
  for (let at: number | undefined = id; at !== undefined; at = parents.get(at)) {
    const { url, functionName } = (nodes.get(at) as ProfileNode).callFrame
    if (url === '' && /^\((idle|garbage collector|program)\)$/.test(functionName)) return functionName
    running ??= runningIn(url)
    const ours = /\/(server\/[^?]+|contract\/[^?]+)\.ts$/.exec(url)?.[1]
    if (ours !== undefined) return running === null || running === 'ours' ? ours : `${ours}, in ${running}`
  }
  return running ?? '(program)'
}

function runningIn(url: string): string | null {
  const installed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]
  if (installed !== undefined) return installed
  if (url.startsWith('node:')) return 'node'
  return url === '' ? null : 'ours'
}

function shares(times: ReadonlyMap<string, number>): string[] {
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  const shown = [...times].filter(([, time]) => time >= SHARE_SHOWN_MIN * total).sort(([, a], [, b]) => b - a)
  const other = total - shown.reduce((sum, [, time]) => sum + time, 0)
  return [...shown, ['other', other] as const].map(
    ([stage, time]) =>
      `${((100 * time) / total).toFixed(1).padStart(5)} %  ${(time / 1000).toFixed(0).padStart(6)} ms  ${stage}`,
  )
}
