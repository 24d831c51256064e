import { randomFillSync } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Gives new ids: UUID version 7 (RFC 9562 §5.7), so that they sort by age and indexes grow at one end. */
export interface Ids {
  next(): string
}

/** Random bytes are drawn this many at a time: one call to the system per 256 ids. */
const POOL_BYTES = 256 * 10

export function uuidv7Ids(clock: Clock): Ids {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  let lastMs = 0
  let counter = 0
  return {
    next() {
      if (used === POOL_BYTES) {
        randomFillSync(pool)
        used = 0
      }
      const random = pool.subarray(used, used + 10)
      used += 10
      const nowMs = Math.max(clock.nowMs(), lastMs)
      // The 12 bits after the version count within one millisecond; past 4,095 the next millisecond is borrowed.
      counter = nowMs === lastMs ? counter + 1 : 0
      lastMs = counter > 0xfff ? nowMs + 1 : nowMs
      if (counter > 0xfff) counter = 0
      return format(lastMs, counter, random)
    },
  }
}

/** The smallest id that can be given at `ms`: with it, an index of ids finds what is younger. */
export function firstIdAt(ms: number): string {
  const time = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`
}

function format(ms: number, counter: number, random: Buffer): string {
  const time = ms.toString(16).padStart(12, '0')
  const variant = (0x8000 | (random.readUInt16BE(0) & 0x3fff)).toString(16)
  const tail = random.toString('hex', 2, 8)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}-${tail}`
}
