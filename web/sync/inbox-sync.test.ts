import { describe, expect, test } from 'vitest'
import type { MessagesPage, SendMessageBody, Snapshot } from '../../contract/api/inbox.ts'
import type { Conversation } from '../../contract/conversation.ts'
import type { FeedRow, InboxEvent } from '../../contract/inbox-event.ts'
import type { Message } from '../../contract/message.ts'
import type { Failure, Result } from './api.ts'
import type { SocketLike } from './connection.ts'
import { InboxSync } from './inbox-sync.ts'
import type { OutboxStorage } from './outbox.ts'
import { createSyncStore } from './store.ts'

describe('starting', () => {
  test('chooses the owner when nobody is chosen, takes the snapshot, and follows the feed from there', async () => {
    const world = await started()
    expect(world.posted).toEqual([['/session', { memberId: 'noura' }]])
    expect(world.sockets[0]?.path).toBe('/api/v1/stream?feed=f&after=10')
    world.feed(11, added(message('m1', 1_000), conversation('a', 1_000)))
    expect(world.state().inbox?.seq).toBe(11)
    expect(world.state().order).toEqual(['a', 'b'])
  })

  test('a server that is not there yet is asked again', async () => {
    const world = newWorld()
    world.down = true
    void world.sync.start()
    await world.settle()
    expect(world.state().startFailure).toEqual({ kind: 'unreachable' })
    world.down = false
    await world.pass(1_000)
    expect(world.state().inbox?.seq).toBe(10)
  })

  test('a lost cursor takes a fresh snapshot by the same way', async () => {
    const world = await started()
    world.snapshotSeq = 500
    world.say({ type: 'reset' })
    await world.settle()
    expect(world.state().inbox?.seq).toBe(500)
    expect(world.sockets.at(-1)?.path).toBe('/api/v1/stream?feed=f&after=500')
  })
})

describe('a page read while rows arrive', () => {
  test('gets the newer rows on top: an older reading never wins', async () => {
    const world = await started()
    const answer = world.holdThread('a')
    world.sync.ensureThread('a')
    // The page was read at 10; before it arrives the message is edited and another one comes.
    world.feed(11, { type: 'message.changed', message: message('m1', 1_000, 'edited'), conversation: null })
    world.feed(12, added(message('m2', 2_000), conversation('a', 2_000)))
    answer({
      seq: 10,
      conversation: conversation('a', 1_000),
      messages: [message('m1', 1_000, 'first')],
      nextCursor: null,
    })
    await world.settle()
    expect(texts(world.state().inbox?.threads.a?.messages)).toEqual(['edited', 'm2'])
    expect(world.state().inbox?.conversations.a?.lastAtMs).toBe(2_000)
  })

  test('is read again when the rows in between are no longer known', async () => {
    const world = await started()
    const answer = world.holdThread('a')
    world.sync.ensureThread('a')
    answer({ seq: 3, conversation: conversation('a', 1), messages: [message('old', 1)], nextCursor: null })
    world.threads.a = { seq: 10, conversation: conversation('a', 1), messages: [message('new', 1)], nextCursor: null }
    await world.settle()
    expect(texts(world.state().inbox?.threads.a?.messages)).toEqual(['new'])
  })

  test('an import makes the thread stale, and loading it anew brings what it put there', async () => {
    const world = await started()
    world.threads.a = { seq: 10, conversation: conversation('a', 5), messages: [message('m5', 5)], nextCursor: null }
    world.sync.ensureThread('a')
    await world.settle()
    world.feed(11, { type: 'history.imported', conversation: conversation('a', 5), count: 1 })
    expect(world.state().inbox?.threads.a?.stale).toBe(true)
    world.threads.a = {
      seq: 11,
      conversation: conversation('a', 5),
      messages: [message('m1', 1), message('m5', 5)],
      nextCursor: null,
    }
    world.sync.ensureThread('a')
    await world.settle()
    expect(texts(world.state().inbox?.threads.a?.messages)).toEqual(['m1', 'm5'])
    expect(world.state().inbox?.threads.a?.stale).toBe(false)
  })
})

