import { barsOf, WAVE_BARS } from '../../../../contract/wave.ts'

/** Recordings kept so that scrolling does not decode them again. */
const KEPT_MAX = 300

const kept = new Map<string, Promise<readonly number[]>>()

/**
 * How loud a recording is over its length, as `WAVE_BARS` numbers in 0…1, read from the sound itself. Rejects when the file
 * cannot be fetched or this browser cannot decode it.
 */
export function waveformOf(url: string): Promise<readonly number[]> {
  const known = kept.get(url)
  if (known !== undefined) return known
  const reading = readWaveform(url)
  kept.set(url, reading)
  // A failure is not kept: the file may come later.
  reading.catch(() => kept.delete(url))
  const oldest = kept.keys().next().value
  if (kept.size > KEPT_MAX && oldest !== undefined) kept.delete(oldest)
  return reading
}

async function readWaveform(url: string): Promise<readonly number[]> {
  const response = await fetch(url, { credentials: 'same-origin' })
  if (!response.ok) throw new Error(`The recording was not given: ${response.status}`)
  // An offline context decodes without asking for the loudspeaker. Rate in Hz: enough for a picture.
  const decoder = new OfflineAudioContext(1, 1, 8_000)
  const sound = await decoder.decodeAudioData(await response.arrayBuffer())
  return barsOf(sound.getChannelData(0), WAVE_BARS)
}
