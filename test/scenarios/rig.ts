import { expect, test } from 'vitest'
import type { Snapshot } from '../../contract/api/inbox.ts'
import type { Conversation } from '../../contract/conversation.ts'
import type { FeedRow, InboxEvent } from '../../contract/inbox-event.ts'
import { applyFeedRows } from '../../contract/inbox-state.ts'
import type { Message } from '../../contract/message.ts'
import type { BusinessNumber, Sync } from '../../contract/number.ts'
import { checkIntegrity } from '../../server/inbox/check-integrity.ts'
import type { Chat, ChatMessage, LoadedScenario } from '../../simulator/control-api.ts'
import type { ScenarioCustomer } from '../../simulator/scenario.ts'
import { type Simulator, startSimulator } from '../../simulator/simulator.ts'
import { createTestDatabase } from '../support/database.ts'
import { createTestWorkspace } from '../support/workspace.ts'
import { type RunningWasl, startWasl } from './running-wasl.ts'

export const APP = { appId: '1234567890', appSecret: 'test_app_secret_of_the_app' }
const START_MS = Date.UTC(2026, 10, 23, 9)
export const SECOND_MS = 1_000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS
/** Longer than a small phone takes to bring its past, and the files of its last days. */
const IMPORT_MS = MINUTE_MS

/** A simulated Meta with its phones, and a Wasl that is connected to nothing yet; both on a clock that only the scenario moves. */
export class Rig {
  readonly simulator: Simulator
  readonly wasl: RunningWasl
  /** Everything that a browser was told, in order. */
  readonly rows: FeedRow[] = []
  #wake: () => void = () => {}

  constructor(simulator: Simulator, wasl: RunningWasl) {
    this.simulator = simulator
    this.wasl = wasl
    wasl.api.deps.hub.subscribe(wasl.workspaceId, (frame) => {
      this.rows.push(...(JSON.parse(frame.text) as { rows: FeedRow[] }).rows)
      this.#wake()
    })
  }

