import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WAVE_BARS } from '../contract/wave.ts'
import { readWaveform } from '../server/media/read-waveform.ts'
import { makeFile } from '../simulator/files/make-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-wave-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function waveOf(bytes: Buffer) {
  const path = join(folder, 'sound')
  await writeFile(path, bytes)
  return readWaveform(path)
}

test('a voice note has its length, and a picture of its own sound', async () => {
  const read = await waveOf(makeFile('audio', 5, 7).bytes)
  expect(read?.seconds).toBe(7)
  expect(read?.wave).toHaveLength(WAVE_BARS)
  expect(Math.max(...(read?.wave ?? []))).toBe(100)
  expect(new Set(read?.wave).size, 'a hum with the rhythm of speech is no plain line').toBeGreaterThan(5)
})

test('what is no sound has none', async () => {
  expect(await waveOf(Buffer.from('OggS and then nothing of the kind'))).toBeNull()
  expect(await waveOf(Buffer.alloc(0))).toBeNull()
})
