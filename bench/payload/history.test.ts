import { describe, expect, test } from 'vitest'
import { loadDialogues } from './dialogues.ts'
import { historyImport } from './history.ts'
import { BENCH_NUMBER, historyWebhook, webhookBytes } from './webhook.ts'

const CONNECT_MS = Date.UTC(2026, 10, 23, 9)
/** Meta's limit for one webhook. */
const WEBHOOK_BYTES_MAX = 3_000_000
const DAY_MS = 86_400_000

const dialogues = await loadDialogues(null, 1)
const made = historyImport({ dialogues, seed: 1, connectMs: CONNECT_MS })

describe('the stand-in', () => {
  test('is as large as the real dialogues', () => {
    expect(dialogues).toHaveLength(14_272)
    expect(made.messages).toHaveLength(262_524)
  })

  test('is the same for the same seed, and another for another', async () => {
    expect((await loadDialogues(null, 1)).slice(0, 50)).toEqual(dialogues.slice(0, 50))
    expect((await loadDialogues(null, 2)).slice(0, 50)).not.toEqual(dialogues.slice(0, 50))
  })
})

describe('the past as Meta sends it', () => {
  const chunks = new Map(made.deliveries.map((chunk) => [`${chunk.phase}/${chunk.order}`, chunk]))

  test('holds every message once, and a tenth of the chunks twice', () => {
    const wamids = [...chunks.values()].flatMap((chunk) =>
      chunk.threads.flatMap((thread) => thread.messages.map((message) => message.wamid)),
    )
    expect(new Set(wamids).size).toBe(262_524)
    expect(wamids).toHaveLength(262_524)
    expect(made.deliveries.length - chunks.size).toBe(Math.ceil(chunks.size / 10))
  })

  test('puts each message into its phase, within 180 days', () => {
    const misplaced = [...chunks.values()].flatMap((chunk) =>
      chunk.threads.flatMap((thread) => thread.messages).filter((message) => phaseOf(message.atMs) !== chunk.phase),
    )
    expect(misplaced).toEqual([])
  })

  test('ends at 100 per cent and fits into webhooks', () => {
    expect([...chunks.values()].filter((chunk) => chunk.progressPercent === 100)).toHaveLength(1)
    const largest = Math.max(
      ...[...chunks.values()].map((chunk) => webhookBytes(historyWebhook(BENCH_NUMBER, chunk)).length),
    )
    expect(largest).toBeLessThan(WEBHOOK_BYTES_MAX)
  })

  test('comes shuffled', () => {
    const first = made.deliveries.slice(0, 10).map((chunk) => chunk.order)
    expect(first).not.toEqual(first.toSorted((a, b) => a - b))
  })
})

/** `null` outside the six months that Meta shares. */
function phaseOf(atMs: number): number | null {
  const days = (CONNECT_MS - atMs) / DAY_MS
  if (days <= 0 || days > 180) return null
  return days < 1 ? 0 : days < 90 ? 1 : 2
}
