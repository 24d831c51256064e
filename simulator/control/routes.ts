import type { FastifyInstance } from 'fastify'
import { onboard } from '../accounts/connection.ts'
import { IDENTITY_MODES, withIdentity } from '../accounts/identity-mode.ts'
import { opaque } from '../accounts/ids.ts'
import type { BusinessNumber } from '../accounts/number.ts'
import type {
  ForcedGraphError,
  LoadScenario,
  MoveClock,
  NewToken,
  Onboard,
  Play,
  SimulatorState,
} from '../control-api.ts'
import { NO_FAULTS, readFaults } from '../faults.ts'
import { newToken } from '../graph/oauth.ts'
import { loadScenario } from '../play/load.ts'
import type { Player } from '../play/player.ts'
import { makeScenario, SCENARIO_NAMES } from '../play/scenarios.ts'
import { TRIALS } from '../play/trials.ts'
import { callbackUrl } from '../webhook/address.ts'
import type { WebhookQueue } from '../webhook/delivery.ts'
import { metaJson } from '../webhook/json.ts'
import { verifyEndpoint } from '../webhook/post.ts'
import { tellAccount } from '../webhook/tell.ts'
import type { World } from '../world.ts'
import { answer, jsonBody } from './answer.ts'

/** `/control/…`: state, clock, faults, webhook, scenarios, onboarding, playing, and the record of what was sent. */
export function controlRoutes(app: FastifyInstance, world: World, player: Player, queue: WebhookQueue): void {
  app.get('/control/state', (_request, reply) => answer(reply, state(world, queue)))
  app.get('/control/clock', (_request, reply) => answer(reply, { nowMs: world.clock.nowMs() }))
  app.post('/control/clock', async (request, reply) => answer(reply, await moveClock(world, jsonBody(request.body))))
  app.get('/control/faults', (_request, reply) => answer(reply, world.settings.faults))
  app.put('/control/faults', (request, reply) => answer(reply, setFaults(world, jsonBody(request.body))))
  app.put('/control/webhook', async (request, reply) => answer(reply, await setWebhook(world, jsonBody(request.body))))
  app.get('/control/webhooks', (_request, reply) => answer(reply, queue.log()))
  app.post('/control/webhooks/raw', (request, reply) => answer(reply, postRaw(world, queue, jsonBody(request.body))))
  app.post('/control/graph-error', (request, reply) => answer(reply, forceError(world, jsonBody(request.body))))
  app.post('/control/account-events', (request, reply) =>
    answer(reply, tellAccountEvent(world, jsonBody(request.body))),
  )
  app.get('/control/scenarios', (_request, reply) => answer(reply, SCENARIO_NAMES))
  app.post('/control/scenarios', async (request, reply) =>
    answer(reply, await load(world, player, jsonBody(request.body))),
  )
  app.post('/control/onboard', (request, reply) => answer(reply, connect(world, player, jsonBody(request.body))))
  app.post('/control/tokens', (request, reply) => answer(reply, giveToken(world, jsonBody(request.body))))
  app.get('/control/play', (_request, reply) => answer(reply, player.state()))
  app.post('/control/play', (request, reply) => answer(reply, play(player, jsonBody(request.body))))
  app.get('/control/sent', (request, reply) => {
    const { phoneNumberId } = request.query as { phoneNumberId?: string }
    const numbers = [...world.numbers.values()].filter(
      (number) => phoneNumberId === undefined || number.id === phoneNumberId,
    )
    return answer(
      reply,
      numbers.flatMap((number) => number.accepted).sort((a, b) => a.atMs - b.atMs),
    )
  })
}

function state(world: World, queue: WebhookQueue): SimulatorState {
  return {
    nowMs: world.clock.nowMs(),
    seed: world.chance.seed,
    faults: world.settings.faults,
    webhook: world.settings.subscription,
    numbers: [...world.numbers.values()].map(shownNumber),
    counters: world.counters.all(),
    webhooksPending: queue.pending(),
  }
}

function shownNumber(number: BusinessNumber): SimulatorState['numbers'][number] {
  return {
    phoneNumberId: number.id,
    wabaId: number.accountId,
    businessId: number.businessId,
    displayPhone: number.business.displayPhone,
    verifiedName: number.business.verifiedName,
    connection: number.connection,
    scenario: number.scenario,
    customers: number.customers.size,
  }
}

type Body = ReturnType<typeof jsonBody>

async function moveClock(world: World, body: Body): Promise<unknown> {
  if ('error' in body) return body
  const { advanceMs, setMs } = body as MoveClock
  const target =
    typeof setMs === 'number' ? setMs : typeof advanceMs === 'number' ? world.clock.nowMs() + advanceMs : null
  if (target === null) return { error: 'Give advanceMs or setMs, in milliseconds.' }
  if (target < world.clock.nowMs()) return { error: 'The clock only moves forward.' }
  await world.clock.moveTo(target)
  return { nowMs: world.clock.nowMs() }
}

function setFaults(world: World, body: Body): unknown {
  if ('error' in body) return body
  const faults = readFaults(body)
  if (!('error' in faults)) world.settings.faults = faults
  return faults
}