describe('a conversation that has gone up in another', () => {
  test('leads to the one that stays, whose messages are loaded; it is asked for once', async () => {
    const world = await started()
    const page = { seq: 10, conversation: conversation('a', 5), messages: [message('m5', 5)], nextCursor: null }
    world.threads.gone = page
    world.sync.ensureThread('gone')
    await world.settle()
    expect(world.state().threads.gone).toMatchObject({ loading: 'none', failure: null, ledTo: 'a' })
    expect(texts(world.state().inbox?.threads.a?.messages)).toEqual(['m5'])
    expect(world.state().threads.a).toMatchObject({ loading: 'none', ledTo: null })
  })

  test('comes back when the merge is undone, in its place of the list, unread as far as it is told', async () => {
    const world = await started()
    world.feed(11, { type: 'conversation.merged', conversation: conversation('a', 9), goneId: 'b' })
    expect(world.state().order).toEqual(['a'])
    world.feed(12, { type: 'conversation.read', conversationId: 'a', memberId: 'noura', inboundCount: 7 })
    world.feed(13, { type: 'conversation.split', conversation: conversation('a', 1), restored: conversation('b', 9) })
    expect(world.state().order).toEqual(['b', 'a'])
    expect(world.state().inbox?.reads.a).toBeUndefined()
  })
})

describe('sending', () => {
  test('stands at once, is kept, and is sent again under the same id until the server has it', async () => {
    const world = await started()
    world.down = true
    world.sync.send('a', 'hello', null)
    expect(world.state().outbox.map((item) => item.body)).toEqual(['hello'])
    expect(world.storage.length).toBe(1)
    await world.pass(3_000)
    world.down = false
    await world.pass(30_000)
    const sends = world.posted.filter(([path]) => path === '/conversations/a/messages')
    expect(sends.length).toBeGreaterThan(1)
    expect(new Set(sends.map(([, body]) => (body as { clientId: string }).clientId)).size).toBe(1)
    expect(world.state().outbox).toEqual([])
    expect(world.storage.length).toBe(0)
  })

  test('a reload loses nothing: the next page sends what the last one could not', async () => {
    const before = await started()
    before.down = true
    before.sync.send('a', 'written before the crash', null)
    await before.settle()
    const after = newWorld(before.storage)
    void after.sync.start()
    await after.settle()
    after.hello()
    await after.settle()
    expect(after.posted.at(-1)?.[1]).toMatchObject({ content: { body: 'written before the crash' } })
    expect(after.storage.length).toBe(0)
  })

  test('a refusal stays in place with its reason, blocks nothing, and goes out on retry', async () => {
    const world = await started()
    world.refuse = { kind: 'refused', code: 'budget_spent', status: 422 }
    world.sync.send('a', 'too late', null)
    await world.settle()
    expect(world.state().outbox[0]?.refusal).toMatchObject({ code: 'budget_spent' })
    world.refuse = null
    world.sync.send('a', 'second', null)
    await world.settle()
    expect(world.state().outbox.map((item) => item.body)).toEqual(['too late'])
    world.sync.retry(world.state().outbox[0]?.clientId ?? '', true)
    await world.settle()
    expect([world.posted.at(-1)?.[1], world.state().outbox]).toMatchObject([{ costConfirmed: true }, []])
  })

  test('the feed may confirm before the answer does; the message stands once', async () => {
    const world = await started()
    world.threads.a = { seq: 10, conversation: conversation('a', 1), messages: [], nextCursor: null }
    world.sync.ensureThread('a')
    await world.settle()
    world.sync.send('a', 'hello', null)
    const clientId = world.state().outbox[0]?.clientId ?? ''
    world.feed(11, added({ ...message('m9', 9_000, 'hello'), clientId, delivery: 'sent' }, conversation('a', 9_000)))
    await world.settle()
    const shown = world.state().inbox?.threads.a?.messages ?? []
    expect(shown.map((one) => [one.id, one.delivery])).toEqual([['m9', 'sent']])
    expect(world.state().outbox).toEqual([])
    expect(world.storage.length).toBe(0)
  })

  test('what one member wrote is never sent as another', async () => {
    const world = await started()
    world.down = true
    world.sync.send('a', 'by Noura', null)
    await world.settle()
    world.down = false
    const sent = world.posted.length
    await world.sync.actAs('salem')
    world.hello()
    await world.pass(60_000)
    expect(world.posted.slice(sent).filter(([path]) => path.endsWith('/messages'))).toEqual([])
    expect(world.storage.length).toBe(1)
  })
})

