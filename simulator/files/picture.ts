import { between, pick, type Random, seededRandom } from '../seeded-random.ts'
import { encodePng } from './png.ts'

/** Pixels on each side. */
const SIDE = 480

type Colour = readonly [number, number, number]

interface Palette {
  readonly top: Colour
  readonly bottom: Colour
  readonly glass: Colour
  readonly liquid: Colour
  readonly cap: Colour
}

const PALETTES: readonly Palette[] = [
  {
    top: [252, 228, 236],
    bottom: [240, 182, 200],
    glass: [255, 245, 248],
    liquid: [216, 82, 124],
    cap: [176, 137, 60],
  },
  { top: [243, 233, 214], bottom: [214, 184, 138], glass: [255, 250, 238], liquid: [166, 98, 34], cap: [60, 42, 28] },
  {
    top: [224, 240, 236],
    bottom: [150, 196, 186],
    glass: [244, 252, 250],
    liquid: [28, 122, 106],
    cap: [198, 164, 84],
  },
  { top: [236, 230, 246], bottom: [178, 160, 214], glass: [250, 247, 255], liquid: [104, 72, 176], cap: [58, 48, 82] },
  { top: [40, 36, 48], bottom: [16, 14, 22], glass: [78, 70, 90], liquid: [190, 140, 60], cap: [222, 190, 112] },
  {
    top: [228, 236, 246],
    bottom: [160, 186, 216],
    glass: [246, 250, 255],
    liquid: [56, 106, 170],
    cap: [180, 188, 198],
  },
]

interface Shape {
  readonly colour: Colour
  /** Whether the pixel belongs to the shape. */
  readonly holds: (x: number, y: number) => boolean
}

/**
 * A picture such as a shop sends of its goods: a bottle, a box, an incense burner or a candle on a soft background.
 * PNG, 480 × 480 pixels, a few kilobytes; the same for the same seed.
 */
export function productPicture(fileSeed: number): Buffer {
  const random = seededRandom('picture', fileSeed)
  const palette = pick(random, PALETTES)
  const shapes = [table(palette), ...pick(random, [bottle, box, burner, candle])(random, palette)]
  const pixels = new Uint8Array(SIDE * SIDE * 3)
  for (let y = 0; y < SIDE; y++) {
    const background = blend(palette.top, palette.bottom, y / SIDE)
    for (let x = 0; x < SIDE; x++) {
      let colour = background
      for (const shape of shapes) if (shape.holds(x, y)) colour = shape.colour
      pixels.set(colour, (y * SIDE + x) * 3)
    }
  }
  return encodePng(SIDE, SIDE, pixels)
}

function table(palette: Palette): Shape {
  return { colour: blend(palette.bottom, [0, 0, 0], 0.12), holds: (_x, y) => y > 400 }
}

function bottle(random: Random, palette: Palette): Shape[] {
  const half = between(random, 66, 104)
  const top = between(random, 170, 210)
  const level = between(random, top + 40, 330)
  const round = between(random, 8, 46)
  const left = 240 - half
  return [
    { colour: palette.cap, holds: roundedBox(240 - 34, top - 74, 68, 56, 8) },
    { colour: blend(palette.cap, [255, 255, 255], 0.35), holds: roundedBox(240 - 22, top - 20, 44, 24, 2) },
    { colour: palette.glass, holds: roundedBox(left, top, half * 2, 420 - top, round) },
    {
      colour: palette.liquid,
      holds: (x, y) => y > level && roundedBox(left + 12, top + 12, half * 2 - 24, 396 - top, round)(x, y),
    },
    { colour: palette.glass, holds: roundedBox(240 - half / 2, 316, half, 54, 4) },
    { colour: palette.cap, holds: roundedBox(240 - half / 3, 338, (half * 2) / 3, 8, 4) },
    { colour: blend(palette.glass, palette.liquid, 0.2), holds: roundedBox(left + 22, top + 26, 10, 120, 5) },
  ]
}

function box(random: Random, palette: Palette): Shape[] {
  const half = between(random, 96, 130)
  const top = between(random, 210, 250)
  return [
    { colour: palette.liquid, holds: roundedBox(240 - half, top, half * 2, 424 - top, 6) },
    {
      colour: blend(palette.liquid, [255, 255, 255], 0.18),
      holds: roundedBox(240 - half - 10, top - 26, half * 2 + 20, 54, 6),
    },
    { colour: palette.cap, holds: roundedBox(226, top - 26, 28, 450 - top, 0) },
    { colour: palette.cap, holds: ring(206, top - 52, 36, 20) },
    { colour: palette.cap, holds: ring(274, top - 52, 36, 20) },
  ]
}

function burner(random: Random, palette: Palette): Shape[] {
  const half = between(random, 70, 96)
  return [
    { colour: palette.cap, holds: roundedBox(240 - half / 2, 330, half, 92, 6) },
    {
      colour: palette.liquid,
      holds: (x, y) => y > 230 && y < 340 && Math.abs(x - 240) < half * (1.2 - (y - 230) / 260),
    },
    { colour: palette.cap, holds: roundedBox(240 - half * 1.2, 222, half * 2.4, 16, 8) },
    ...[-30, 0, 32].map((shift) => ({
      colour: blend(palette.top, [255, 255, 255], 0.5),
      holds: (x: number, y: number) => y > 80 && y < 214 && Math.abs(x - 240 - shift - 14 * Math.sin(y / 22)) < 5,
    })),
  ]
}

function candle(random: Random, palette: Palette): Shape[] {
  const half = between(random, 60, 86)
  const top = between(random, 240, 280)
  return [
    { colour: palette.glass, holds: roundedBox(240 - half, top, half * 2, 424 - top, 14) },
    { colour: palette.liquid, holds: roundedBox(240 - half + 10, top + 44, half * 2 - 20, 370 - top, 10) },
    { colour: [60, 50, 44], holds: roundedBox(238, top - 4, 4, 50, 0) },
    { colour: [248, 180, 64], holds: (x, y) => ((x - 240) / 16) ** 2 + ((y - top + 30) / 34) ** 2 < 1 },
    { colour: [255, 236, 170], holds: (x, y) => ((x - 240) / 8) ** 2 + ((y - top + 20) / 18) ** 2 < 1 },
  ]
}

function roundedBox(left: number, top: number, width: number, height: number, radius: number): Shape['holds'] {
  return (x, y) => {
    if (x < left || y < top || x >= left + width || y >= top + height) return false
    const dx = Math.max(left + radius - x, x - (left + width - radius), 0)
    const dy = Math.max(top + radius - y, y - (top + height - radius), 0)
    return dx * dx + dy * dy <= radius * radius
  }
}

function ring(centreX: number, centreY: number, outer: number, inner: number): Shape['holds'] {
  return (x, y) => {
    const distance = Math.hypot(x - centreX, y - centreY)
    return distance < outer && distance > inner
  }
}

function blend(from: Colour, to: Colour, share: number): Colour {
  const mix = (index: 0 | 1 | 2) => Math.round(from[index] + (to[index] - from[index]) * share)
  return [mix(0), mix(1), mix(2)]
}