async function setWebhook(world: World, body: Body): Promise<unknown> {
  if ('error' in body) return body
  const { url, verifyToken, graphVersion } = body
  if (typeof url !== 'string' || typeof verifyToken !== 'string') return { error: 'Give url and verifyToken.' }
  const fault = await verifyEndpoint(
    url,
    verifyToken,
    String(world.chance.between(100_000_000, 999_999_999, 'challenge', url)),
  )
  if (fault !== null) return { error: fault }
  if (typeof graphVersion === 'number') world.settings.webhookVersion = graphVersion
  world.settings.subscription = { url, verifyToken }
  return world.settings.subscription
}

function postRaw(world: World, queue: WebhookQueue, body: Body): unknown {
  if ('error' in body) return body
  const url = world.settings.subscription?.url
  if (url === undefined) return { error: 'No webhook is set.' }
  if (!Array.isArray(body.bodies)) return { error: 'Give bodies: a list of payloads.' }
  for (const payload of body.bodies) queue.postRaw(metaJson(payload), url)
  return { accepted: body.bodies.length }
}

function forceError(world: World, body: Body): unknown {
  if ('error' in body) return body
  const error = body as unknown as ForcedGraphError
  if (typeof error.code !== 'number' || typeof error.times !== 'number') return { error: 'Give code and times.' }
  const others = world.forcedErrors.filter((row) => row.error.code !== error.code)
  world.forcedErrors.splice(0, world.forcedErrors.length, ...others)
  if (error.times > 0) world.forcedErrors.push({ error, left: error.times })
  return world.forcedErrors.map((row) => ({ ...row.error, times: row.left }))
}

function tellAccountEvent(world: World, body: Body): unknown {
  if ('error' in body) return body
  const { phoneNumberId, field, value } = body
  const number = typeof phoneNumberId === 'string' ? world.numbers.get(phoneNumberId) : undefined
  if (!number || typeof field !== 'string' || typeof value !== 'object' || value === null)
    return { error: 'Give phoneNumberId, field and value.' }
  tellAccount(world, number.accountId, field, value as Record<string, unknown>)
  return {
    accepted:
      callbackUrl(world, { accountId: number.accountId, numberId: null, field, entryTimeS: 0, value: {} }) !== null,
  }
}

async function load(world: World, player: Player, body: Body): Promise<unknown> {
  if ('error' in body) return body
  const { name, seed, options, identity } = body as unknown as LoadScenario
  if (typeof name !== 'string') return { error: 'Give the name of a scenario.' }
  if (identity !== undefined && !IDENTITY_MODES.includes(identity))
    return { error: `identity is one of ${IDENTITY_MODES.join(', ')}.` }
  const drawn = seed ?? world.chance.seed
  const scenario = await makeScenario(name, drawn, world.clock.nowMs(), options ?? {})
  if ('error' in scenario) return scenario
  const { customers, business } = scenario
  const known = identity ? { customers: withIdentity(customers, identity, business, world.chance) } : {}
  const { script, loaded } = loadScenario(world, { ...scenario, ...known }, options?.chatter !== false)
  player.add(script)
  beginTrial(world, script.number, name)
  return loaded
}

/** What a trial has besides its people; other scenarios leave faults and partners as they are. */
function beginTrial(world: World, number: BusinessNumber, name: string): void {
  const trial = TRIALS[name]
  if (trial === undefined) return
  world.settings.faults = { ...NO_FAULTS, ...trial.faults }
  number.routing = trial.routing ?? null
}

function connect(world: World, player: Player, body: Body): unknown {
  if ('error' in body) return body
  const { phoneNumberId } = body as Onboard
  const number = phoneNumberId === undefined ? [...world.numbers.values()].at(-1) : world.numbers.get(phoneNumberId)
  if (!number)
    return { error: phoneNumberId === undefined ? 'No scenario is loaded.' : `There is no number ${phoneNumberId}.` }
  const further = (body as Onboard).accountIds ?? []
  if (further.some((id) => !world.accounts.has(id))) return { error: 'accountIds are ids of accounts that there are.' }
  const result = onboard(world, number, body as Onboard)
  if ((body as Onboard).accessOnly !== true) player.begin(number.id)
  return result
}

function giveToken(world: World, body: Body): unknown {
  if ('error' in body) return body
  const { accountIds, scopes } = body as unknown as NewToken
  if (!Array.isArray(accountIds) || accountIds.some((id) => !world.accounts.has(id)))
    return { error: 'Give accountIds: ids of accounts that there are.' }
  const token = `EAA${opaque(world.chance, 'token', 180)}`
  world.tokens.set(token, newToken(accountIds, world.clock.nowMs(), scopes))
  return { token }
}

function play(player: Player, body: Body): unknown {
  if ('error' in body) return body
  const { running, speed } = body as unknown as Play
  if (typeof running !== 'boolean') return { error: 'Give running: true or false.' }
  if (speed !== undefined && !(speed > 0 && speed <= 10_000))
    return { error: 'speed is a factor from above 0 to 10000.' }
  player.set({ running, ...(speed === undefined ? {} : { speed }) })
  return player.state()
}