test('reading is shown at once and told to the server; what could not be told is told when it is back', async () => {
  const world = await started()
  world.feed(11, { type: 'conversation.changed', conversation: { ...conversation('a', 1), inboundCount: 3 } })
  world.down = true
  world.sync.markRead('a')
  expect(world.state().inbox?.reads.a).toBe(3)
  await world.settle()
  world.down = false
  world.hello()
  await world.settle()
  expect(world.posted.at(-1)).toEqual(['/conversations/a/read', { inboundCount: 3 }])
})

// The world of a test: a server, a browser's storage, and time ------------------------------------------------------

function texts(messages: readonly Message[] | undefined): readonly string[] {
  return (messages ?? []).map((one) => (one.content.type === 'text' ? one.content.body : ''))
}

function added(one: Message, of: Conversation): InboxEvent {
  return { type: 'message.added', message: one, conversation: of }
}

function conversation(id: string, lastAtMs: number): Conversation {
  const contact = {
    id: `c${id}`,
    phone: '1',
    userId: null,
    username: null,
    addressBookName: null,
    profileName: id,
    agentName: null,
  }
  return { id, numberId: 'n', contact, last: null, lastAtMs, inboundCount: 0, lastInboundAtMs: null, owner: null }
}

function message(id: string, sentAtMs: number, body = id): Message {
  return {
    id, conversationId: 'a', numberId: 'n', wamid: `w${id}`, clientId: null, author: 'customer', memberId: null, source: 'live',
    content: { type: 'text', body }, file: null, sentAtMs, delivery: null, deliveryAtMs: null, error: null, quote: null, referral: null,
    forwarded: 'no', reactions: [], versions: [], deletedAtMs: null,
  } // biome-ignore format: one message, three lines
}

async function started() {
  const world = newWorld()
  void world.sync.start()
  await world.settle()
  world.hello()
  return world
}

function newWorld(storage: OutboxStorage = memoryStorage()): World {
  return new World(storage)
}

const MEMBERS = [
  { id: 'noura', name: 'Noura', role: 'owner' as const },
  { id: 'salem', name: 'Salem', role: 'agent' as const },
]

class World {
  readonly storage: OutboxStorage
  readonly sync: InboxSync
  readonly posted: (readonly [string, unknown])[] = []
  readonly sockets: (SocketLike & { readonly path: string })[] = []
  down = false
  refuse: Failure | null = null
  snapshotSeq = 10
  threads: Record<string, MessagesPage> = {}
  readonly #store = createSyncStore()
  readonly #held = new Map<string, Promise<MessagesPage>>()
  #timers: { readonly atMs: number; readonly action: () => void }[] = []
  #nowMs = 0
  #ids = 0
  #me: string | null = null