  async control<T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.simulator.origin}/control/${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`)
    return (text === '' ? null : JSON.parse(text)) as T
  }

  load(name: string, options: object = {}): Promise<LoadedScenario> {
    return this.control('POST', 'scenarios', { name, options })
  }

  /** The owner goes through the signup; resolves when Meta has answered both requests for the past. */
  async connect(options: { shareHistory?: boolean } = {}): Promise<{ numberId: string; phoneNumberId: string }> {
    const from = this.rows.length
    const { status, body } = await this.wasl.api.call('POST', '/api/v1/numbers/simulated', { body: options })
    expect([status, body.error]).toEqual([201, undefined])
    const { id, phoneNumberId } = body.number as BusinessNumber
    await this.until((event) => isNumber(event, id, (number) => number.syncs.every(isAnswered)), from)
    if (phoneNumberId === null) throw new Error('A number was connected without Meta’s id')
    return { numberId: id, phoneNumberId }
  }

  /** Connects the phone of `tiny`, and lets all of its past come in. */
  async connectTiny(): Promise<{ numberId: string; phoneNumberId: string }> {
    await this.load('tiny')
    const connected = await this.connect()
    await this.advance(IMPORT_MS)
    return connected
  }

  /** Moves the clock of both; resolves when all that Meta delivered on the way is in the threads and told. */
  async advance(ms: number): Promise<void> {
    await this.control('POST', 'clock', { advanceMs: ms })
    await this.settled()
  }

  /** What Meta was given so far is delivered, projected, and told. */
  async settled(): Promise<void> {
    await this.control('POST', 'clock', { advanceMs: 1 })
    await this.wasl.idle()
    const { seq } = (await this.snapshot()).state
    await this.told(() => (this.rows.at(-1)?.seq ?? 0) >= seq)
  }

  /** Somebody does something in a chat. */
  async act(phoneNumberId: string, customerKey: string, what: object): Promise<{ wamid: string }> {
    const done = await this.control<{ wamid: string }>(
      'POST',
      `numbers/${phoneNumberId}/chats/${customerKey}/acts`,
      what,
    )
    return done
  }

  /** A second later customer or phone writes a text; it is in the thread when this resolves, unless Wasl is offline. */
  async write(phoneNumberId: string, customerKey: string, by: 'customer' | 'phone', text: string): Promise<string> {
    await this.advance(SECOND_MS)
    const { wamid } = await this.act(phoneNumberId, customerKey, {
      by,
      do: 'send',
      message: { type: 'text', body: text },
    })
    await this.settled()
    return wamid
  }

  async snapshot(): Promise<Snapshot> {
    return (await this.wasl.api.call('GET', '/api/v1/snapshot')).body
  }

  async number(numberId: string): Promise<BusinessNumber> {
    const number = (await this.snapshot()).state.numbers[numberId]
    if (number === undefined) throw new Error(`no number ${numberId} is shown`)
    return number
  }

  async history(numberId: string): Promise<Sync> {
    return (await this.number(numberId)).syncs.find(({ kind }) => kind === 'history') as Sync
  }

  async conversations(numberId: string): Promise<Conversation[]> {
    return Object.values((await this.snapshot()).state.conversations).filter((one) => one.numberId === numberId)
  }

  /** The conversation with somebody of a phone, however Wasl knows them. */
  async conversation(phoneNumberId: string, customerKey: string): Promise<Conversation> {
    const customers = await this.control<ScenarioCustomer[]>('GET', `numbers/${phoneNumberId}/customers`)
    const customer = customers.find(({ key }) => key === customerKey)
    const { state } = await this.snapshot()
    const number = Object.values(state.numbers).find((one) => one.phoneNumberId === phoneNumberId)
    const found = Object.values(state.conversations).filter(
      ({ numberId, contact }) =>
        numberId === number?.id &&
        ((contact.phone !== null && contact.phone === customer?.phone) ||
          (contact.userId !== null && contact.userId === customer?.userId)),
    )
    expect(found, `conversations with ${customerKey}`).toHaveLength(1)
    return found[0] as Conversation
  }

  async thread(phoneNumberId: string, customerKey: string): Promise<Message[]> {
    const { id } = await this.conversation(phoneNumberId, customerKey)
    return (await this.wasl.api.call('GET', `/api/v1/conversations/${id}/messages?limit=100`)).body.messages
  }

  async message(phoneNumberId: string, customerKey: string, wamid: string): Promise<Message | undefined> {
    return (await this.thread(phoneNumberId, customerKey)).find((one) => one.wamid === wamid)
  }

  /** Rows of the database; `$1` is the workspace. */
  async sql<T>(text: string, ...values: unknown[]): Promise<T[]> {
    return (await this.wasl.db.owner.query(text, [this.wasl.workspaceId, ...values])).rows as T[]
  }

  /** Every chat of the phone, message by message, against the thread: nothing is lost, doubled or by somebody else. */
  async expectThreadsOfPhone(phoneNumberId: string): Promise<void> {
    const chats = await this.control<Chat[]>('GET', `numbers/${phoneNumberId}/chats`)
    expect(chats.length, 'a phone without chats proves nothing').toBeGreaterThan(0)
    for (const { customer } of chats) {
      const chat = await this.control<ChatMessage[]>('GET', `numbers/${phoneNumberId}/chats/${customer.key}`)
      const thread = await this.thread(phoneNumberId, customer.key)
      const onPhone = chat.map(({ wamid, by, deleted }) => ({ wamid, by, deleted }))
      const here = thread.map(({ wamid, author, deletedAtMs }) => ({
        wamid,
        by: author === 'agent' ? 'api' : author,
        deleted: deletedAtMs !== null,
      }))
      expect(here.toSorted(byWamid)).toEqual(onPhone.toSorted(byWamid))
    }
  }

  /** Messages of the past that a browser was told of so far. */
  imported(): number {
    return this.rows.reduce((sum, { event }) => sum + (event.type === 'history.imported' ? event.count : 0), 0)
  }

  /** Resolves when a browser was told of it; `from`: not counting so many rows that came before. */
  async until(found: (event: InboxEvent) => boolean, from = 0): Promise<void> {
    await this.told(() => this.rows.slice(from).some(({ event }) => found(event)))
  }

  /** Resolves when what a browser was told makes it so. */
  async told(isSo: () => boolean): Promise<void> {
    while (!isSo()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}

/** Whether this event shows the number so. */
function isNumber(event: InboxEvent, numberId: string, is: (number: BusinessNumber) => boolean): boolean {
  return event.type === 'number.changed' && event.number.id === numberId && is(event.number)
}

interface Played {
  /** Everything random comes from it: what fails under it fails again. */
  readonly seed: number
  readonly faults?: Readonly<Record<string, number>>
  /** What has to go wrong in it, and to be told as an error; anything else may not. */
  readonly fails?: RegExp
}

/**
 * One scenario: a name, a seed, and what happens. Whatever it was, in the end the feed has told a browser everything
 * that the server knows, what is stored agrees with itself, and nothing has failed.
 */
export function scenario(name: string, { seed, faults, fails }: Played, play: (rig: Rig) => Promise<void>): void {
  test(`${name} (seed ${seed})`, async () => {
    const db = await createTestDatabase()
    const { workspaceId } = await createTestWorkspace(db)
    const simulator = await startSimulator({ port: 0, seed, ...APP, startMs: START_MS, frozen: true })
    const wasl = await startWasl({ db, workspaceId, simulator, app: APP })
    let failures: readonly unknown[] = []
    try {
      const rig = new Rig(simulator, wasl)
      await rig.control('PUT', 'webhook', wasl.webhook)
      await rig.control('POST', 'play', { running: false })
      if (faults !== undefined) await rig.control('PUT', 'faults', faults)
      const begin = await rig.snapshot()
      await play(rig)
      await rig.settled()
      const end = await rig.snapshot()
      expect(
        applyFeedRows(
          begin.state,
          rig.rows.filter(({ seq }) => seq <= end.state.seq),
        ),
      ).toEqual(end.state)
      expect(await checkIntegrity(db.database, workspaceId)).toEqual([])
    } finally {
      await simulator.close()
      await wasl.stop()
      // Before the database goes: a connection that is just saying goodbye would tell of it.
      failures = wasl.failures()
      await db.close()
    }
    const isExpected = (error: unknown) => fails?.test(String(error)) === true
    expect(failures.filter((error) => !isExpected(error))).toEqual([])
    expect(failures.some(isExpected), `something must fail with ${fails}`).toBe(fails !== undefined)
  })
}

function isAnswered(sync: Sync): boolean {
  return sync.requestId !== null || sync.error !== null
}

function byWamid(a: { wamid: string | null }, b: { wamid: string | null }): number {
  return (a.wamid ?? '') < (b.wamid ?? '') ? -1 : 1
}
