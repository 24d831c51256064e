/**
 * The smallest H.264 (ITU-T H.264, baseline profile) that shows a picture: one frame of uncompressed blocks (I_PCM), then
 * frames that repeat it (all blocks skipped). Nothing is predicted or transformed, so no codec is needed to write it.
 */
export interface H264Stream {
  readonly sequenceParameters: Buffer
  readonly pictureParameters: Buffer
  /** The picture itself. */
  readonly keyFrame: Buffer
  /** The frame with this number (1–15) that repeats the one before. */
  readonly repeat: (frameNumber: number) => Buffer
}

/** Pixels on each side of a macroblock. */
export const BLOCK = 16
const I_PCM = 25
const SLICE_P_ALL = 5
const SLICE_I_ALL = 7

/**
 * A stream showing one picture of `across` × `down` blocks of 16 × 16 pixels. `colourAt` tells the colour of a block as
 * luma and the two chroma values (0–255).
 */
export function encodeStill(
  across: number,
  down: number,
  colourAt: (column: number, row: number) => readonly [number, number, number],
): H264Stream {
  return {
    sequenceParameters: unit(0x67, sequenceParameters(across, down)),
    pictureParameters: unit(0x68, pictureParameters()),
    keyFrame: unit(0x65, keySlice(across, down, colourAt)),
    repeat: (frameNumber) => unit(0x41, repeatSlice(frameNumber, across * down)),
  }
}

function sequenceParameters(across: number, down: number): Buffer {
  const bits = new ExpGolombWriter()
  for (const byte of [66, 0xc0, 30]) bits.bits(byte, 8)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.unsigned(2)
  bits.unsigned(1)
  bits.bits(0, 1)
  bits.unsigned(across - 1)
  bits.unsigned(down - 1)
  bits.bits(0b1100, 4)
  return bits.finish()
}

function pictureParameters(): Buffer {
  const bits = new ExpGolombWriter()
  bits.unsigned(0)
  bits.unsigned(0)
  bits.bits(0b00, 2)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.unsigned(0)
  bits.bits(0b000, 3)
  bits.signed(0)
  bits.signed(0)
  bits.signed(0)
  // deblocking_filter_control_present_flag, so that the slices can switch the filter off.
  bits.bits(0b100, 3)
  return bits.finish()
}

function keySlice(
  across: number,
  down: number,
  colourAt: (column: number, row: number) => readonly [number, number, number],
): Buffer {
  const bits = new ExpGolombWriter()
  bits.unsigned(0)
  bits.unsigned(SLICE_I_ALL)
  bits.unsigned(0)
  bits.bits(0, 4)
  bits.unsigned(0)
  bits.bits(0b00, 2)
  bits.signed(0)
  bits.unsigned(1)
  for (let block = 0; block < across * down; block++) {
    const [luma, blue, red] = colourAt(block % across, Math.floor(block / across))
    bits.unsigned(I_PCM)
    bits.align()
    bits.repeatByte(luma, BLOCK * BLOCK)
    bits.repeatByte(blue, (BLOCK * BLOCK) / 4)
    bits.repeatByte(red, (BLOCK * BLOCK) / 4)
  }
  return bits.finish()
}

function repeatSlice(frameNumber: number, blocks: number): Buffer {
  const bits = new ExpGolombWriter()
  bits.unsigned(0)
  bits.unsigned(SLICE_P_ALL)
  bits.unsigned(0)
  bits.bits(frameNumber, 4)
  bits.bits(0, 1)
  bits.bits(0, 1)
  bits.bits(0, 1)
  bits.signed(0)
  bits.unsigned(1)
  bits.unsigned(blocks)
  return bits.finish()
}

/** A unit of the stream: its header byte and its payload, in which three bytes never look like a start code. */
function unit(header: number, payload: Buffer): Buffer {
  const escaped = [header]
  let zeros = 0
  for (const byte of payload) {
    if (zeros === 2 && byte <= 3) {
      escaped.push(3)
      zeros = 0
    }
    escaped.push(byte)
    zeros = byte === 0 ? zeros + 1 : 0
  }
  return Buffer.from(escaped)
}

class ExpGolombWriter {
  readonly #bytes: number[] = []
  #current = 0
  #filled = 0

  bits(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#current = (this.#current << 1) | ((value >> bit) & 1)
      this.#filled++
      if (this.#filled === 8) {
        this.#bytes.push(this.#current)
        this.#current = 0
        this.#filled = 0
      }
    }
  }

  /** ue(v) of the standard. */
  unsigned(value: number): void {
    const length = 32 - Math.clz32(value + 1)
    this.bits(0, length - 1)
    this.bits(value + 1, length)
  }

  /** se(v) of the standard. */
  signed(value: number): void {
    this.unsigned(value > 0 ? value * 2 - 1 : -value * 2)
  }

  /** Fills up to a whole byte with zeros. */
  align(): void {
    while (this.#filled !== 0) this.bits(0, 1)
  }

  /** Writes whole bytes; only where aligned. */
  repeatByte(byte: number, count: number): void {
    for (let index = 0; index < count; index++) this.#bytes.push(byte)
  }

  /** Ends with the stop bit and zeros. */
  finish(): Buffer {
    this.bits(1, 1)
    this.align()
    return Buffer.from(this.#bytes)
  }
}
