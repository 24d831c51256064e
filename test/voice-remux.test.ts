import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { oggOfPackets } from '../server/media/ogg-opus.ts'
import { readWaveform } from '../server/media/read-waveform.ts'
import { writeSound, writeVideo } from '../server/media/run-ffmpeg.ts'
import { opusPackets } from '../server/media/webm-opus.ts'
import { writeFitting } from '../server/media/write-fitting.ts'
import { humPackets } from '../simulator/files/hum.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-voice-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Packets of 20 ms. */
const SECONDS = 3
const PACKETS = Array.from({ length: SECONDS * 50 }, (_value, at) => humPackets[at % humPackets.length] as Buffer)

describe('a recording of Chromium', () => {
  test('becomes an Ogg of one channel with the same packets and the same length', async () => {
    const source = join(folder, 'a.webm')
    await writeFile(source, webm(PACKETS))
    const fit = await writeFitting('voice', source, join(folder, 'a.ogg'), 'audio/webm')
    expect(fit).toEqual({ path: join(folder, 'a.ogg'), mimeType: 'audio/ogg' })
    const ogg = await readFile(join(folder, 'a.ogg'))
    expect(ogg.subarray(28, 36).toString()).toBe('OpusHead')
    expect(ogg[37]).toBe(1)
    expect((await readWaveform(join(folder, 'a.ogg')))?.seconds).toBeCloseTo(SECONDS, 0)
    // What a browser wrote as Ogg itself is left as it is.
    expect(await writeFitting('voice', join(folder, 'a.ogg'), join(folder, 'b.ogg'), 'audio/ogg')).toEqual({
      path: join(folder, 'a.ogg'),
      mimeType: 'audio/ogg',
    })
  })

  test('that was cut off is heard up to there, and one that is none is not', () => {
    const whole = webm(PACKETS)
    expect(opusPackets(whole)?.packets).toEqual(PACKETS)
    expect(opusPackets(whole.subarray(0, whole.length - 5))?.packets).toHaveLength(PACKETS.length - 1)
    expect(opusPackets(Buffer.from('RIFF....WAVE'))).toBeNull()
    expect(opusPackets(new Uint8Array())).toBeNull()
  })

  test('with packets of several hundred bytes keeps each of them whole', () => {
    const packets = [254, 255, 256, 600].map((length) => Buffer.alloc(length, 0xf8))
    const ogg = oggOfPackets({ head: opusHead(), packets })
    for (const { length } of packets) expect(ogg.length).toBeGreaterThan(length)
    // 254; 255 0; 255 1; 255 255 90
    const table = Buffer.from([254, 255, 0, 255, 1, 255, 255, 90])
    expect(Buffer.from(ogg).includes(table)).toBe(true)
  })
})

describe.each([
  ['sound', writeSound],
  ['film', writeVideo],
])('any other %s', (_what, write) => {
  test('is said not to be convertible where there is no ffmpeg, and converted where there is one', async () => {
    const source = join(folder, 'a.bin')
    const target = join(folder, 'c.bin')
    await writeFile(source, 'RIFF')
    expect(await write(source, target, join(folder, 'no-such-program'))).toBe('no_ffmpeg')
    const ffmpeg = join(folder, 'ffmpeg')
    await writeFile(ffmpeg, '#!/bin/sh\nfor last; do :; done\nprintf converted > "$last"\n', { mode: 0o755 })
    expect(await write(source, target, ffmpeg)).toBe('done')
    expect(await readFile(target, 'utf8')).toBe('converted')
    await writeFile(ffmpeg, '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    expect(await write(source, target, ffmpeg)).toBe('failed')
  })
})

/** As browsers write it: sizes of segment and cluster unknown, one track, simple blocks. */
function webm(packets: readonly Buffer[]): Buffer {
  const unknown = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
  const track = [element('d7', Buffer.from([1])), element('86', Buffer.from('A_OPUS')), element('63a2', opusHead())]
  const blocks = packets.map((packet, at) => element('a3', Buffer.concat([block(at * 20), packet])))
  return Buffer.concat([
    element('1a45dfa3', element('4282', Buffer.from('webm'))),
    ...[Buffer.from('18538067', 'hex'), unknown],
    element('1654ae6b', element('ae', Buffer.concat(track))),
    ...[Buffer.from('1f43b675', 'hex'), unknown, element('e7', Buffer.from([0]))],
    ...blocks,
  ])
}

function element(id: string, content: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(content.length + 0x10000000)
  return Buffer.concat([Buffer.from(id, 'hex'), size, content])
}

function block(timeMs: number): Buffer {
  const header = Buffer.from([0x81, 0, 0, 0x80])
  header.writeInt16BE(timeMs, 1)
  return header
}

/** Of two channels, as a browser that was not asked for one says. */
function opusHead(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head[8] = 1
  head[9] = 2
  head.writeUInt16LE(312, 10)
  head.writeUInt32LE(48_000, 12)
  return head
}
