import type { OpusSound } from './webm-opus.ts'

/**
 * Writes Opus packets as an Ogg file, which is what WhatsApp's voice notes are.
 * Source: https://www.rfc-editor.org/rfc/rfc3533 (Ogg), https://www.rfc-editor.org/rfc/rfc7845 (Opus in it)
 */

/** Any; there is one stream in the file. */
const SERIAL = 0x5761736c
const FIRST = 0x02
const LAST = 0x04
/** A page names the lengths of its packets in at most this many bytes. */
const LENGTHS_MAX = 255
/** A page ends after this many samples: one second. */
const SAMPLES_PER_PAGE = 48_000
const CHANNELS_AT = 9

/** The sound as a file of one channel: a decoder makes one of two by itself, and WhatsApp wants one. */
export function oggOfPackets(sound: OpusSound): Uint8Array {
  const head = Uint8Array.from(sound.head)
  head[CHANNELS_AT] = 1
  const pages = [
    page([head], { flags: FIRST, granule: 0, number: 0 }),
    page([tags()], { flags: 0, granule: 0, number: 1 }),
  ]
  let granule = 0
  for (let at = 0; at < sound.packets.length; ) {
    const held: Uint8Array[] = []
    const begin = granule
    let lengths = 0
    for (; at < sound.packets.length && granule - begin < SAMPLES_PER_PAGE; at++) {
      const packet = sound.packets[at] as Uint8Array
      lengths += lengthsOf(packet)
      if (held.length > 0 && lengths > LENGTHS_MAX) break
      held.push(packet)
      granule += samplesOf(packet)
    }
    pages.push(page(held, { flags: at === sound.packets.length ? LAST : 0, granule, number: pages.length }))
  }
  return Buffer.concat(pages)
}

/** Samples at 48 kHz in a packet, from its first byte (RFC 6716, section 3.1). */
function samplesOf(packet: Uint8Array): number {
  const [toc = 0, second = 0] = packet
  const config = toc >> 3
  const size =
    config < 12
      ? ([480, 960, 1920, 2880][config & 3] ?? 0)
      : config < 16
        ? ([480, 960][config & 1] ?? 0)
        : ([120, 240, 480, 960][config & 3] ?? 0)
  const code = toc & 3
  return size * (code === 0 ? 1 : code === 3 ? second & 0x3f : 2)
}

function lengthsOf(packet: Uint8Array): number {
  return Math.floor(packet.length / 255) + 1
}

function tags(): Uint8Array {
  const vendor = Buffer.from('wasl')
  const bytes = Buffer.alloc(16 + vendor.length)
  bytes.write('OpusTags', 0)
  bytes.writeUInt32LE(vendor.length, 8)
  vendor.copy(bytes, 12)
  return bytes
}

function page(
  packets: readonly Uint8Array[],
  place: { readonly flags: number; readonly granule: number; readonly number: number },
): Buffer {
  const lengths = packets.flatMap((packet) => [
    ...Array<number>(Math.floor(packet.length / 255)).fill(255),
    packet.length % 255,
  ])
  const header = Buffer.alloc(27)
  header.write('OggS', 0)
  header[5] = place.flags
  header.writeBigUInt64LE(BigInt(place.granule), 6)
  header.writeUInt32LE(SERIAL, 14)
  header.writeUInt32LE(place.number, 18)
  header[26] = lengths.length
  const bytes = Buffer.concat([header, Buffer.from(lengths), ...packets])
  bytes.writeUInt32LE(checksum(bytes), 22)
  return bytes
}

/** Ogg's own CRC: polynomial 0x04c11db7, highest bit first, nothing inverted. */
function checksum(bytes: Uint8Array): number {
  let sum = 0
  for (const byte of bytes) sum = ((sum << 8) ^ (CRC[((sum >>> 24) ^ byte) & 0xff] as number)) >>> 0
  return sum
}

const CRC: readonly number[] = Array.from({ length: 256 }, (_, index) => {
  let value = index << 24
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})
