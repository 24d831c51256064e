import { between, pick, seededRandom } from '../seeded-random.ts'
import { encodeWebp, type PaletteColour } from './webp.ts'

/** Pixels on each side: half of WhatsApp's 512, so that a sticker stays at 16 KB. */
const SIDE = 256

const PETALS: readonly PaletteColour[] = [
  [214, 60, 110, 255],
  [226, 120, 40, 255],
  [120, 80, 190, 255],
  [20, 130, 115, 255],
]
const HEARTS: readonly PaletteColour[] = [
  [245, 200, 90, 255],
  [255, 244, 214, 255],
  [90, 40, 60, 255],
]

/** A sticker: a rose-like flower on a clear background. WebP, 256 × 256 pixels, 16 KB; the same for the same seed. */
export function flowerSticker(fileSeed: number): Buffer {
  const random = seededRandom('sticker', fileSeed)
  const petals = between(random, 5, 9)
  const turn = random() * Math.PI
  const palette: PaletteColour[] = [[0, 0, 0, 0], pick(random, PETALS), pick(random, HEARTS), [255, 255, 255, 255]]
  const indices = new Uint8Array(SIDE * SIDE)
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) indices[y * SIDE + x] = petalAt(x - SIDE / 2, y - SIDE / 2, petals, turn)
  }
  return encodeWebp(SIDE, SIDE, palette, indices)
}

/** Palette index of a pixel: 0 clear, 1 petal, 2 heart of the flower, 3 the white rim every sticker has. */
function petalAt(x: number, y: number, petals: number, turn: number): number {
  const distance = Math.hypot(x, y)
  const edge = 86 + 24 * Math.cos(petals * Math.atan2(y, x) + turn)
  if (distance < 30) return 2
  if (distance < edge) return 1
  return distance < edge + 10 ? 3 : 0
}
