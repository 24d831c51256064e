import type { Faults, LoadedScenario, OnboardAnswer } from '../control-api.ts'
import { type Simulator, startSimulator } from '../simulator.ts'
import { type ParsedJson, startReceiver, type WebhookReceiver } from './webhook-receiver.ts'

export const APP = { appId: '1234567890', appSecret: 'test_app_secret' }
/** 23 Nov 2026: after all changes of price that Meta has announced. */
export const START_MS = Date.UTC(2026, 10, 23, 8)

/** A simulator with a frozen clock, a subscriber, and the tiny scenario's phone, onboarded. */
export interface ConnectedPhone {
  readonly simulator: Simulator
  readonly receiver: WebhookReceiver
  readonly loaded: LoadedScenario
  readonly numberId: string
  readonly token: string
  control<T>(method: string, path: string, body?: unknown): Promise<T>
  graph(method: string, path: string, body?: unknown): Promise<GraphResult>
  send(body: Record<string, unknown>): Promise<GraphResult>
  /** A customer or the phone does something in a chat. */
  act(customerKey: string, act: Record<string, unknown>): Promise<{ wamid: string; error?: string }>
  advance(ms: number): Promise<void>
  close(): Promise<void>
}
export interface GraphResult {
  readonly status: number
  readonly headers: Headers
  readonly json: ParsedJson
}

export interface PhoneOptions {
  readonly seed?: number
  readonly startMs?: number
  readonly scenario?: string
  readonly scenarioOptions?: Record<string, unknown>
  readonly shareHistory?: boolean
  readonly faults?: Partial<Faults>
  readonly play?: boolean
}

export async function connectPhone(options: PhoneOptions = {}): Promise<ConnectedPhone> {
  const receiver = await startReceiver()
  const simulator = await startSimulator({
    port: 0,
    seed: options.seed ?? 7,
    ...APP,
    frozen: true,
    startMs: options.startMs ?? START_MS,
  })
  const control = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulator.origin}/control${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return (await response.json()) as T
  }
  await control('PUT', '/webhook', { url: receiver.url, verifyToken: receiver.verifyToken })
  if (options.play !== true) await control('POST', '/play', { running: false })
  const loaded = await control<LoadedScenario>('POST', '/scenarios', {
    name: options.scenario ?? 'tiny',
    options: options.scenarioOptions ?? {},
  })
  if (options.faults) await control('PUT', '/faults', options.faults)
  const onboarded = await control<OnboardAnswer>('POST', '/onboard', {
    phoneNumberId: loaded.phoneNumberId,
    shareHistory: options.shareHistory ?? true,
  })
  const query = new URLSearchParams({ client_id: APP.appId, client_secret: APP.appSecret, code: onboarded.code })
  const exchange = await fetch(`${simulator.origin}/v25.0/oauth/access_token?${query}`)
  const { access_token: token } = (await exchange.json()) as { access_token: string }
  const graph = async (method: string, path: string, body?: unknown): Promise<GraphResult> => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    }
    const response = await fetch(`${simulator.origin}/v25.0/${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, headers: response.headers, json: await response.json() }
  }
  await graph('POST', `${loaded.wabaId}/subscribed_apps`)
  return {
    simulator,
    receiver,
    loaded,
    numberId: loaded.phoneNumberId,
    token,
    control,
    graph,
    send: (body) => graph('POST', `${loaded.phoneNumberId}/messages`, { messaging_product: 'whatsapp', ...body }),
    act: (key, act) => control('POST', `/numbers/${loaded.phoneNumberId}/chats/${key}/acts`, act),
    async advance(ms) {
      await control('POST', '/clock', { advanceMs: ms })
    },
    async close() {
      await simulator.close()
      await receiver.close()
    },
  }
}
