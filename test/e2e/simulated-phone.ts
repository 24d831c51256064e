import type {
  Act,
  Chat,
  ChatMessage,
  Device,
  DisconnectReason,
  SimulatedNumber,
  SimulatorState,
} from '../../simulator/control-api.ts'
import type { ScenarioCustomer } from '../../simulator/scenario.ts'

/** The simulated phone and its customers, by the simulator's control API. */
export interface SimulatedPhone {
  state(): Promise<SimulatorState>
  number(): Promise<SimulatedNumber>
  /** Scripted customers go on writing, or pause so that only the test's own acts happen. */
  play(running: boolean): Promise<void>
  newCustomer(profileName: string): Promise<ScenarioCustomer>
  chats(): Promise<readonly Chat[]>
  chat(customerKey: string): Promise<readonly ChatMessage[]>
  /** Gives the wamid of what was written. */
  write(customerKey: string, by: Act['by'], text: string): Promise<string>
  device(): Promise<Device>
  /** As if so many of the month's free service messages had been delivered already. */
  fillFreeAnswers(used: number): Promise<void>
  /** The owner ends the connection, for this reason. */
  disconnect(reason: DisconnectReason): Promise<void>
  /** Milliseconds; the clock of the server goes with it. */
  moveClock(ms: number): Promise<void>
  faults(faults: Readonly<Record<string, number>>): Promise<void>
  /** The next send is refused with this code, at once or later. */
  refuse(code: number, when: 'at once' | 'later'): Promise<void>
}

export function simulatedPhone(simulatorUrl: string): SimulatedPhone {
  const call = async <T>(method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(`${simulatorUrl}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }
  const number = async () => {
    const { numbers } = await call<SimulatorState>('GET', '/state')
    const [first] = numbers
    if (first === undefined) throw new Error('the simulator has no phone')
    return first
  }
  const at = async (path: string) => `/numbers/${(await number()).phoneNumberId}${path}`
  return {
    state: () => call<SimulatorState>('GET', '/state'),
    number,
    play: (running) => call('POST', '/play', { running }),
    newCustomer: async (profileName) => call('POST', await at('/customers'), { profileName }),
    chats: async () => call('GET', await at('/chats')),
    chat: async (customerKey) => call('GET', await at(`/chats/${customerKey}`)),
    async write(customerKey, by, text) {
      const act: Act = { by, do: 'send', message: { type: 'text', body: text } }
      const { wamid } = await call<{ wamid: string }>('POST', await at(`/chats/${customerKey}/acts`), act)
      return wamid
    },
    fillFreeAnswers: async (used) => call('PUT', await at('/free-answers'), { used }),
    device: async () => call('GET', await at('/device')),
    disconnect: async (reason) => call('POST', await at('/device'), { do: 'disconnect', reason }),
    moveClock: (ms) => call('POST', '/clock', { advanceMs: ms }),
    faults: (faults) => call('PUT', '/faults', faults),
    refuse: (code, when) => call('POST', '/graph-error', { code, times: 1, asynchronous: when === 'later' }),
  }
}
