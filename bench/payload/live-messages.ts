import { seeded } from './seeded.ts'
import type { SentMessage } from './webhook.ts'

/** What customers write when they write live: as long as chat lines are. */
const LINES = [
  'Good morning, is the blue one still available in size 42?',
  'مرحبا، هل التوصيل متاح إلى جدة اليوم؟',
  'Thanks! How much would it be with delivery to the office?',
  'كم سعر الطلب مع التوصيل لو سمحت؟',
  'I sent the transfer, please check and confirm when you can.',
  'ok',
]

/** `count` text messages from as many customers, a few per second from `startMs` on; `series` keeps sets apart. */
export function liveMessages(options: { seed: number; series: string; count: number; startMs: number }): SentMessage[] {
  const random = seeded(options.seed)
  const prefix = seriesDigits(options.series)
  const messages: SentMessage[] = []
  for (let index = 0; index < options.count; index++) {
    const digits = String(index).padStart(7, '0')
    messages.push({
      wamid: `wamid.${Buffer.from(`${options.seed}.${options.series}.${digits}`).toString('base64url')}`,
      phone: `9665${prefix}${digits}`,
      userId: `SA.${prefix}${digits}`,
      by: 'customer',
      atMs: Math.floor(options.startMs / 1000) * 1000 + Math.floor(index / 500) * 1000,
      body: `${LINES[random.below(LINES.length)]} (${digits})`,
    })
  }
  return messages
}

/** One digit per series, so that two sets never share a customer. */
function seriesDigits(series: string): string {
  const known = ['warm', 'live', 'beside', 'case', 'mixed', 'kill']
  const at = known.indexOf(series)
  if (at === -1) throw new Error(`no such series of live messages: ${series}`)
  return String(at + 1)
}
