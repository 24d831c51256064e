/**
 * Reads the sound out of a WebM file as browsers record it: one track of Opus, no lacing.
 * Source: https://www.rfc-editor.org/rfc/rfc9559 (Matroska), https://www.rfc-editor.org/rfc/rfc8794 (EBML)
 */

export interface OpusSound {
  /** `OpusHead`, as it stands at the beginning of an Ogg file. */
  readonly head: Uint8Array
  readonly packets: readonly Uint8Array[]
}

/** Elements that hold others: what is in them is read as if it stood outside, so that unknown sizes need no care. */
const HOLDERS: ReadonlySet<number> = new Set([0x18538067, 0x1654ae6b, 0xae, 0x1f43b675, 0xa0])
const CODEC_PRIVATE = 0x63a2
const SIMPLE_BLOCK = 0xa3
const BLOCK = 0xa1
/** Bits of a block's flags. */
const LACING = 0x06
const PACKETS_MAX = 1_000_000

/** Gives the sound; `null` when it is not one that is known to be whole and Opus. */
export function opusPackets(file: Uint8Array): OpusSound | null {
  let head: Uint8Array | null = null
  const packets: Uint8Array[] = []
  for (let at = 0; at < file.length; ) {
    const id = readNumber(file, at, 'with its mark')
    const size = id === null ? null : readNumber(file, at + id.length, 'bare')
    if (id === null || size === null) return null
    const begin = at + id.length + size.length
    if (HOLDERS.has(id.value)) {
      at = begin
      continue
    }
    const content = file.subarray(begin, begin + size.value)
    if (content.length < size.value) break // Cut off: what came before can be heard.
    if (id.value === CODEC_PRIVATE) head ??= content
    if (id.value === SIMPLE_BLOCK || id.value === BLOCK) {
      const packet = packetOf(content)
      if (packet === null || packets.length >= PACKETS_MAX) return null
      packets.push(packet)
    }
    at = begin + size.value
  }
  return head === null || !isOpusHead(head) || packets.length === 0 ? null : { head, packets }
}

/** Track, time (two bytes), flags, then the packet. */
function packetOf(block: Uint8Array): Uint8Array | null {
  const track = readNumber(block, 0, 'bare')
  if (track === null) return null
  const flags = block[track.length + 2]
  if (flags === undefined || (flags & LACING) !== 0) return null
  const packet = block.subarray(track.length + 3)
  return packet.length === 0 ? null : packet
}

/** A number whose first byte tells by its leading zeros how many follow. */
function readNumber(
  bytes: Uint8Array,
  at: number,
  how: 'with its mark' | 'bare',
): { readonly value: number; readonly length: number } | null {
  const first = bytes[at]
  if (first === undefined || first === 0) return null
  const length = Math.clz32(first) - 23
  if (at + length > bytes.length) return null
  let value = how === 'bare' ? first & (0xff >> length) : first
  for (let next = 1; next < length; next++) value = value * 256 + (bytes[at + next] ?? 0)
  return { value, length }
}

function isOpusHead(head: Uint8Array): boolean {
  return head.length >= 19 && String.fromCharCode(...head.subarray(0, 8)) === 'OpusHead'
}
