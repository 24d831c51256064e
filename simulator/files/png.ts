import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Colour type 2: red, green, blue, one byte each. */
const TRUECOLOUR = 2

/**
 * A PNG (ISO/IEC 15948) of `width` × `height` pixels; `pixels` holds three bytes for each, row by row.
 * Each row is filtered by the one above ("up"), which makes soft vertical gradients small.
 */
export function encodePng(width: number, height: number, pixels: Uint8Array): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  header[9] = TRUECOLOUR
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(filterRows(width, height, pixels), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function filterRows(width: number, height: number, pixels: Uint8Array): Buffer {
  const stride = width * 3
  const filtered = Buffer.alloc((stride + 1) * height)
  for (let row = 0; row < height; row++) {
    const start = row * (stride + 1)
    filtered[start] = 2
    for (let index = 0; index < stride; index++) {
      const above = row === 0 ? 0 : (pixels[(row - 1) * stride + index] ?? 0)
      filtered[start + 1 + index] = ((pixels[row * stride + index] ?? 0) - above) & 0xff
    }
  }
  return filtered
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
