import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { percentile } from './figures.ts'
import { startLoader } from './load/loader-process.ts'
import { type LoadPlan, type LoadResult, measuredMessages, warmUpMessages } from './load/plan.ts'
import { BENCH_NUMBER } from './payload/webhook.ts'
import { bareCopy } from './rig/bare-copy.ts'
import { profileNotes } from './rig/cpu-profile.ts'
import { openInbox } from './rig/inbox-client.ts'
import { judgeMessages } from './rig/judge.ts'
import { connectAsOwner, type OwnerConnection, registerNumber, untilProjected } from './rig/owner-connection.ts'
import { cpuMsOf, postgresCpuMs, rssMbOf } from './rig/process-usage.ts'
import { makeHome, type RunningWasl, startWasl, type WaslHome } from './rig/wasl.ts'

const CONNECTIONS = 32
/** Sent before measuring, so that neither side is cold; part of what the judge looks for. */
const WARM_UP_MESSAGES = 1_000
/** A paced run lasts this long. Seconds. */
const PACED_SECONDS = 20

/** One text message per signed webhook, every one of another customer; see docs/benchmarks.md. */
export async function runIntake(options: BenchOptions, run: number): Promise<BenchRun> {
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
  await registerNumber(owner, BENCH_NUMBER, 'live')
  const count = options.rate === null ? options.messages : Math.min(options.messages, options.rate * PACED_SECONDS)
  const inbox = await openInbox(home)
  const plan: LoadPlan = {
    seed: options.seed,
    startMs: Date.now(),
    webhookPort: home.webhookPort,
    appSecret: home.appSecret,
    stream: { url: await inbox.streamUrl(), cookie: inbox.cookie, origin: inbox.origin },
    connections: CONNECTIONS,
    load: { kind: 'live', count, warmUp: WARM_UP_MESSAGES, ratePerSecond: options.rate },
  }
  const loader = await startLoader(plan)
  const before = { server: cpuMsOf(wasl.pid), postgres: postgresCpuMs(owner.cluster) }
  const result = await loader.go(() => untilProjected(owner))
  await untilProjected(owner)
  const cpu = {
    server: (cpuMsOf(wasl.pid) - before.server) / count,
    postgres: (postgresCpuMs(owner.cluster) - before.postgres) / count,
  }
  const rssMb = rssMbOf(wasl.pid).peak
  const notes = [`CPU per message: server ${cpu.server.toFixed(3)} ms, PostgreSQL ${cpu.postgres.toFixed(3)} ms`]
  const judged = await judge(owner, plan, count, result)
  const bare = await bareCopy(owner, count + WARM_UP_MESSAGES)
  await owner.sql.end()
  const storedPerSecond = (1000 * (count - result.notPushed)) / result.visibleInMs
  return {
    figures: {
      stored_per_s: storedPerSecond,
      ack_p50_ms: percentile(result.ackMs, 0.5),
      ack_p99_ms: percentile(result.ackMs, 0.99),
      visible_p50_ms: percentile(result.visibleMs, 0.5),
      visible_p99_ms: percentile(result.visibleMs, 0.99),
      lost: judged.lost,
      duplicated: judged.duplicated,
      bare_per_s: bare.perSecond,
      ratio: storedPerSecond / bare.perSecond,
      cpu_ms_per_message: cpu.server + cpu.postgres,
      loader_cpu_ms_per_message: result.cpuMs / count,
      rss_mb: rssMb,
    },
    faults: judged.faults,
    notes: [...notes, `rows by COPY: ${JSON.stringify(bare.rows)}`],
  }
}

async function judge(owner: OwnerConnection, plan: LoadPlan, count: number, result: LoadResult) {
  const sent = [...warmUpMessages(plan, WARM_UP_MESSAGES), ...measuredMessages(plan, count)]
  const expected = new Map(sent.map((message) => [message.wamid, { message, source: 'live' as const }]))
  const verdict = await judgeMessages(owner.sql, expected)
  const faults = [...verdict.told]
  if (result.notPushed > 0) faults.push(`${result.notPushed} messages were never pushed`)
  if (result.pushedTwice > 0) faults.push(`${result.pushedTwice} messages were pushed twice`)
  if (result.feedGaps > 0) faults.push(`the stream had ${result.feedGaps} gaps`)
  const refused = result.statuses.filter(([status]) => status !== 200)
  if (refused.length > 0) faults.push(`answers other than 200: ${JSON.stringify(refused)}`)
  return {
    lost: Math.max(verdict.lost, result.notPushed),
    duplicated: verdict.duplicated + result.pushedTwice,
    faults: verdict.misordered > 0 ? [...faults, `${verdict.misordered} messages have a wrong time`] : faults,
  }
}
