import type { Turn } from '../../simulator/scenarios/dialogue-acts.ts'
import { seeded } from './seeded.ts'
import type { HistoryChunk, SentMessage } from './webhook.ts'

/** Messages in one webhook; Meta sends thousands, in at most 3 MB. */
const MESSAGES_PER_CHUNK = 2_000
/** Meta shares 180 days, in phases: 0 = the last day, 1 = days 1–90, 2 = days 90–180. */
const DAY_MS = 86_400_000
const DAYS = 180
const PHASE_STARTS_DAYS = [0, 1, 90, DAYS]
/** Longest pause between two turns of a dialogue. Seconds; 0 is allowed, so that ties are broken by wamid. */
const PAUSE_SECONDS_MAX = 90
/** Threads that pause for days. */
const LONG_PAUSE_RATIO = 0.25
const LONG_PAUSE_DAYS_MAX = 60
/** One chunk of ten is delivered twice. */
const DELIVERED_TWICE_RATIO = 0.1
/** So many of the newest messages come live too. */
const ALSO_LIVE = 500

export interface HistoryImport {
  /** Every message once, in the order of the dialogues. */
  readonly messages: readonly SentMessage[]
  /** Chunks in the order of sending: shuffled, some twice. */
  readonly deliveries: readonly HistoryChunk[]
  /** Chunks and messages per phase, each chunk counted once. */
  readonly phases: readonly { readonly phase: number; readonly chunks: number; readonly messages: number }[]
  /** Messages that also arrive live, as customers' messages or echoes. */
  readonly alsoLive: readonly SentMessage[]
}

/** Lays the dialogues over the six months before `connectMs` and cuts them into chunks. The same seed gives the same. */
export function historyImport(options: {
  dialogues: readonly (readonly Turn[])[]
  seed: number
  connectMs: number
}): HistoryImport {
  const { dialogues, seed, connectMs } = options
  const random = seeded(seed)
  const threads = dialogues.map((turns, index) => threadOf(turns, { index, seed, random, connectMs }))
  const chunks = cutIntoChunks(threads, connectMs)
  const shuffled = random.shuffled(chunks)
  const twice = shuffled.slice(0, Math.ceil(chunks.length * DELIVERED_TWICE_RATIO))
  const messages = threads.flat()
  const newest = [...messages].sort((a, b) => b.atMs - a.atMs).slice(0, Math.min(ALSO_LIVE, messages.length))
  return {
    messages,
    deliveries: random.shuffled([...shuffled, ...twice]),
    phases: countPhases(chunks),
    alsoLive: newest,
  }
}

function threadOf(
  turns: readonly Turn[],
  at: { index: number; seed: number; random: ReturnType<typeof seeded>; connectMs: number },
): SentMessage[] {
  const digits = String(at.index).padStart(8, '0')
  const pauses = pausesOf(turns.length, at.random)
  const lengthMs = pauses.reduce((sum, pause) => sum + pause, 0)
  const startMs = at.connectMs - 1000 - lengthMs - at.random.next() * (DAYS * DAY_MS - lengthMs - 2000)
  let atMs = Math.floor(startMs / 1000) * 1000
  return turns.map(([author, body], position) => {
    atMs += pauses[position] ?? 0
    const wamid = Buffer.from(`${at.seed}.h.${at.random.below(1_000_000)}.${digits}.${position}`).toString('base64url')
    const by = author === 'customer' ? 'customer' : 'phone'
    return { wamid: `wamid.${wamid}`, phone: `971${digits}0`, userId: `AE.${digits}`, by, atMs, body }
  })
}

/** Pauses before each turn, in milliseconds: seconds, and in some threads once days, so that they reach over phases. */
function pausesOf(turns: number, random: ReturnType<typeof seeded>): number[] {
  const pauses = Array.from({ length: turns }, () => random.below(PAUSE_SECONDS_MAX) * 1000)
  if (random.next() < LONG_PAUSE_RATIO) pauses[random.below(turns)] = random.below(LONG_PAUSE_DAYS_MAX) * DAY_MS
  return pauses
}

/** Newest phase first, as Meta sends; a thread stays together as far as the size of a chunk allows. */
function cutIntoChunks(threads: readonly (readonly SentMessage[])[], connectMs: number): HistoryChunk[] {
  const total = threads.reduce((sum, thread) => sum + thread.length, 0)
  const chunks: HistoryChunk[] = []
  let sent = 0
  for (const phase of [0, 1, 2]) {
    let order = 0
    for (const part of partsOf(phase, threads, connectMs)) {
      sent += part.reduce((sum, thread) => sum + thread.length, 0)
      order += 1
      const progressPercent = sent === total ? 100 : Math.floor((100 * sent) / total)
      chunks.push({ phase, order, progressPercent, threads: part.map(asThread) })
    }
  }
  return chunks
}

function partsOf(phase: number, threads: readonly (readonly SentMessage[])[], connectMs: number): SentMessage[][][] {
  const parts: SentMessage[][][] = []
  let part: SentMessage[][] = []
  let room = MESSAGES_PER_CHUNK
  for (const thread of threads) {
    let rest = thread.filter((message) => phaseOf(message, connectMs) === phase)
    while (rest.length > 0) {
      part.push(rest.slice(0, room))
      const used = Math.min(room, rest.length)
      rest = rest.slice(used)
      room -= used
      if (room > 0) continue
      parts.push(part)
      part = []
      room = MESSAGES_PER_CHUNK
    }
  }
  return part.length > 0 ? [...parts, part] : parts
}

function phaseOf(message: SentMessage, connectMs: number): number {
  const ageDays = (connectMs - message.atMs) / DAY_MS
  return ageDays < (PHASE_STARTS_DAYS[1] ?? 0) ? 0 : ageDays < (PHASE_STARTS_DAYS[2] ?? 0) ? 1 : 2
}

function asThread(messages: readonly SentMessage[]): HistoryChunk['threads'][number] {
  const [first] = messages
  if (first === undefined) throw new Error('an empty thread was put into a chunk')
  return { phone: first.phone, userId: first.userId, messages }
}

function countPhases(chunks: readonly HistoryChunk[]): HistoryImport['phases'] {
  return [0, 1, 2].flatMap((phase) => {
    const ofPhase = chunks.filter((chunk) => chunk.phase === phase)
    const messages = ofPhase.flatMap((chunk) => chunk.threads).reduce((sum, thread) => sum + thread.messages.length, 0)
    return ofPhase.length === 0 ? [] : [{ phase, chunks: ofPhase.length, messages }]
  })
}
