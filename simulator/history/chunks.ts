import type { BusinessNumber } from '../accounts/number.ts'
import type { ChatEntry } from '../chat/entry.ts'

const DAY_MS = 86_400_000
/** Phases by age at onboarding, in days: 0 = the last day, 1 = up to 90, 2 = up to 180. Older messages are never shared. */
const PHASE_DAYS = [1, 90, 180] as const
/** Messages in one webhook, at most; small histories are cut finer, so that progress is seen. */
const MESSAGES_MAX = 2_000
const MESSAGES_MIN = 100
const CHUNKS_WISHED = 24

/** What one history webhook will hold, before its JSON is made. */
export interface Chunk {
  readonly phase: number
  /** From 1 in each phase. */
  readonly order: number
  /** 0–100, of the whole history. */
  readonly progress: number
  readonly threads: readonly { readonly customerKey: string; readonly entries: readonly ChatEntry[] }[]
}

/** Cuts a phone's past into chunks, phase by phase, thread by thread. A phase without messages has no chunk. */
export function planChunks(
  number: BusinessNumber,
  onboardedAtMs: number,
  sizeOf: (entry: ChatEntry) => number,
  bytesMax: number,
): Chunk[] {
  const phases = PHASE_DAYS.map((days, phase) =>
    threadsBetween(
      number,
      onboardedAtMs - days * DAY_MS,
      phase === 0 ? Number.POSITIVE_INFINITY : onboardedAtMs - (PHASE_DAYS[phase - 1] ?? 0) * DAY_MS,
    ),
  )
  const total = phases.flat().reduce((sum, thread) => sum + thread.entries.length, 0)
  const messagesMax = Math.max(MESSAGES_MIN, Math.min(MESSAGES_MAX, Math.ceil(total / CHUNKS_WISHED)))
  const chunks: Chunk[] = []
  let done = 0
  phases.forEach((threads, phase) => {
    const cut = cutThreads(threads, sizeOf, messagesMax, bytesMax)
    cut.forEach((part, index) => {
      done += part.reduce((sum, thread) => sum + thread.entries.length, 0)
      const progress = done === total ? 100 : Math.min(99, Math.floor((done / total) * 100))
      chunks.push({ phase, order: index + 1, progress, threads: part })
    })
  })
  return chunks
}

type Thread = Chunk['threads'][number]

/**
 * From (inclusive) to (exclusive; the newest phase takes everything until now, so that what came live since onboarding
 * occurs twice, as it may at Meta). Deleted messages are gone, calls are never shared; what the API sent is the API's to know.
 */
function threadsBetween(number: BusinessNumber, fromMs: number, toMs: number): Thread[] {
  const threads: Thread[] = []
  for (const chat of number.chats.values()) {
    const entries = chat.entries.filter(
      (entry) =>
        !entry.deleted && entry.by !== 'api' && entry.body.type !== 'call' && entry.atMs >= fromMs && entry.atMs < toMs,
    )
    if (entries.length > 0) threads.push({ customerKey: chat.customerKey, entries })
  }
  return threads
}

function cutThreads(
  threads: readonly Thread[],
  sizeOf: (entry: ChatEntry) => number,
  messagesMax: number,
  bytesMax: number,
): Thread[][] {
  const chunks: Thread[][] = []
  let current: { customerKey: string; entries: ChatEntry[] }[] = []
  let [messages, bytes] = [0, 0]
  for (const thread of threads) {
    let part: { customerKey: string; entries: ChatEntry[] } | null = null
    for (const entry of thread.entries) {
      const size = sizeOf(entry)
      if (messages > 0 && (messages === messagesMax || bytes + size > bytesMax)) {
        chunks.push(current)
        current = []
        ;[messages, bytes] = [0, 0]
        part = null
      }
      if (part === null) {
        part = { customerKey: thread.customerKey, entries: [] }
        current.push(part)
      }
      part.entries.push(entry)
      messages++
      bytes += size
    }
  }
  if (messages > 0) chunks.push(current)
  return chunks
}
