import { createReadStream } from 'node:fs'
import { barsOf, WAVE_BARS } from '../../contract/wave.ts'

/** Hz: enough for a picture. */
const RATE = 8_000
/** Loudness is noted this often, so that a recording of hours takes little memory. */
const NOTES_PER_SECOND = 50
const PIECE_BYTES = 16 * 1024
/** Longer recordings are drawn from their beginning. */
const SECONDS_MAX = 3 * 60 * 60

export interface Waveform {
  readonly seconds: number
  /** `WAVE_BARS` numbers of 0 to 100. */
  readonly wave: readonly number[]
}

/**
 * How long an Ogg/Opus file is and how loud it is over that length, from the sound itself; `null` when there is no sound
 * in it that can be read. Decodes in a thread of its own, piece by piece.
 */
export async function readWaveform(path: string): Promise<Waveform | null> {
  const { OggOpusDecoderWebWorker } = await import('ogg-opus-decoder')
  const options = { forceStereo: false, sampleRate: RATE }
  const decoder = new OggOpusDecoderWebWorker(options)
  const notes = new LoudnessNotes()
  try {
    await decoder.ready
    for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
      notes.take((await decoder.decode(piece as Buffer)).channelData[0])
      if (notes.seconds() > SECONDS_MAX) break
    }
    notes.take((await decoder.flush()).channelData[0])
  } catch {
    // Not the sound it says it is: it is kept as it came, and drawn as a plain line.
    return null
  } finally {
    await decoder.free()
  }
  return notes.samples === 0 ? null : { seconds: notes.seconds(), wave: notes.wave() }
}

class LoudnessNotes {
  samples = 0
  readonly #peaks: number[] = []
  #peak = 0
  #until = RATE / NOTES_PER_SECOND

  take(piece: Float32Array | undefined): void {
    for (const sample of piece ?? []) {
      this.#peak = Math.max(this.#peak, Math.abs(sample))
      if (++this.samples < this.#until) continue
      this.#peaks.push(this.#peak)
      this.#peak = 0
      this.#until += RATE / NOTES_PER_SECOND
    }
  }

  seconds(): number {
    return Math.round((this.samples / RATE) * 10) / 10
  }

  wave(): number[] {
    return barsOf([...this.#peaks, this.#peak], WAVE_BARS).map((bar) => Math.round(bar * 100))
  }
}
