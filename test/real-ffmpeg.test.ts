import { execFile, execFileSync } from 'node:child_process'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readWaveform } from '../server/media/read-waveform.ts'
import { writeFitting } from '../server/media/write-fitting.ts'

const run = promisify(execFile)
const NO_FFMPEG =
  isThere('ffmpeg') && isThere('ffprobe')
    ? ''
    : 'no ffmpeg and ffprobe on this machine: the stand-in of test/voice-remux.test.ts is all that runs'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wasl-ffmpeg-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))
beforeEach((context) => context.skip(NO_FFMPEG !== '', NO_FFMPEG))

const SECONDS = 2
const PICTURE = ['-f', 'lavfi', '-i', `testsrc=duration=${SECONDS}:size=1921x1081:rate=24`]
const TONE = ['-f', 'lavfi', '-i', `sine=frequency=440:duration=${SECONDS}`]

describe('a film that WhatsApp does not play, made by ffmpeg itself', () => {
  test.each([
    ['a WebM of VP8 and Vorbis', 'a.webm', 'video/webm', [...PICTURE, ...TONE, '-c:v', 'libvpx', '-c:a', 'libvorbis']],
    ['an AVI without sound', 'a.avi', 'video/x-msvideo', [...PICTURE, '-c:v', 'mpeg4']],
    [
      'a Matroska of H.264 and FLAC',
      'a.mkv',
      'video/x-matroska',
      [...PICTURE, ...TONE, '-c:v', 'libx264', '-c:a', 'flac'],
    ],
    [
      'a QuickTime film with a place in it',
      'a.mov',
      'video/quicktime',
      [...PICTURE, ...TONE, '-metadata', 'location=+24.7+046.7/'],
    ],
  ])('%s becomes an MP4 of H.264 and AAC that fits a phone', async (_name, file, declared, how) => {
    const source = await make(file, how)
    const target = join(folder, `${file}.mp4`)
    expect(await writeFitting('video', source, target, declared)).toEqual({ path: target, mimeType: 'video/mp4' })
    const { streams, format } = await probe(target)
    const [picture, sound] = ['video', 'audio'].map((kind) => streams.find(({ codec_type }) => codec_type === kind))
    expect(picture).toMatchObject({ codec_name: 'h264', pix_fmt: 'yuv420p', width: 1280, height: 720 })
    if (how.includes(TONE[3] as string)) expect(sound).toMatchObject({ codec_name: 'aac', channels: 2 })
    else expect(sound).toBeUndefined()
    expect(Number(format.duration)).toBeCloseTo(SECONDS, 0)
    expect(JSON.stringify(format.tags)).not.toContain('+24.7')
  })
})

describe('a sound that WhatsApp does not play, made by ffmpeg itself', () => {
  test.each([
    ['voice', 'a.wav', 'audio/wav', []],
    ['voice', 'a.mp3', 'audio/mpeg', ['-c:a', 'libmp3lame']],
    ['voice', 'a.m4a', 'audio/mp4', ['-c:a', 'aac']],
    ['audio', 'a.flac', 'audio/flac', ['-c:a', 'flac']],
    ['audio', 'a.aiff', 'audio/aiff', []],
  ] as const)('as %s: %s becomes an Ogg of Opus in one channel', async (kind, file, declared, how) => {
    const source = await make(file, [...TONE, '-ac', '2', ...how])
    const target = join(folder, `${file}.ogg`)
    expect(await writeFitting(kind, source, target, declared)).toEqual({ path: target, mimeType: 'audio/ogg' })
    const { streams } = await probe(target)
    expect(streams).toMatchObject([{ codec_name: 'opus', channels: 1 }])
    expect((await readWaveform(target))?.seconds).toBeCloseTo(SECONDS, 0)
  })

  test('what WhatsApp plays is left as it is: AAC in MP4, MP3', async () => {
    for (const [file, declared, codec] of [
      ['b.m4a', 'audio/mp4', 'aac'],
      ['b.mp3', 'audio/mpeg', 'libmp3lame'],
    ] as const) {
      const path = await make(file, [...TONE, '-c:a', codec])
      expect(await writeFitting('audio', path, join(folder, 'none'), declared)).toMatchObject({ path })
    }
  })

  test('a film that is cut off at its head is damaged', async () => {
    const whole = await make('c.webm', [...PICTURE, '-c:v', 'libvpx'])
    const cut = join(folder, 'cut.webm')
    await run('dd', [`if=${whole}`, `of=${cut}`, 'bs=100', 'count=1'])
    expect((await stat(cut)).size).toBe(100)
    expect(await writeFitting('video', cut, join(folder, 'cut.mp4'), 'video/webm')).toEqual({ fault: 'file_damaged' })
  })
})

async function make(file: string, how: readonly string[]): Promise<string> {
  const path = join(folder, file)
  await run('ffmpeg', ['-nostdin', '-loglevel', 'error', '-y', ...how, path])
  return path
}

interface Probed {
  readonly streams: readonly Readonly<Record<string, unknown> & { codec_type: string }>[]
  readonly format: { readonly duration: string; readonly tags?: object }
}

async function probe(path: string): Promise<Probed> {
  const { stdout } = await run('ffprobe', ['-v', 'error', '-show_streams', '-show_format', '-of', 'json', path])
  return JSON.parse(stdout) as Probed
}

function isThere(program: string): boolean {
  try {
    execFileSync(program, ['-version'], { stdio: 'ignore' })
    return true
  } catch {
    return false // Not installed here.
  }
}
