import { pick, seededRandom } from '../seeded-random.ts'
import { BLOCK, encodeStill, type H264Stream } from './h264.ts'

/** Blocks of 16 pixels: 112 × 144 pixels. */
const ACROSS = 7
const DOWN = 9
const FRAMES = 12
/** Ticks of the file's clock in a second, and for one frame: four frames a second, three seconds in all. */
const TIMESCALE = 1000
const FRAME_TICKS = 250
const UNITY_MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000]

/** Luma and the two chroma values of backgrounds and of the bottle before them. */
const SCENES = [
  [
    [205, 122, 142],
    [110, 112, 180],
  ],
  [
    [196, 110, 140],
    [92, 104, 150],
  ],
  [
    [190, 132, 112],
    [88, 136, 96],
  ],
] as const

/** A video of three seconds, 112 × 144 pixels, H.264 in MP4 (ISO/IEC 14496-12), some 25 KB; the same for the same seed. */
export function shortVideo(fileSeed: number): Buffer {
  const [background, bottle] = pick(seededRandom('video', fileSeed), SCENES)
  const shade = fileSeed % 24
  const stream = encodeStill(ACROSS, DOWN, (column, row) => {
    const inBottle = row >= 3 && row <= 7 && column >= 2 && column <= 4
    const inNeck = row === 2 && column === 3
    const colour = inBottle || inNeck ? bottle : background
    return [colour[0] - row * 4 - shade / 2, colour[1], colour[2]].map(Math.round) as [number, number, number]
  })
  const samples = [
    stream.keyFrame,
    ...Array.from({ length: FRAMES - 1 }, (_value, index) => stream.repeat(index + 1)),
  ].map((unit) => Buffer.concat([u32(unit.length), unit]))
  return assemble(stream, samples)
}

function assemble(stream: H264Stream, samples: readonly Buffer[]): Buffer {
  const type = box('ftyp', Buffer.from('isom', 'latin1'), u32(512), Buffer.from('isomiso2avc1mp41', 'latin1'))
  // The movie box has the same length whatever offset it tells, so a first draft gives the offset of the samples.
  const draft = movie(stream, samples, 0)
  const start = type.length + draft.length + 8
  return Buffer.concat([type, movie(stream, samples, start), box('mdat', ...samples)])
}

function movie(stream: H264Stream, samples: readonly Buffer[], start: number): Buffer {
  const duration = samples.length * FRAME_TICKS
  const header = full(
    'mvhd',
    u32(0, 0, TIMESCALE, duration, 0x10000),
    u16(0x0100, 0),
    u32(0, 0, ...UNITY_MATRIX, 0, 0, 0, 0, 0, 0, 2),
  )
  const trackHeader = box(
    'tkhd',
    u32(7, 0, 0, 1, 0, duration, 0, 0),
    u16(0, 0, 0, 0),
    u32(...UNITY_MATRIX, ACROSS * BLOCK * 0x10000, DOWN * BLOCK * 0x10000),
  )
  const media = box(
    'mdia',
    full('mdhd', u32(0, 0, TIMESCALE, duration), u16(0x55c4, 0)),
    full('hdlr', u32(0), Buffer.from('vide', 'latin1'), u32(0, 0, 0), Buffer.from('video\0', 'latin1')),
    box(
      'minf',
      box('vmhd', u32(1, 0, 0)),
      box('dinf', full('dref', u32(1), box('url ', u32(1)))),
      sampleTable(stream, samples, start),
    ),
  )
  return box('moov', header, box('trak', trackHeader, media))
}

function sampleTable(stream: H264Stream, samples: readonly Buffer[], start: number): Buffer {
  return box(
    'stbl',
    full('stsd', u32(1), sampleEntry(stream)),
    full('stts', u32(1, samples.length, FRAME_TICKS)),
    full('stss', u32(1, 1)),
    full('stsc', u32(1, 1, samples.length, 1)),
    full('stsz', u32(0, samples.length, ...samples.map((sample) => sample.length))),
    full('stco', u32(1, start)),
  )
}

function sampleEntry(stream: H264Stream): Buffer {
  const { sequenceParameters: sequence, pictureParameters: picture } = stream
  const configuration = box(
    'avcC',
    Buffer.from([1, sequence[1] ?? 0, sequence[2] ?? 0, sequence[3] ?? 0, 0xff, 0xe1]),
    u16(sequence.length),
    sequence,
    Buffer.from([1]),
    u16(picture.length),
    picture,
  )
  return box(
    'avc1',
    u16(0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, ACROSS * BLOCK, DOWN * BLOCK),
    u32(0x480000, 0x480000, 0),
    u16(1),
    Buffer.alloc(32),
    u16(24, 0xffff),
    configuration,
  )
}

function full(name: string, ...parts: readonly Buffer[]): Buffer {
  return box(name, u32(0), ...parts)
}

function box(name: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), Buffer.from(name, 'latin1'), body])
}

function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, index * 4)
  return bytes
}

function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2)
  return bytes
}
