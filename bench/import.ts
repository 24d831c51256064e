import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { percentile } from './figures.ts'
import { judgeImport } from './import-judge.ts'
import { startLoader } from './load/loader-process.ts'
import { besideMessages, type LoadPlan, plannedImport } from './load/plan.ts'
import { BENCH_NUMBER } from './payload/webhook.ts'
import { bareCopy } from './rig/bare-copy.ts'
import { profileNotes } from './rig/cpu-profile.ts'
import { openInbox } from './rig/inbox-client.ts'
import { connectAsOwner, registerNumber, untilProjected } from './rig/owner-connection.ts'
import { cpuMsOf, postgresCpuMs, rssMbOf } from './rig/process-usage.ts'
import { makeHome, type RunningWasl, startWasl, type WaslHome } from './rig/wasl.ts'

const CONNECTIONS = 4
/** Live webhooks a second in the second half of each run. */
const LIVE_RATE_PER_S = 500

/** Six months of history into an empty Wasl: once quiet, once beside live traffic; see docs/benchmarks.md. */
export async function runImport(options: BenchOptions, run: number): Promise<BenchRun> {
  const seed = options.seed + run - 1
  const quiet = await importInto({ ...options, seed }, 0)
  const beside = await importInto({ ...options, seed }, options.rate ?? LIVE_RATE_PER_S)
  return {
    figures: {
      messages: quiet.messages,
      stored_per_s: quiet.storedPerSecond,
      seconds: quiet.seconds,
      lost: quiet.verdict.lost + beside.verdict.lost,
      duplicated: quiet.verdict.duplicated + beside.verdict.duplicated,
      misordered: quiet.verdict.misordered + beside.verdict.misordered,
      bare_per_s: quiet.barePerSecond,
      ratio: quiet.storedPerSecond / quiet.barePerSecond,
      live_visible_p99_ms: beside.liveVisibleP99Ms,
      rss_mb: Math.max(quiet.rssMb, beside.rssMb),
    },
    faults: [...quiet.verdict.faults, ...beside.verdict.faults.map((fault) => `beside live traffic: ${fault}`)],
    notes: [
      ...quiet.notes,
      `beside live traffic: ${Math.round(beside.storedPerSecond)} imported messages/s, live visible p50 ${beside.liveVisibleP50Ms.toFixed(1)} ms`,
      ...beside.notes.map((note) => `beside: ${note}`),
    ],
  }
}

async function importInto(options: BenchOptions, liveRatePerSecond: number) {
  const home = await makeHome()
  try {
    const wasl = await startWasl(home, options.profile)
    const done = await measure(home, wasl, options, liveRatePerSecond).finally(() => wasl.stop())
    return { ...done, notes: [...done.notes, ...profileNotes(home.dataFolder)] }
  } finally {
    home.remove()
  }
}

async function measure(home: WaslHome, wasl: RunningWasl, options: BenchOptions, liveRatePerSecond: number) {
  const owner = await connectAsOwner(home)
  await registerNumber(owner, BENCH_NUMBER, 'syncing')
  const inbox = await openInbox(home)
  const plan: LoadPlan = {
    seed: options.seed,
    startMs: Date.now(),
    webhookPort: home.webhookPort,
    appSecret: home.appSecret,
    stream: { url: await inbox.streamUrl(), cookie: inbox.cookie, origin: inbox.origin },
    connections: CONNECTIONS,
    load: { kind: 'import', dialoguesFolder: options.dialoguesFolder, liveRatePerSecond },
  }
  const loader = await startLoader(plan)
  const before = { server: cpuMsOf(wasl.pid), postgres: postgresCpuMs(owner.cluster) }
  const startedAt = performance.now()
  let projectedAt = startedAt
  const projected = async () => {
    await untilProjected(owner)
    projectedAt = performance.now()
  }
  const result = await loader.go(projected)
  await untilProjected(owner)
  const cpuMs = { server: cpuMsOf(wasl.pid) - before.server, postgres: postgresCpuMs(owner.cluster) - before.postgres }
  const rssMb = rssMbOf(wasl.pid).peak
  const history = await plannedImport(plan, options.dialoguesFolder)
  const beside = liveRatePerSecond === 0 ? [] : besideMessages(plan, liveRatePerSecond).slice(0, result.liveSent)
  const verdict = await judgeImport({ owner, inbox, history, beside, result })
  const messages = history.messages.length
  const bare = await bareCopy(owner, messages + beside.length)
  await owner.sql.end()
  // The history began later than `go`, beside live traffic by a second; the loader tells by how much.
  const seconds = (projectedAt - startedAt - result.startedAfterMs) / 1000
  return {
    messages,
    seconds,
    storedPerSecond: messages / seconds,
    barePerSecond: bare.perSecond,
    liveVisibleP50Ms: percentile(result.visibleMs, 0.5),
    liveVisibleP99Ms: percentile(result.visibleMs, 0.99),
    rssMb,
    verdict,
    notes: [
      `all acknowledged after ${(result.ackedInMs / 1000).toFixed(1)} s; CPU per message: server ${((1000 * cpuMs.server) / messages).toFixed(1)} µs, PostgreSQL ${((1000 * cpuMs.postgres) / messages).toFixed(1)} µs`,
      `Meta's progress as shown: ${result.progressShown.join(', ')}`,
      `rows by COPY: ${JSON.stringify(bare.rows)}`,
    ],
  }
}
