import type { Snapshot } from '../../contract/api/inbox.ts'
import type { Session } from '../../contract/api/workspace.ts'
import type { ConversationId, MemberId } from '../../contract/ids.ts'
import type { FeedRow } from '../../contract/inbox-event.ts'
import type { Message, Quote } from '../../contract/message.ts'
import type { BusinessNumber } from '../../contract/number.ts'
import type { Failure, Result } from './api.ts'
import { applyRows, confirmedClientIds } from './apply-rows.ts'
import { backoffMs } from './backoff.ts'
import { Connection, type ConnectionSurroundings, type Cursor, type LinkState } from './connection.ts'
import { type ListLoader, listLoader, reachedBySnapshot } from './list-loader.ts'
import { orderAll } from './order.ts'
import {
  dropOutboxItem,
  isOutboxKey,
  type OutboxItem,
  type OutboxStorage,
  type Outgoing,
  type OutgoingTemplate,
  readOutbox,
} from './outbox.ts'
import { type OutboxSender, outboxSender } from './outbox-sender.ts'
import { type ReadMarker, readMarker } from './read-marker.ts'
import { type RecentRows, recentRows } from './recent-rows.ts'
import { type RowPump, rowPump } from './row-pump.ts'
import { EMPTY, type SyncStore } from './store.ts'
import { ThreadLoader } from './thread-loader.ts'

export interface SyncSurroundings extends ConnectionSurroundings {
  readonly storage: OutboxStorage
  get<T>(path: string): Promise<Result<T>>
  post<T>(path: string, body: unknown): Promise<Result<T>>
  wallMs(): number
  newClientId(): string
}

/**
 * Joins session, snapshot, feed and outbox; the screens act through it. First load and every fresh start after a lost
 * cursor are the same function.
 */
export class InboxSync {
  readonly #store: SyncStore
  readonly #around: SyncSurroundings
  readonly #recent: RecentRows = recentRows()
  readonly #threads: ThreadLoader
  readonly #list: ListLoader
  readonly #outbox: OutboxSender
  readonly #reads: ReadMarker
  readonly #pump: RowPump
  #connection: Connection | null = null
  /** Counts starts: what an older one still waits for is of no use. */
  #generation = 0

  constructor(store: SyncStore, around: SyncSurroundings) {
    this.#store = store
    this.#around = around
    this.#threads = new ThreadLoader(store, this.#recent, around)
    this.#list = listLoader(store, this.#recent, around)
    this.#outbox = outboxSender(store, around)
    this.#reads = readMarker(store, around)
    this.#pump = rowPump((rows) => this.#takeRows(rows), around)
  }

