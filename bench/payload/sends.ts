import { seeded } from './seeded.ts'
import { BENCH_NUMBER, type BenchNumber, type SentMessage } from './webhook.ts'

export const NUMBER_COUNT = 50
const CUSTOMERS_PER_NUMBER = 20

/** A message that a member sends through Wasl's own API. */
export interface SendLine {
  readonly number: BenchNumber
  readonly phone: string
  readonly clientId: string
  readonly body: string
}

export interface SendLoad {
  readonly numbers: readonly BenchNumber[]
  /** One message of every customer, which opens the reply windows; not measured. */
  readonly opening: readonly { readonly number: BenchNumber; readonly message: SentMessage }[]
  /** To be sent as fast as they are answered, each number and customer in turn. */
  readonly burst: readonly SendLine[]
  /** To be sent at an even pace. */
  readonly paced: readonly SendLine[]
}

/** Takes seed and counts; gives the same load each time, so that loader and judge need not tell each other. */
export function sendLoad(options: { seed: number; burst: number; paced: number; startMs: number }): SendLoad {
  const random = seeded(options.seed)
  const numbers = Array.from({ length: NUMBER_COUNT }, (_, index) => benchNumber(index))
  const startMs = Math.floor(options.startMs / 1000) * 1000
  const opening = numbers.flatMap((number, at) =>
    Array.from({ length: CUSTOMERS_PER_NUMBER }, (_, customer) => {
      const phone = phoneOf(at, customer)
      const wamid = `wamid.${Buffer.from(`${options.seed}.open.${at}.${customer}`).toString('base64url')}`
      const message = {
        wamid,
        phone,
        userId: `SA.${phone.slice(3)}`,
        by: 'customer' as const,
        atMs: startMs,
        body: 'Hello',
      }
      return { number, message }
    }),
  )
  const line = (part: string, index: number): SendLine => {
    const at = index % NUMBER_COUNT
    const customer = Math.floor(index / NUMBER_COUNT) % CUSTOMERS_PER_NUMBER
    const key = `${options.seed}-${part}-${String(index).padStart(6, '0')}`
    const words = 'Yes, your order leaves this evening. '.repeat(1 + random.below(4))
    return {
      number: numbers[at] as BenchNumber,
      phone: phoneOf(at, customer),
      clientId: `bench-${key}`,
      body: `${words}(${key})`,
    }
  }
  return {
    numbers,
    opening,
    burst: Array.from({ length: options.burst }, (_, index) => line('burst', index)),
    paced: Array.from({ length: options.paced }, (_, index) => line('paced', index)),
  }
}

function benchNumber(index: number): BenchNumber {
  const digits = String(index).padStart(2, '0')
  return {
    wabaId: BENCH_NUMBER.wabaId,
    phoneNumberId: `${BENCH_NUMBER.phoneNumberId.slice(0, -2)}${digits}`,
    phone: `${BENCH_NUMBER.phone.slice(0, -2)}${digits}`,
  }
}

function phoneOf(number: number, customer: number): string {
  return `96650${String(number).padStart(2, '0')}${String(customer).padStart(5, '0')}`
}
