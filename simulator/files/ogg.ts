/** Samples in a second, as Ogg counts them for Opus (RFC 7845 §4). */
export const SAMPLES_PER_SECOND = 48_000
/** Samples in a packet of 20 ms. */
export const SAMPLES_PER_PACKET = 960
/** Packets in a page: one second. */
const PACKETS_PER_PAGE = 50
/** Samples a decoder throws away at the start while it settles. */
const PRE_SKIP = 312

/**
 * An Ogg file of Opus (RFC 3533, RFC 7845): one channel, packets of 20 ms each. The last page's granule position ends the
 * sound at exactly `samples`, so that players show the right length.
 */
export function muxOpus(packets: readonly Buffer[], samples: number, serial: number): Buffer {
  const pages = [page(0x02, 0n, serial, 0, [opusHead()]), page(0, 0n, serial, 1, [opusTags()])]
  for (let start = 0; start < packets.length; start += PACKETS_PER_PAGE) {
    const part = packets.slice(start, start + PACKETS_PER_PAGE)
    const last = start + part.length >= packets.length
    const position = last ? samples + PRE_SKIP : (start + part.length) * SAMPLES_PER_PACKET
    pages.push(page(last ? 0x04 : 0, BigInt(position), serial, pages.length, part))
  }
  return Buffer.concat(pages)
}

/** How many packets a sound of `samples` needs, the decoder's settling included. */
export function packetsFor(samples: number): number {
  return Math.ceil((samples + PRE_SKIP) / SAMPLES_PER_PACKET)
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head[8] = 1
  head[9] = 1
  head.writeUInt16LE(PRE_SKIP, 10)
  head.writeUInt32LE(16_000, 12)
  return head
}

function opusTags(): Buffer {
  const vendor = Buffer.from('simulator', 'latin1')
  const tags = Buffer.alloc(16 + vendor.length)
  tags.write('OpusTags', 0, 'latin1')
  tags.writeUInt32LE(vendor.length, 8)
  vendor.copy(tags, 12)
  return tags
}

function page(flags: number, granule: bigint, serial: number, sequence: number, packets: readonly Buffer[]): Buffer {
  const lacing = packets.flatMap((packet) => laces(packet.length))
  const header = Buffer.alloc(27 + lacing.length)
  header.write('OggS', 0, 'latin1')
  header[5] = flags
  header.writeBigInt64LE(granule, 6)
  header.writeUInt32LE(serial >>> 0, 14)
  header.writeUInt32LE(sequence, 18)
  header[26] = lacing.length
  header.set(lacing, 27)
  const whole = Buffer.concat([header, ...packets])
  whole.writeUInt32LE(checksum(whole), 22)
  return whole
}

/** The lengths of a packet's segments: 255 as often as it fits, then the rest. */
function laces(length: number): number[] {
  return [...Array<number>(Math.floor(length / 255)).fill(255), length % 255]
}

/** Ogg's CRC-32: polynomial 0x04c11db7, not reflected, no start or end value (RFC 3533 §6). */
function checksum(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return crc
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_value, index) => {
  let crc = index << 24
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc >>> 0
})