  constructor(storage: OutboxStorage) {
    this.storage = storage
    this.sync = new InboxSync(this.#store, {
      storage,
      get: <T>(path: string) => this.#answer<T>(path),
      post: <T>(path: string, body: unknown) => this.#take<T>(path, body),
      openSocket: (path) => this.#openSocket(path),
      setTimer: (action, ms) => this.#setTimer(action, ms),
      monotonicMs: () => this.#nowMs,
      wallMs: () => this.#nowMs,
      random: () => 0.5,
      newClientId: () => `client-${++this.#ids}`,
    })
  }

  state() {
    return this.#store.getState()
  }

  say(one: unknown): void {
    this.sockets.at(-1)?.onmessage?.({ data: JSON.stringify(one) })
  }

  hello(): void {
    this.say({ type: 'hello', feedId: 'f', seq: Math.max(this.snapshotSeq, this.state().inbox?.seq ?? 0), nowMs: 0 })
  }

  feed(seq: number, event: InboxEvent): void {
    this.#nowMs += 1_000
    this.say({ type: 'rows', rows: [{ seq, atMs: 0, event } satisfies FeedRow] })
  }

  /** The answer to the next question for this thread comes when the test gives it. */
  holdThread(id: string): (page: MessagesPage) => void {
    const { promise, resolve } = Promise.withResolvers<MessagesPage>()
    this.#held.set(id, promise)
    return resolve
  }

  /** Lets everything that waits for an answer go on. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 30; turn++) await Promise.resolve()
  }

  async pass(ms: number): Promise<void> {
    for (let step = 0; step < ms; step += 100) {
      this.#nowMs += 100
      const due = this.#timers.filter((timer) => timer.atMs <= this.#nowMs)
      this.#timers = this.#timers.filter((timer) => timer.atMs > this.#nowMs)
      for (const timer of due) timer.action()
      await this.settle()
    }
  }

  async #answer<T>(path: string): Promise<Result<T>> {
    if (this.down) return unreachable()
    if (path === '/session') return { ok: true, value: this.#session() as T }
    if (path === '/snapshot') return { ok: true, value: this.#snapshot() as T }
    const id = path.match(/^\/conversations\/([^/?]+)\/messages/)?.[1] ?? ''
    const waiting = this.#held.get(id)
    this.#held.delete(id)
    return { ok: true, value: (await (waiting ?? this.threads[id])) as T }
  }

  async #take<T>(path: string, body: unknown): Promise<Result<T>> {
    this.posted.push([path, body])
    if (this.down) return unreachable()
    if (path === '/session') {
      this.#me = (body as { memberId: string }).memberId
      return { ok: true, value: this.#session() as T }
    }
    if (path.endsWith('/read')) return { ok: true, value: undefined as T }
    if (this.refuse !== null) return { ok: false, failure: this.refuse }
    const { clientId, content } = body as SendMessageBody & { readonly content: { readonly type: 'text' } }
    const sent = { ...message(`s-${clientId}`, 9_000, content.body), clientId, author: 'agent', delivery: 'queued' }
    return { ok: true, value: { message: sent } as T }
  }

  #openSocket(path: string): SocketLike {
    const socket = { path, onmessage: null, onclose: null, close() {} }
    this.sockets.push(socket)
    return socket
  }

  #setTimer(action: () => void, ms: number): () => void {
    const timer = { atMs: this.#nowMs + ms, action }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer)
    }
  }

  #session() {
    return {
      me: MEMBERS.find((member) => member.id === this.#me) ?? null,
      members: MEMBERS,
      version: '1',
      simulatorUrl: null,
    }
  }

  #snapshot(): Snapshot {
    const conversations = { a: conversation('a', 500), b: conversation('b', 600) }
    const state = {
      seq: this.snapshotSeq,
      me: this.#me ?? '',
      members: MEMBERS,
      numbers: {},
      conversations,
      reads: {},
      threads: {},
      unrecognisedTotal: 0,
    }
    return { feedId: 'f', nextCursor: null, nowMs: 0, state }
  }
}

function unreachable<T>(): Result<T> {
  return { ok: false, failure: { kind: 'unreachable' } }
}

function memoryStorage(): OutboxStorage {
  const entries = new Map<string, string>()
  return {
    get length() {
      return entries.size
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => void entries.set(key, value),
    removeItem: (key) => void entries.delete(key),
  }
}
