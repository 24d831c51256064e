/** Pixels packed into one symbol when a palette has four colours. */
const PIXELS_PER_SYMBOL = 4
const SIGNATURE = 0x2f
const COLOUR_INDEXING = 3
/** Order in which the lengths of the code-length code are written (RFC 9649 §3.7.2.1.2). */
const CODE_LENGTH_ORDER = [17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]

/** Red, green, blue, alpha. */
export type PaletteColour = readonly [number, number, number, number]

/**
 * A lossless WebP (RFC 9649, VP8L) with exactly four colours; `indices` holds one palette index (0–3) for each pixel.
 * Two bits a pixel: a palette, no references back, every packed byte written with a code of eight bits.
 */
export function encodeWebp(
  width: number,
  height: number,
  palette: readonly PaletteColour[],
  indices: Uint8Array,
): Buffer {
  if (palette.length !== 4) throw new Error('A palette of four colours is needed')
  const bits = new BitWriter()
  bits.write(SIGNATURE, 8)
  bits.write(width - 1, 14)
  bits.write(height - 1, 14)
  bits.write(1, 1)
  bits.write(0, 3)
  writePalette(bits, palette)
  writePixels(bits, width, height, indices)
  return riff(bits.finish())
}

function writePalette(bits: BitWriter, palette: readonly PaletteColour[]): void {
  bits.write(1, 1)
  bits.write(COLOUR_INDEXING, 2)
  bits.write(palette.length - 1, 8)
  bits.write(0, 1)
  for (let channel = 0; channel < 4; channel++) writeByteCode(bits, [256 + 24, 256, 256, 256][channel] ?? 256)
  writeSingleCode(bits, 0)
  let previous: PaletteColour = [0, 0, 0, 0]
  for (const colour of palette) {
    // Each colour is written as its difference from the one before, in the order green, red, blue, alpha.
    for (const channel of [1, 0, 2, 3] as const) writeByte(bits, (colour[channel] - previous[channel]) & 0xff)
    previous = colour
  }
  bits.write(0, 1)
}

function writePixels(bits: BitWriter, width: number, height: number, indices: Uint8Array): void {
  bits.write(0, 1)
  bits.write(0, 1)
  writeByteCode(bits, 256 + 24)
  for (let channel = 1; channel < 5; channel++) writeSingleCode(bits, channel === 3 ? 255 : 0)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x += PIXELS_PER_SYMBOL) {
      let symbol = 0
      for (let part = 0; part < PIXELS_PER_SYMBOL; part++) {
        const index = x + part < width ? (indices[y * width + x + part] ?? 0) : 0
        symbol |= index << (part * 2)
      }
      writeByte(bits, symbol)
    }
  }
}

/** A prefix code in which each of the 256 bytes has eight bits and any further symbol none. */
function writeByteCode(bits: BitWriter, alphabet: number): void {
  bits.write(0, 1)
  const used = CODE_LENGTH_ORDER.slice(0, CODE_LENGTH_ORDER.indexOf(8) + 1)
  bits.write(used.length - 4, 4)
  for (const symbol of used) bits.write(symbol === 8 || symbol === 0 ? 1 : 0, 3)
  bits.write(0, 1)
  for (let symbol = 0; symbol < alphabet; symbol++) bits.write(symbol < 256 ? 1 : 0, 1)
}

/** A prefix code of one symbol, which then costs no bits at all. */
function writeSingleCode(bits: BitWriter, symbol: number): void {
  bits.write(1, 1)
  bits.write(0, 1)
  bits.write(1, 1)
  bits.write(symbol, 8)
}

/** Codes of equal length are the symbols themselves, most significant bit first. */
function writeByte(bits: BitWriter, value: number): void {
  for (let bit = 7; bit >= 0; bit--) bits.write((value >> bit) & 1, 1)
}

function riff(vp8l: Buffer): Buffer {
  const padding = vp8l.length % 2
  const file = Buffer.alloc(20 + vp8l.length + padding)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(file.length - 8, 4)
  file.write('WEBPVP8L', 8, 'latin1')
  file.writeUInt32LE(vp8l.length, 16)
  vp8l.copy(file, 20)
  return file
}

class BitWriter {
  readonly #bytes: number[] = []
  #current = 0
  #filled = 0

  /** Appends the lowest `count` bits of `value`, least significant first. */
  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.#current |= ((value >> bit) & 1) << this.#filled
      this.#filled++
      if (this.#filled === 8) {
        this.#bytes.push(this.#current)
        this.#current = 0
        this.#filled = 0
      }
    }
  }

  finish(): Buffer {
    if (this.#filled > 0) this.#bytes.push(this.#current)
    return Buffer.from(this.#bytes)
  }
}
