import { expect, test } from 'vitest'
import { makeSendWorld, passTime, type SendWorld, subscribe, type WaslProcess } from './send-world.ts'

/** `WASL_CHAOS=full`: what takes many minutes; a small one of the same kind otherwise. */
const FULL = process.env.WASL_CHAOS === 'full'
const SEED = Number(process.env.WASL_CHAOS_SEED ?? 71)
const NUMBERS = FULL ? 100 : 6
const CUSTOMERS = FULL ? 20 : 5
const SENDS = FULL ? 10_000 : 90
const KILLS = FULL ? 50 : 2
const SETTLE_MS_MAX = FULL ? 30 * 60_000 : 40_000
const FAULTS = {
  graphTimeoutAfterAcceptRatio: 0.05,
  graph5xxRatio: 0.05,
  graphThrottleRatio: 0.05,
  webhookDuplicateRatio: 0.2,
  webhookReorderMsMax: 500,
  statusBeforeResponseRatio: 0.2,
}
/** States of which nobody needs to wait for more. */
const ENDED = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed', 'unconfirmed', 'cancelled', 'expired']

test(`no message is sent twice and none is lost, whatever fails meanwhile (seed ${SEED})`, {
  timeout: 3_600_000,
}, async () => {
  const world = await makeSendWorld({ seed: SEED, numbers: NUMBERS, customers: CUSTOMERS })
  try {
    let wasl = await world.startWasl()
    const port = Number(new URL(wasl.webhook.url).port)
    await subscribe(world, wasl)
    Object.assign(world.simulator.world.settings.faults, FAULTS)
    const ids = new Set<string>()
    let killed = 0
    for (let index = 0; index < SENDS; index++) {
      ids.add(await take(() => wasl, world, index))
      if (killed < KILLS && index >= ((killed + 0.5) * SENDS) / KILLS) {
        killed++
        await wasl.kill()
        wasl = await world.startWasl(port)
      }
    }
    await untilSettled(world)
    expect(killed).toBe(KILLS)
    expect(ids.size).toBe(SENDS)
    await judge(world, ids)
  } finally {
    await world.close()
  }
})

/** A member writes, again and again until the server answers; the client id makes it one message. */
async function take(wasl: () => WaslProcess, { numbers }: SendWorld, index: number): Promise<string> {
  const conversations = numbers[index % NUMBERS]?.conversations ?? []
  const conversation = conversations[Math.floor(index / NUMBERS) % CUSTOMERS]
  for (;;) {
    const answer = await fetch(`${wasl().apiUrl}/api/v1/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: `chaos-send-${index}`, content: { type: 'text', body: `Message ${index}` } }),
    }).catch(() => null)
    if (answer?.ok === true) return ((await answer.json()) as { message: { id: string } }).message.id
    if (answer !== null && answer.status < 500) throw new Error(`answered ${answer.status}: ${await answer.text()}`)
    await passTime(200)
  }
}

/** What waits goes out, and what Meta took is told by its statuses. */
async function untilSettled({ db, numbers }: SendWorld): Promise<void> {
  const latest = performance.now() + SETTLE_MS_MAX
  for (;;) {
    const { rows } = await db.owner.query<{ id: string; delivery: string }>(
      "select id, delivery from message where author = 'agent'",
    )
    const taken = new Set(
      numbers.flatMap(({ simulated }) => simulated.accepted.map(({ callbackData }) => callbackData)),
    )
    const open = rows.filter(({ delivery }) => !ENDED.includes(delivery))
    const unsettled = rows.filter(({ id, delivery }) => delivery === 'unconfirmed' && taken.has(id))
    // Statuses that found no server come again after some minutes; until then the message is in doubt, and says so.
    if (open.length === 0 && (unsettled.length === 0 || performance.now() > latest - SETTLE_MS_MAX / 2)) return
    if (performance.now() > latest) throw new Error(`still open: ${JSON.stringify(open.slice(0, 5))} of ${open.length}`)
    await passTime(500)
  }
}

/** The simulator's own record against what Wasl says. */
async function judge({ db, numbers }: SendWorld, ids: ReadonlySet<string>): Promise<void> {
  const { rows } = await db.owner.query<{
    id: string
    delivery: string
    error: { code: number | null; title: string } | null
    wamid: string | null
  }>("select id, delivery, error, wamid from message where author <> 'customer'")
  const taken = numbers.flatMap(({ simulated }) => simulated.accepted)
  const callsOf = Map.groupBy(taken, ({ callbackData }) => callbackData)
  const counts: Record<string, number> = {}
  for (const { delivery, error } of rows) {
    const state = error === null ? delivery : `${delivery} ${error.code ?? error.title}`
    counts[state] = (counts[state] ?? 0) + 1
  }
  console.log(`by state: ${JSON.stringify(counts)}; taken by Meta: ${taken.length}`)
  expect(taken.length).toBeGreaterThan(SENDS / 2)
  expect(
    [...callsOf.values()].filter((calls) => calls.length > 1),
    'sent twice',
  ).toEqual([])
  expect(rows.map(({ id }) => id).sort(), 'one row for each message').toEqual([...ids].sort())
  for (const { id, delivery, error, wamid } of rows) {
    const [call] = callsOf.get(id) ?? []
    if (call !== undefined && delivery !== 'unconfirmed') expect([id, wamid]).toEqual([id, call.wamid])
    else expect([id, delivery === 'unconfirmed' || (delivery === 'failed' && error !== null)]).toEqual([id, true])
  }
}
