import { seededRandom } from '../seeded-random.ts'
import { humPackets } from './hum.ts'
import { muxOpus, packetsFor, SAMPLES_PER_SECOND } from './ogg.ts'

/** A voice note is cut here. */
const LONGEST_SECONDS = 600

/**
 * A voice note of `seconds`: Ogg/Opus, one channel, about 1 KB a second, exactly as long as asked. Seeds differ in where
 * the hum starts, so that two notes are two files.
 */
export function voiceNote(fileSeed: number, seconds: number): Buffer {
  const samples = Math.round(Math.min(Math.max(seconds, 0.1), LONGEST_SECONDS) * SAMPLES_PER_SECOND)
  const start = Math.floor(seededRandom('voice', fileSeed)() * humPackets.length)
  const packets = Array.from(
    { length: packetsFor(samples) },
    (_value, index) => humPackets[(start + index) % humPackets.length] as Buffer,
  )
  return muxOpus(packets, samples, fileSeed)
}
