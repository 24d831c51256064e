import type { CallContent, MessageContent } from '../../contract/message-content.ts'
import type { AppendedRow } from '../../server/inbox/append.ts'
import { type Projection, projectBatch } from '../../server/inbox/project-batch.ts'
import { readNumber } from '../../server/numbers/number-store.ts'
import { TestClock } from '../../server/platform/clock.ts'
import { uuidv7Ids } from '../../server/platform/ids.ts'
import { reactToFiles, reactToRefusals, reactToStrays } from '../../server/reactions.ts'
import type {
  ChannelDelete,
  ChannelEdit,
  ChannelEvent,
  ChannelMessage,
  ChannelPayment,
  ChannelReaction,
  ChannelStatus,
  Customer,
  Origin,
} from '../../server/whatsapp/channel-event.ts'
import type { TestDatabase } from './database.ts'
import type { TestWorkspace } from './workspace.ts'

/** 2026-11-23 08:00 UTC; the seconds of WhatsApp's times in tests count from here. */
export const MORNING_MS = Date.UTC(2026, 10, 23, 8)

export interface TestProjection extends Projection {
  readonly clock: TestClock
  /** Everything that was published, by workspace, in order. */
  readonly published: Map<string, AppendedRow[]>
}

export function testProjection(test: Pick<TestDatabase, 'database'>): TestProjection {
  const clock = new TestClock()
  const published = new Map<string, AppendedRow[]>()
  return {
    database: test.database,
    clock,
    ids: uuidv7Ids(clock),
    readNumber,
    reactToNotices: async () => {},
    reactToFiles,
    reactToStrays,
    reactToRefusals,
    wakeFiles: () => {},
    heard: () => {},
    published,
    publish(workspaceId, rows) {
      published.set(workspaceId, [...(published.get(workspaceId) ?? []), ...rows])
    },
  }
}

/** Projects events as one batch. */
export async function project(
  deps: Projection,
  { workspaceId, number }: Pick<TestWorkspace, 'workspaceId' | 'number'>,
  events: readonly ChannelEvent[],
): Promise<void> {
  const facts = events.map((event) => ({ event, receivedAtMs: MORNING_MS }))
  await projectBatch(deps, { workspaceId, parts: [{ numberId: number.id, facts }], queueIds: [] })
}

export const ORIGIN: Origin = { wabaId: 'waba', phoneNumberId: 'number', displayPhone: null }

export function customer(given: Partial<Customer>): Customer {
  return { phone: null, userId: null, parentUserId: null, username: null, profileName: null, ...given }
}

/** Layla, known by her phone. */
export const LAYLA = customer({ phone: '966551234567', profileName: 'Layla' })

type Given<T> = Partial<Omit<T, 'type'>> & { wamid: string }

const seconds = (at: number) => MORNING_MS + at * 1000
const FACT = { origin: ORIGIN, via: 'live', direction: 'in', customer: LAYLA, groupId: null } as const

export function message(given: Given<ChannelMessage> & { text?: string; at?: number }): ChannelMessage {
  const { text = 'Good morning', at = 0, ...rest } = given
  const content: MessageContent = { type: 'text', body: text }
  const bare = { context: null, forwarded: 'no', referral: null, historyStatus: null, phase: null } as const
  return { type: 'channel.message', ...FACT, ...bare, sentAtMs: seconds(at), content, ...rest }
}

/** A call of the customer's that rings, or is over. */
export function call(
  given: Given<ChannelMessage> & Partial<Omit<CallContent, 'type'>> & { at?: number },
): ChannelMessage {
  const { by = 'customer', outcome = 'ringing', seconds, ...rest } = given
  const content: CallContent = { type: 'call', by, outcome, ...(seconds === undefined ? {} : { seconds }) }
  return message({ ...rest, content, direction: by === 'customer' ? 'in' : 'out' })
}

export function edit(given: Given<ChannelEdit> & { targetWamid: string; text: string; at?: number }): ChannelEdit {
  const { text, at = 0, ...rest } = given
  return { type: 'channel.edit', ...FACT, sentAtMs: seconds(at), content: { type: 'text', body: text }, ...rest }
}

export function deletion(given: Given<ChannelDelete> & { targetWamid: string; at?: number }): ChannelDelete {
  const { at = 0, ...rest } = given
  return { type: 'channel.delete', ...FACT, sentAtMs: seconds(at), ...rest }
}

export function reaction(
  given: Given<ChannelReaction> & { targetWamid: string; emoji: string | null; at?: number },
): ChannelReaction {
  const { at = 0, ...rest } = given
  return { type: 'channel.reaction', ...FACT, sentAtMs: seconds(at), ...rest }
}

export function status(given: Given<ChannelStatus> & { status: ChannelStatus['status']; at?: number }): ChannelStatus {
  const { at = 0, ...rest } = given
  const bare = { customer: null, groupId: null, callbackData: null, errors: [], pricing: null, conversation: null }
  return { type: 'channel.status', origin: ORIGIN, atMs: seconds(at), ...bare, ...rest }
}

export function payment(
  reference: string,
  state: ChannelPayment['payment']['state'],
  at = 0,
  rest: Partial<ChannelPayment['payment']> = {},
): ChannelPayment {
  const told = { state, atMs: seconds(at), ...rest }
  return {
    ...{ type: 'channel.payment', origin: ORIGIN, field: 'messages', reference, payment: told },
    data: { type: 'payment', status: state, at, ...rest, payment: { reference_id: reference } },
  }
}