  /** Session, snapshot, connection; tried until it succeeds or another start takes over. */
  async start(attempt = 0): Promise<void> {
    const started = ++this.#generation
    this.#connection?.stop()
    this.#connection = null
    this.#pump.clear()
    const failure = await this.#load(started)
    if (started !== this.#generation) return
    if (failure === null) return this.#connect()
    this.#store.setState((state) => ({
      startFailure: failure,
      link: state.inbox === null ? 'connecting' : 'reconnecting',
    }))
    const again = () => started === this.#generation && void this.start(attempt + 1)
    this.#around.setTimer(again, backoffMs(attempt, this.#around.random()))
  }

  /** The tab was shown, or the network came back. */
  wake(): void {
    this.#connection?.wake()
  }

  /** Becomes another member: everything on the screen is theirs from then on. Gives why not. */
  async actAs(memberId: MemberId): Promise<Failure | null> {
    const answer = await this.#around.post<Session>('/session', { memberId })
    if (!answer.ok) return answer.failure
    this.#generation += 1
    this.#connection?.stop()
    this.#reads.forget()
    this.#store.setState({ ...EMPTY, session: answer.value })
    await this.start()
    return null
  }

  moreConversations(): void {
    void this.#list.more()
  }

  ensureThread(id: ConversationId): void {
    this.#threads.ensure(id)
  }

  olderMessages(id: ConversationId): void {
    void this.#threads.older(id)
  }

  markRead(id: ConversationId): void {
    this.#reads.mark(id)
  }

  send(
    id: ConversationId,
    body: string,
    quote: Quote | null,
    costConfirmed = false,
    plan: OutboxItem['plan'] = {},
  ): void {
    this.#add(id, { body, quote, costConfirmed, plan })
  }

  /** Sends a template, which needs no open window. */
  sendTemplate(id: ConversationId, template: OutgoingTemplate, costConfirmed: boolean): void {
    this.#add(id, { body: '', quote: null, costConfirmed, template })
  }

  /** Sends something else than written words. */
  sendOutgoing(
    id: ConversationId,
    outgoing: Outgoing,
    quote: Quote | null,
    costConfirmed = false,
    plan: OutboxItem['plan'] = {},
  ): void {
    this.#add(id, { body: '', outgoing, quote, costConfirmed, plan })
  }

  /** Sends a message that failed once more, as a new one that refers to it. */
  sendAgain(failed: Message, again: Pick<OutboxItem, 'outgoing' | 'template'>, costConfirmed = false): void {
    this.#add(failed.conversationId, { body: '', quote: failed.quote, againOf: failed.id, costConfirmed, ...again })
  }

  #add(
    id: ConversationId,
    written: Pick<OutboxItem, 'body' | 'quote' | 'outgoing' | 'template' | 'costConfirmed' | 'plan' | 'againOf'>,
  ): void {
    const { inbox, clockSkewMs } = this.#store.getState()
    const conversation = inbox?.conversations[id]
    if (inbox === null || conversation === undefined) return
    this.#outbox.add({
      ...written,
      clientId: this.#around.newClientId(),
      conversationId: id,
      numberId: conversation.numberId,
      memberId: inbox.me,
      writtenAtMs: this.#around.wallMs() + clockSkewMs,
      refusal: null,
    })
  }

  retry(clientId: string, costConfirmed = false): void {
    this.#outbox.retry(clientId, costConfirmed)
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId)
  }

  /** Another tab changed the outbox. */
  storageChanged(key: string | null): void {
    if (isOutboxKey(key)) this.#store.setState({ outbox: readOutbox(this.#around.storage) })
  }

  /** A number that an answer brought, before the feed has; the feed speaks last. */
  putNumber(number: BusinessNumber): void {
    const { inbox } = this.#store.getState()
    if (inbox === null || inbox.numbers[number.id] !== undefined) return
    this.#store.setState({ inbox: { ...inbox, numbers: { ...inbox.numbers, [number.id]: number } } })
  }

  async #load(started: number): Promise<Failure | null> {
    const session = await this.#ownSession()
    if (!session.ok) return session.failure
    const snapshot = await this.#around.get<Snapshot>('/snapshot')
    if (!snapshot.ok) return snapshot.failure
    if (started === this.#generation) this.#putSnapshot(session.value, snapshot.value)
    return null
  }

  /** Until sign-in exists somebody has to be chosen: the first of the list, the owner; the switcher changes it. */
  async #ownSession(): Promise<Result<Session>> {
    const session = await this.#around.get<Session>('/session')
    const first = session.ok ? session.value.members[0] : undefined
    if (!session.ok || session.value.me !== null || first === undefined) return session
    return this.#around.post<Session>('/session', { memberId: first.id })
  }

  #putSnapshot(session: Session, { feedId, state, nextCursor, nowMs }: Snapshot): void {
    this.#threads.forget()
    this.#list.forget()
    this.#recent.restart(state.seq)
    this.#store.setState({
      session,
      inbox: state,
      feedId,
      startFailure: null,
      order: orderAll(state.conversations),
      list: { nextCursor, reachedMs: reachedBySnapshot(state, nextCursor), loading: false },
      outbox: readOutbox(this.#around.storage),
      clockSkewMs: nowMs - this.#around.wallMs(),
      arrival: null,
    })
  }

  #connect(): void {
    this.#connection = new Connection(this.#around, {
      cursor: () => this.#cursor(),
      onRows: (rows) => this.#pump.add(rows),
      onReset: () => void this.start(),
      onLink: (link) => this.#setLink(link),
      onServerTime: (nowMs) => this.#store.setState({ clockSkewMs: nowMs - this.#around.wallMs() }),
    })
  }

  #cursor(): Cursor {
    this.#pump.drain()
    const { feedId, inbox } = this.#store.getState()
    return { feedId, seq: inbox?.seq ?? 0 }
  }

  #setLink(link: LinkState): void {
    this.#store.setState({ link })
    if (link !== 'live') return
    this.#outbox.flush()
    this.#reads.flush()
  }

  #takeRows(rows: readonly FeedRow[]): void {
    const state = this.#store.getState()
    const { inbox } = state
    if (inbox === null) return
    this.#recent.push(rows.filter((row) => row.seq > inbox.seq))
    this.#store.setState(applyRows(state, inbox, rows))
    for (const clientId of confirmedClientIds(rows)) dropOutboxItem(this.#around.storage, clientId)
  }
}
