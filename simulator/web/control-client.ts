import type {
  Act,
  Chat,
  ChatMessage,
  Device,
  DeviceAct,
  Faults,
  LoadedScenario,
  NewCustomer,
  NewIdentity,
  Onboard,
  OnboardAnswer,
  Play,
  SimulatorState,
} from '../control-api.ts'
import type { ScenarioCustomer } from '../scenario.ts'

/** The control API as these pages use it. Every call rejects with the simulator's own sentence when it refuses. */
export const control = {
  state: () => call<SimulatorState>('GET', '/state'),
  moveClock: (advanceMs: number) => call<unknown>('POST', '/clock', { advanceMs }),
  setFaults: (faults: Partial<Faults>) => call<Faults>('PUT', '/faults', faults),
  playing: () => call<Play>('GET', '/play'),
  play: (play: Play) => call<Play>('POST', '/play', play),
  loadScenario: (name: string) => call<LoadedScenario>('POST', '/scenarios', { name }),
  onboard: (phoneNumberId: string, shareHistory: boolean) =>
    call<OnboardAnswer>('POST', '/onboard', { phoneNumberId, shareHistory }),
  signUp: (phoneNumberId: string, wish: Omit<Onboard, 'phoneNumberId'>) =>
    call<OnboardAnswer>('POST', '/onboard', { phoneNumberId, ...wish }),
}

/** The part of the control API that is about one business number. */
export function controlOf(phoneNumberId: string) {
  const base = `/numbers/${encodeURIComponent(phoneNumberId)}`
  const chat = (key: string) => `${base}/chats/${encodeURIComponent(key)}`
  return {
    phoneNumberId,
    chats: () => call<Chat[]>('GET', `${base}/chats`),
    messages: (key: string, beforeMs?: number) =>
      call<ChatMessage[]>('GET', `${chat(key)}${beforeMs === undefined ? '' : `?before=${beforeMs}`}`),
    act: (key: string, act: Act) => call<{ wamid: string }>('POST', `${chat(key)}/acts`, act),
    customers: () => call<ScenarioCustomer[]>('GET', `${base}/customers`),
    addCustomer: (customer: NewCustomer) => call<ScenarioCustomer>('POST', `${base}/customers`, customer),
    changeIdentity: (key: string, identity: NewIdentity) =>
      call<ScenarioCustomer>('PUT', `${base}/customers/${encodeURIComponent(key)}/identity`, identity),
    saveContact: (key: string, addressBookName: string | null) =>
      call<unknown>('PUT', `${base}/contacts/${encodeURIComponent(key)}`, { addressBookName }),
    device: () => call<Device>('GET', `${base}/device`),
    actOnDevice: (act: DeviceAct) => call<Device>('POST', `${base}/device`, act),
  }
}
export type NumberControl = ReturnType<typeof controlOf>

/** Where the bytes of a media lie. */
export const mediaAddress = (mediaId: string): string => `/control/media/${encodeURIComponent(mediaId)}`

/** Gives the simulator a file picked or recorded here; answers its media id. */
export async function upload(file: Blob, filename: string): Promise<string> {
  const response = await fetch(`/control/media?filename=${encodeURIComponent(filename)}`, {
    method: 'POST',
    headers: { 'content-type': file.type || 'application/octet-stream' },
    body: file,
  })
  const { mediaId } = await read<{ mediaId: string }>(response)
  return mediaId
}

export interface ChatChange {
  readonly phoneNumberId: string
  readonly customerKey: string
}

/** Calls `onChange` whenever a chat changed, and `onConnection` with whether the simulator answers. */
export function followChanges(onChange: (change: ChatChange) => void, onConnection: (open: boolean) => void): void {
  const source = new EventSource('/control/events')
  source.addEventListener('message', (event) => onChange(JSON.parse(String(event.data)) as ChatChange))
  source.addEventListener('open', () => onConnection(true))
  source.addEventListener('error', () => onConnection(false))
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`/control${path}`, {
    method,
    ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return await read<T>(response)
}

async function read<T>(response: Response): Promise<T> {
  const answer: unknown = await response.json()
  if (!response.ok) {
    const said =
      typeof answer === 'object' && answer !== null && 'error' in answer ? String(answer.error) : response.statusText
    throw new Error(said)
  }
  return answer as T
}
