import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

/** The decoder that libheif-js gives; its own types describe the C library. Source: https://github.com/catdad-experiments/libheif-js */
interface Libheif {
  readonly HeifDecoder: new () => { decode(bytes: Buffer): readonly HeifImage[] }
}
interface HeifImage {
  is_primary(): boolean
  get_width(): number
  get_height(): number
  /** Fills `data` with RGBA, turned as the picture says; gives `null` when it cannot. */
  display(into: Pixels, done: (pixels: Pixels | null) => void): void
}
interface Pixels {
  readonly data: Uint8ClampedArray
  readonly width: number
  readonly height: number
}

const CHANNELS = 4
/** A telephone's largest picture of today has 48 million; each takes four bytes, twice. */
const PIXELS_MAX = 50_000_000
const JPEG_QUALITY = 95

/**
 * Run as a process of its own (`run-heic-reader.ts`): makes of the HEIC picture at the first path a JPEG at the second. Ends with an
 * error when it is none that can be read.
 */
async function main([source = '', target = '']: readonly string[]): Promise<void> {
  const libheif = createRequire(import.meta.url)('libheif-js/wasm-bundle') as Libheif
  const images = new libheif.HeifDecoder().decode(await readFile(source))
  const image = images.find((one) => one.is_primary()) ?? images[0]
  if (image === undefined) throw new Error('no picture')
  const [width, height] = [image.get_width(), image.get_height()]
  if (width * height > PIXELS_MAX) throw new Error('too many pixels')
  const empty = { data: new Uint8ClampedArray(width * height * CHANNELS), width, height }
  const pixels = await new Promise<Pixels | null>((resolve) => image.display(empty, resolve))
  if (pixels === null) throw new Error('not decoded')
  const { default: sharp } = await import('sharp')
  await sharp(pixels.data, { raw: { width, height, channels: CHANNELS } })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: JPEG_QUALITY })
    .toFile(target)
}

await main(process.argv.slice(2))
