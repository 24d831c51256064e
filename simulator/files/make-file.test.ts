import { createHash } from 'node:crypto'
import { crc32, inflateSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { makeFile } from './make-file.ts'

const KINDS = ['image', 'video', 'document', 'sticker', 'audio'] as const
/** Bytes. A demonstration of thousands of messages must not weigh. */
const LARGEST = 40_000

describe('made files', () => {
  test.each(KINDS)('%s: the same for the same seed, small, another for another seed', (kind) => {
    const sha = (seed: number) =>
      createHash('sha256')
        .update(makeFile(kind, seed, 5).bytes)
        .digest('hex')
    expect(sha(7)).toBe(sha(7))
    expect(new Set([1, 2, 3, 4, 5].map(sha)).size).toBeGreaterThan(2)
    expect(makeFile(kind, 7, 5).bytes.length).toBeLessThan(LARGEST)
  })

  test('a picture is a PNG whose chunks check and whose rows are whole', () => {
    const { bytes } = makeFile('image', 1)
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
    const found: Record<string, Buffer> = {}
    for (let at = 8; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at)
      expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)))
      found[bytes.toString('latin1', at + 4, at + 8)] = bytes.subarray(at + 8, at + 8 + length)
      at += length + 12
    }
    expect(inflateSync(found['IDAT'] ?? Buffer.alloc(0)).length).toBe(480 * (480 * 3 + 1))
    expect(found['IEND']).toBeDefined()
  })

  test.each([0.5, 3, 7.5, 61])('a voice note of %s s says its length in its last granule position', (seconds) => {
    const pages = oggPages(makeFile('audio', 3, seconds).bytes)
    expect(pages[0]?.payload.toString('latin1', 0, 8)).toBe('OpusHead')
    expect(pages[1]?.payload.toString('latin1', 0, 8)).toBe('OpusTags')
    const preSkip = pages[0]?.payload.readUInt16LE(10) ?? 0
    expect(Number(pages.at(-1)?.granule) - preSkip).toBe(seconds * 48_000)
    expect(pages.map((page) => page.sequence)).toEqual(pages.map((_page, index) => index))
    expect([pages[0]?.flags, pages.at(-1)?.flags]).toEqual([2, 4])
  })

  test('a video is an MP4 whose sample sizes and offset meet its data', () => {
    const { bytes } = makeFile('video', 1)
    const data = bytes.indexOf('mdat') + 4
    const sizes = bytes.indexOf('stsz') + 4
    const count = bytes.readUInt32BE(sizes + 8)
    expect(bytes.readUInt32BE(bytes.indexOf('stco') + 12)).toBe(data)
    let total = 0
    for (let index = 0; index < count; index++) {
      expect(bytes.readUInt32BE(data + total)).toBe(bytes.readUInt32BE(sizes + 12 + index * 4) - 4)
      total += bytes.readUInt32BE(sizes + 12 + index * 4)
    }
    expect(data + total).toBe(bytes.length)
  })

  test('a sticker is a lossless WebP of 256 × 256 pixels', () => {
    const { bytes } = makeFile('sticker', 1)
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8L')
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8)
    expect(bytes[20]).toBe(0x2f)
    expect((bytes.readUInt32LE(21) & 0x3fff) + 1).toBe(256)
  })

  test('a document is a PDF whose cross-references are right', () => {
    const text = makeFile('document', 1).bytes.toString('latin1')
    expect(text.startsWith('%PDF-1.4')).toBe(true)
    const xref = Number(/startxref\n(\d+)/.exec(text)?.[1])
    expect(text.slice(xref, xref + 4)).toBe('xref')
    const offsets = [...text.slice(xref).matchAll(/^(\d{10}) 00000 n/gm)].map((match) => Number(match[1]))
    expect(offsets).toHaveLength(5)
    for (const [index, offset] of offsets.entries()) {
      expect(text.slice(offset)).toMatch(new RegExp(`^${index + 1} 0 obj`))
    }
  })
})

function oggPages(bytes: Buffer) {
  const pages: { flags: number; granule: bigint; sequence: number; payload: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    expect(bytes.toString('latin1', at, at + 4)).toBe('OggS')
    const segments = bytes[at + 26] ?? 0
    const length = bytes.subarray(at + 27, at + 27 + segments).reduce((sum, lace) => sum + lace, 0)
    const start = at + 27 + segments
    pages.push({
      flags: bytes[at + 5] ?? 0,
      granule: bytes.readBigInt64LE(at + 6),
      sequence: bytes.readUInt32LE(at + 18),
      payload: bytes.subarray(start, start + length),
    })
    at = start + length
  }
  return pages
}
