import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { tokenSeal } from '../../server/numbers/token-seal.ts'
import { createSealer } from '../../server/platform/crypto.ts'
import { onboard } from '../../simulator/accounts/connection.ts'
import type { BusinessNumber } from '../../simulator/accounts/number.ts'
import { chatOf } from '../../simulator/chat/store.ts'
import { newToken } from '../../simulator/graph/oauth.ts'
import { loadScenario } from '../../simulator/play/load.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createTestDatabase, type TestDatabase } from '../support/database.ts'
import { putConversation, putMessage } from '../support/inbox-rows.ts'
import { createTestWorkspace, type TestWorkspace } from '../support/workspace.ts'

const SERVER = fileURLToPath(new URL('send-server.ts', import.meta.url))
const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }
const TOKEN = 'EAAtoken'
const DAY_MS = 24 * 60 * 60 * 1000

/** A number in both worlds, and the conversations with its customers, whose windows are open. */
export interface SendNumber {
  readonly simulated: BusinessNumber
  readonly id: string
  readonly conversations: readonly string[]
}

/** A simulated Meta that runs with real time, a database, and Wasls as processes of their own. */
export interface SendWorld {
  readonly db: TestDatabase
  readonly workspace: TestWorkspace
  readonly simulator: Simulator
  readonly numbers: readonly SendNumber[]
  startWasl(port?: number): Promise<WaslProcess>
  close(): Promise<void>
}

export interface WaslProcess {
  readonly apiUrl: string
  readonly webhook: { readonly url: string; readonly verifyToken: string }
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
}

export async function makeSendWorld(wish: {
  readonly seed: number
  readonly numbers: number
  readonly customers: number
}): Promise<SendWorld> {
  const db = await createTestDatabase()
  const workspace = await createTestWorkspace(db, new Date())
  const simulator = await startSimulator({ port: 0, seed: wish.seed, ...APP })
  const numbers: SendNumber[] = []
  for (let index = 0; index < wish.numbers; index++) {
    numbers.push(await makeNumber(db, workspace, simulator, index, wish.customers))
  }
  simulator.world.tokens.set(TOKEN, newToken([...simulator.world.accounts.keys()], Date.now()))
  const started: WaslProcess[] = []
  return {
    db,
    workspace,
    simulator,
    numbers,
    async startWasl(port) {
      const wasl = await startProcess([db.url, workspace.workspaceId, simulator.origin, APP.appSecret, `${port ?? 0}`])
      started.push(wasl)
      return wasl
    },
    async close() {
      for (const wasl of started) await wasl.kill()
      await simulator.close()
      await db.close()
    },
  }
}

/** Has the simulator tell this Wasl what happens. */
export async function subscribe({ simulator }: SendWorld, { webhook }: WaslProcess): Promise<void> {
  const response = await fetch(`${simulator.origin}/control/webhook`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(webhook),
  })
  if (!response.ok) throw new Error(`The webhook was refused: ${await response.text()}`)
}

async function startProcess(args: readonly string[]): Promise<WaslProcess> {
  const child: ChildProcess = spawn(process.execPath, [SERVER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout as NodeJS.ReadableStream, 'data')
  return {
    ...(JSON.parse(String(line)) as Pick<WaslProcess, 'apiUrl' | 'webhook'>),
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function makeNumber(
  db: TestDatabase,
  workspace: TestWorkspace,
  { world }: Simulator,
  index: number,
  count: number,
): Promise<SendNumber> {
  const { workspaceId } = workspace
  const phone = `96650000${String(index).padStart(4, '0')}`
  const customers = Array.from({ length: count }, (_, customer) => ({
    key: `c${customer}`,
    profileName: `Customer ${customer}`,
    language: 'en' as const,
    phone: `96655${String(index).padStart(3, '0')}${String(customer).padStart(4, '0')}`,
    userId: null,
    username: null,
    addressBookName: null,
  }))
  const business = { verifiedName: `Shop ${index}`, phone, displayPhone: `+${phone}`, country: 'SA' }
  const { script } = loadScenario(world, { name: 'sends', seed: 1, business, customers, acts: [] }, false)
  const simulated = script.number
  onboard(world, simulated, { phoneNumberId: simulated.id })
  const account = world.accounts.get(simulated.accountId)
  if (account === undefined) throw new Error('The simulated number has no account')
  account.subscribed = true
  const id = randomUUID()
  const { owner } = db
  await owner.query(
    `insert into business_number (workspace_id, id, waba_id, phone_number_id, phone, display_phone, verified_name, mode, state, connected_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'coexistence', 'live', now())`,
    [workspaceId, id, simulated.accountId, simulated.id, phone, `+${phone}`, business.verifiedName],
  )
  await owner.query(
    'insert into number_route (phone_number_id, waba_id, workspace_id, number_id) values ($1, $2, $3, $4)',
    [simulated.id, simulated.accountId, workspaceId, id],
  )
  await owner.query(
    `insert into number_secret (workspace_id, number_id, kind, sealed, created_at) values ($1, $2, 'access_token', $3, now())`,
    [workspaceId, id, tokenSeal(createSealer(Buffer.alloc(32, 7))).seal(workspaceId, id, TOKEN)],
  )
  const conversations: string[] = []
  const nowMs = Date.now()
  for (const customer of customers) {
    chatOf(simulated, customer.key).windowUntilMs = nowMs + DAY_MS
    const of = { ...workspace, number: { ...workspace.number, id } }
    const saidAtMs = nowMs - 60_000
    const wish = { phone: customer.phone, name: customer.profileName, lastAtMs: saidAtMs }
    const conversation = await putConversation(db, of, wish)
    // What the window is reckoned from when a row of the thread goes.
    await putMessage(db, of, conversation, { sentAtMs: saidAtMs })
    conversations.push(conversation)
  }
  return { simulated, id, conversations }
}

/** Real time passes: processes are watched from outside, at the speed that Meta measures. */
export function passTime(ms: number): Promise<void> {
  return pause(Math.max(0, ms))
}
