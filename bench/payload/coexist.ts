import { seeded } from './seeded.ts'
import { BENCH_NUMBER, type BenchNumber, type SentMessage } from './webhook.ts'

export const NUMBER_COUNT = 25
/** What Meta lets through for one number in coexistence. Source: Meta's page on throughput, "fixed at 20 mps". */
const PER_NUMBER_PER_S = 20
export const MESSAGES_PER_S = NUMBER_COUNT * PER_NUMBER_PER_S
/** Customers who write to one number, turn by turn. */
const CUSTOMERS_PER_NUMBER = 40
/** Seconds of everything before the measurement, so that neither side is cold: judged, but not measured. */
const WARM_UP_S = 2
/** Half is said by customers; the answers come half from the phone, half through the API. One number's turn: */
const TURN = ['customer', 'phone', 'customer', 'agent'] as const

const CUSTOMER_LINES = [
  'Is the blue one still there?',
  'كم سعر التوصيل إلى جدة؟',
  'Thanks, see you tomorrow',
  'تمام، شكرا',
]
const ANSWER_LINES = [
  'Yes, until six o’clock',
  'نعم، متوفر. نرسله اليوم',
  'The order leaves this evening',
  'أهلا وسهلا',
]

/** What goes through Meta's webhook: by the customer, or by the owner on the phone. */
export interface WebhookLine {
  readonly by: 'customer' | 'phone'
  readonly number: BenchNumber
  readonly message: SentMessage
}
/** What a member sends through Wasl's own API; Meta gives the wamid. */
interface AgentLine {
  readonly by: 'agent'
  readonly number: BenchNumber
  readonly phone: string
  readonly clientId: string
  readonly body: string
}
export type CoexistLine = WebhookLine | AgentLine

export interface CoexistLoad {
  readonly numbers: readonly BenchNumber[]
  /** One message of every customer, which opens the reply windows; not measured, but judged. */
  readonly opening: readonly WebhookLine[]
  /** As `lines`, before them; not measured, but judged. */
  readonly warmUp: readonly CoexistLine[]
  /** To be said at `MESSAGES_PER_S`, in this order; every number has its turn alike. */
  readonly lines: readonly CoexistLine[]
}

/** Takes seed and length; gives the same load each time, so that loader and judge need not tell each other. */
export function coexistLoad(options: { seed: number; seconds: number; startMs: number }): CoexistLoad {
  const random = seeded(options.seed)
  const numbers = Array.from({ length: NUMBER_COUNT }, (_, index) => benchNumber(index))
  const startMs = Math.floor(options.startMs / 1000) * 1000
  const pick = (lines: readonly string[]) => lines[random.below(lines.length)] as string
  const opening = numbers.flatMap((number, at) =>
    Array.from({ length: CUSTOMERS_PER_NUMBER }, (_, customer): WebhookLine => {
      const key = `${options.seed}.open.${at}.${customer}`
      const body = `${pick(CUSTOMER_LINES)} (${key})`
      return { by: 'customer', number, message: said('customer', customerPhone(at, customer), key, startMs, body) }
    }),
  )
  const lineOf = (word: string, fromMs: number, index: number): CoexistLine => {
    const at = index % NUMBER_COUNT
    const turn = Math.floor(index / NUMBER_COUNT)
    // Numbers stand at different places of their turn, so that no kind comes in bursts.
    const by = TURN[(turn + at) % TURN.length] as (typeof TURN)[number]
    const number = numbers[at] as BenchNumber
    const phone = customerPhone(at, random.below(CUSTOMERS_PER_NUMBER))
    const key = `${options.seed}.${word}.${String(index).padStart(7, '0')}`
    const body = `${pick(by === 'customer' ? CUSTOMER_LINES : ANSWER_LINES)} (${key})`
    if (by === 'agent') return { by, number, phone, clientId: `bench-${key.replaceAll('.', '-')}`, body }
    const atMs = fromMs + Math.floor(index / MESSAGES_PER_S) * 1000
    return { by, number, message: said(by, phone, key, atMs, body) }
  }
  const linesOf = (word: string, fromMs: number, seconds: number) =>
    Array.from({ length: MESSAGES_PER_S * seconds }, (_, index) => lineOf(word, fromMs, index))
  const warmUp = linesOf('warm', startMs, WARM_UP_S)
  return { numbers, opening, warmUp, lines: linesOf('said', startMs + WARM_UP_S * 1000, options.seconds) }
}

function benchNumber(index: number): BenchNumber {
  const digits = String(index).padStart(2, '0')
  return {
    wabaId: BENCH_NUMBER.wabaId,
    phoneNumberId: `${BENCH_NUMBER.phoneNumberId.slice(0, -2)}${digits}`,
    phone: `${BENCH_NUMBER.phone.slice(0, -2)}${digits}`,
  }
}

function customerPhone(number: number, customer: number): string {
  return `96650${String(number).padStart(2, '0')}${String(customer).padStart(5, '0')}`
}

function said(by: 'customer' | 'phone', phone: string, key: string, atMs: number, body: string): SentMessage {
  const wamid = `wamid.${Buffer.from(key).toString('base64url')}`
  return { wamid, phone, userId: `SA.${phone.slice(3)}`, by, atMs, body }
}
