import { valueHead } from '../accounts/identity.ts'
import type { BusinessNumber, Customer } from '../accounts/number.ts'
import type { ChatEntry } from '../chat/entry.ts'
import { failureDetails } from '../graph/errors.ts'
import { BODY_BYTES_MAX } from '../webhook/envelope.ts'
import { metaJson } from '../webhook/json.ts'
import type { World } from '../world.ts'
import { type Chunk, planChunks } from './chunks.ts'
import { tellMediaFollowUps } from './media-follow-up.ts'
import { historyMessages } from './message.ts'

/** Milliseconds: from the request to the first chunk, and from chunk to chunk. */
const FIRST_MS = 1_200
const CHUNK_MS = 60
/** Bytes of messages in one webhook: the rest is for threads and envelope. */
const MESSAGES_BYTES_MAX = BODY_BYTES_MAX - 400_000
/** Bytes that a message takes besides its words. */
const MESSAGE_BYTES = 420

/** The phone's past, as the answer to the sync call: chunks by phase, media afterwards; or the refusal; or nothing. */
export function syncHistory(world: World, number: BusinessNumber): void {
  const { faults } = world.settings
  const nowMs = world.clock.nowMs()
  if (faults.historySilent >= 1) return world.counters.add('history_silent')
  if (number.onboarding.shareHistory === false) {
    world.clock.at(nowMs + FIRST_MS, () => tellDeclined(world, number, faults.historyDeclinedBare >= 1))
    return
  }
  const planned = planChunks(number, number.onboarding.atMs ?? nowMs, roughSize, MESSAGES_BYTES_MAX)
  const chunks = faults.historyChunkShuffle >= 1 ? shuffled(world, planned) : planned
  chunks.forEach(
    (chunk, index) => void world.clock.at(nowMs + FIRST_MS + index * CHUNK_MS, () => tellChunk(world, number, chunk)),
  )
  world.clock.at(nowMs + FIRST_MS + chunks.length * CHUNK_MS + FIRST_MS, () => tellMediaFollowUps(world, number))
}

function tellChunk(world: World, number: BusinessNumber, chunk: Chunk): void {
  world.counters.add('history_chunks')
  world.counters.add(
    'history_messages',
    chunk.threads.reduce((sum, thread) => sum + thread.entries.length, 0),
  )
  world.tell({
    accountId: number.accountId,
    numberId: number.id,
    field: 'history',
    entryTimeS: null,
    value: () => chunkJson(world, number, chunk),
  })
}

function chunkJson(world: World, number: BusinessNumber, chunk: Chunk): string {
  const threads = chunk.threads.flatMap((thread) => {
    const customer = number.customers.get(thread.customerKey)
    if (!customer) return []
    const messages = thread.entries.flatMap((entry) => historyMessages(world, number, customer, entry))
    return [{ ...threadHead(customer), messages }]
  })
  const metadata = { phase: chunk.phase, chunk_order: chunk.order, progress: chunk.progress }
  return metaJson({ ...valueHead(number), history: [{ metadata, threads }] })
}

/** `id` is the customer's number, omitted for somebody who shows none; `context` names the person in every way known. */
function threadHead(customer: Customer): Record<string, unknown> {
  const { phone, userId, username } = customer
  const context = {
    ...(phone ? { wa_id: phone } : {}),
    ...(userId ? { user_id: userId } : {}),
    ...(username ? { username } : {}),
  }
  return { ...(phone ? { id: phone } : {}), ...(userId || username ? { context } : {}) }
}

function tellDeclined(world: World, number: BusinessNumber, bare: boolean): void {
  const errors = [failureDetails(2593109)]
  const value = { ...valueHead(number), history: [{ errors }] }
  world.tell({ accountId: number.accountId, numberId: number.id, field: 'history', entryTimeS: null, value, bare })
}

/** An upper bound of a message's escaped size: six bytes for a letter outside ASCII. */
function roughSize(entry: ChatEntry): number {
  const text = JSON.stringify(entry.body)
  let bytes = MESSAGE_BYTES
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    bytes += code > 126 ? 6 : code === 47 ? 2 : 1
  }
  return bytes
}

/** Fisher–Yates by the seed. */
function shuffled(world: World, chunks: readonly Chunk[]): Chunk[] {
  const mixed = [...chunks]
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = world.chance.between(0, at, 'shuffle', at)
    const [a, b] = [mixed[at], mixed[other]]
    if (a && b) [mixed[at], mixed[other]] = [b, a]
  }
  return mixed
}
