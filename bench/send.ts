import { tokenSeal } from '../server/numbers/token-seal.ts'
import { createSealer, keyFromFile } from '../server/platform/crypto.ts'
import type { BenchOptions } from './arguments.ts'
import type { BenchRun } from './bench-run.ts'
import { percentile } from './figures.ts'
import { startSendLoader } from './load/loader-process.ts'
import type { SendPlan, SendResult } from './load/send-plan.ts'
import { type SendLoad, sendLoad } from './payload/sends.ts'
import { bareSends } from './rig/bare-sends.ts'
import { profileNotes } from './rig/cpu-profile.ts'
import { openInbox } from './rig/inbox-client.ts'
import { connectAsOwner, type OwnerConnection, registerNumber } from './rig/owner-connection.ts'
import { cpuMsOf, postgresCpuMs, rssMbOf } from './rig/process-usage.ts'
import { makeHome, type RunningWasl, startWasl, type WaslHome } from './rig/wasl.ts'

/** Messages that are sent as fast as they are answered; then so many a second, for some seconds. */
const BURST = 6_000
const PACED_PER_SECOND = 100
const PACED_S = 10

/** 50 numbers of the API alone, with statuses flowing back; see docs/benchmarks.md. */
export async function runSend(options: BenchOptions, run: number): Promise<BenchRun> {
  const home = await makeHome()
  try {
    const wasl = await startWasl(home, options.profile)
    const done = await measure(home, wasl, { ...options, seed: options.seed + run - 1 }).finally(() => wasl.stop())
    return { ...done, notes: [...done.notes, ...profileNotes(home.dataFolder)] }
  } finally {
    home.remove()
  }
}

async function measure(home: WaslHome, wasl: RunningWasl, { seed }: BenchOptions): Promise<BenchRun> {
  const owner = await connectAsOwner(home)
  const from = { seed, burst: BURST, paced: PACED_PER_SECOND * PACED_S, startMs: Date.now() }
  const load = sendLoad(from)
  const tokens = tokenSeal(createSealer(await keyFromFile(home.dataFolder)))
  const seal = (workspaceId: string, numberId: string) => tokens.seal(workspaceId, numberId, 'bench-token')
  for (const number of load.numbers) await registerNumber(owner, number, 'live', seal, 'api_only')
  const inbox = await openInbox(home)
  const plan: SendPlan = {
    ...from,
    pacedPerSecond: PACED_PER_SECOND,
    webhookPort: home.webhookPort,
    inboxPort: home.inboxPort,
    graphPort: home.graphPort,
    appSecret: home.appSecret,
    stream: { url: await inbox.streamUrl(), cookie: inbox.cookie, origin: inbox.origin },
  }
  const loader = await startSendLoader(plan)
  const before = { server: cpuMsOf(wasl.pid), postgres: postgresCpuMs(owner.cluster) }
  let after = before
  let rssMb = 0
  let barePerS = Number.NaN
  let atOnce = 0
  const result = await loader.go(async ({ callsAtOnceMax }) => {
    after = { server: cpuMsOf(wasl.pid), postgres: postgresCpuMs(owner.cluster) }
    rssMb = rssMbOf(wasl.pid).peak
    atOnce = callsAtOnceMax
    barePerS = await bareSends(home, owner, { lines: load.burst, atOnce })
  })
  const faults = await judge(owner, load, result)
  await owner.sql.end()
  const count = load.burst.length + load.paced.length
  const acceptedPerS = (1000 * result.burstAccepted) / result.burstMs
  return {
    figures: {
      accepted_per_s: acceptedPerS,
      bare_per_s: barePerS,
      ratio: acceptedPerS / barePerS,
      click_to_graph_p50_ms: percentile(result.clickToGraphMs, 0.5),
      click_to_graph_p95_ms: percentile(result.clickToGraphMs, 0.95),
      send_answer_p95_ms: percentile(result.answerMs, 0.95),
      rss_mb: rssMb,
    },
    faults,
    notes: [
      `CPU per message: server ${((after.server - before.server) / count).toFixed(3)} ms, PostgreSQL ${((after.postgres - before.postgres) / count).toFixed(3)} ms, loader ${(result.cpuMs / count).toFixed(3)} ms`,
      `calls of Graph at once: ${atOnce}, at most by Wasl and always by the bare loop`,
    ],
  }
}

async function judge(owner: OwnerConnection, load: SendLoad, { calls, delivered, statuses }: SendResult) {
  const faults: string[] = []
  const lines = [...load.burst, ...load.paced]
  const callsOf = Map.groupBy(calls, ({ body }) => body)
  const missing = lines.filter(({ body }) => !callsOf.has(body)).length
  const twice = [...callsOf.values()].filter((some) => some.length > 1).length
  if (missing > 0) faults.push(`${missing} messages were never given to Graph`)
  if (twice > 0) faults.push(`${twice} messages were sent twice`)
  if (delivered < lines.length) faults.push(`${lines.length - delivered} messages were not shown as delivered`)
  const { rows } = await owner.sql.query<{ delivery: string; n: number }>(
    "select delivery, count(*)::int as n from message where author = 'agent' and delivery <> 'delivered' group by 1",
  )
  for (const { delivery, n } of rows) faults.push(`${n} messages are ${delivery} in the database`)
  const refused = statuses.filter(([status]) => status !== 200 && status !== 201)
  if (refused.length > 0) faults.push(`answers other than 200 and 201: ${JSON.stringify(refused)}`)
  return faults
}
