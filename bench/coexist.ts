import { tokenSeal } from '../server/numbers/token-seal.ts'
import { createSealer, keyFromFile } from '../server/platform/crypto.ts'
import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { percentile } from './figures.ts'
import type { CoexistPlan, CoexistResult } from './load/coexist-plan.ts'
import { startCoexistLoader } from './load/loader-process.ts'
import { coexistLoad } from './payload/coexist.ts'
import { judgeCoexistence, readStoredMessages } from './rig/coexist-judge.ts'
import { profileNotes } from './rig/cpu-profile.ts'
import { openInbox } from './rig/inbox-client.ts'
import { connectAsOwner, type OwnerConnection, registerNumber, untilProjected } from './rig/owner-connection.ts'
import { cpuMsOf, postgresCpuMs, rssMbOf } from './rig/process-usage.ts'
import { makeHome, type RunningWasl, startWasl, type WaslHome } from './rig/wasl.ts'

/** 25 numbers, each at the most that Meta lets through in coexistence; see docs/benchmarks.md. */
export async function runCoexist(options: BenchOptions, run: number): Promise<BenchRun> {
  const home = await makeHome()
  try {
    const wasl = await startWasl(home, options.profile)
    const done = await measure(home, wasl, { ...options, seed: options.seed + run - 1 }).finally(() => wasl.stop())
    return { ...done, notes: [...done.notes, ...profileNotes(home.dataFolder)] }
  } finally {
    home.remove()
  }
}

async function measure(home: WaslHome, wasl: RunningWasl, options: BenchOptions): Promise<BenchRun> {
  const owner = await connectAsOwner(home)
  const from = { seed: options.seed, seconds: options.seconds, startMs: Date.now() }
  const load = coexistLoad(from)
  const tokens = tokenSeal(createSealer(await keyFromFile(home.dataFolder)))
  for (const number of load.numbers) {
    await registerNumber(owner, number, 'live', (workspaceId, numberId) =>
      tokens.seal(workspaceId, numberId, 'bench-token'),
    )
  }
  const inbox = await openInbox(home)
  const plan: CoexistPlan = {
    ...from,
    webhookPort: home.webhookPort,
    inboxPort: home.inboxPort,
    graphPort: home.graphPort,
    appSecret: home.appSecret,
    stream: { url: await inbox.streamUrl(), cookie: inbox.cookie, origin: inbox.origin },
  }
  const loader = await startCoexistLoader(plan)
  const before = { server: cpuMsOf(wasl.pid), postgres: postgresCpuMs(owner.cluster) }
  const result = await loader.go(() => untilProjected(owner))
  await untilProjected(owner)
  const count = load.lines.length
  const cpu = {
    server: (cpuMsOf(wasl.pid) - before.server) / count,
    postgres: (postgresCpuMs(owner.cluster) - before.postgres) / count,
    loader: result.cpuMs / count,
  }
  const rssMb = rssMbOf(wasl.pid).peak
  const verdict = await judge(owner, [...load.opening, ...load.warmUp, ...load.lines], result)
  await owner.sql.end()
  return {
    figures: { ...figuresOf(result), lost: verdict.lost, duplicated: verdict.duplicated, rss_mb: rssMb },
    faults: verdict.faults,
    notes: [
      `CPU per message: server ${cpu.server.toFixed(3)} ms, PostgreSQL ${cpu.postgres.toFixed(3)} ms, loader ${cpu.loader.toFixed(3)} ms`,
    ],
  }
}

function figuresOf(result: CoexistResult) {
  return {
    stored_per_s: (1000 * result.shownCount) / result.shownInMs,
    echo_to_screen_p50_ms: percentile(result.echoToScreenMs, 0.5),
    echo_to_screen_p95_ms: percentile(result.echoToScreenMs, 0.95),
    echo_to_screen_p99_ms: percentile(result.echoToScreenMs, 0.99),
    visible_p95_ms: percentile(result.customerToScreenMs, 0.95),
    ack_p50_ms: percentile(result.ackMs, 0.5),
    ack_p99_ms: percentile(result.ackMs, 0.99),
    send_answer_p95_ms: percentile(result.sendAnswerMs, 0.95),
    send_to_graph_p95_ms: percentile(result.sendToGraphMs, 0.95),
    read_to_screen_p95_ms: percentile(result.readToScreenMs, 0.95),
  }
}

async function judge(
  owner: OwnerConnection,
  lines: Parameters<typeof judgeCoexistence>[0],
  { shown, calls, feedGaps, statuses }: CoexistResult,
) {
  const verdict = judgeCoexistence(lines, { stored: await readStoredMessages(owner.sql), shown, calls })
  const faults = [...verdict.told]
  if (feedGaps > 0) faults.push(`the stream had ${feedGaps} gaps`)
  const refused = statuses.filter(([status]) => status !== 200 && status !== 201)
  if (refused.length > 0) faults.push(`answers other than 200 and 201: ${JSON.stringify(refused)}`)
  return { ...verdict, faults }
}
