import type { Chance } from '../random.ts'

const UPPER_HEX = '0123456789ABCDEF'

/** A numeric id as Graph's, 15 or 16 digits, never seen before in this run. */
export function graphId(chance: Chance): string {
  return `${1 + Math.floor(chance.next('id') * 9)}${digits(chance, 'id', 14)}`
}

/**
 * A WhatsApp message id: `wamid.` and Base64 of the other side's number, the direction and random hex. Its inside is
 * nobody's business; what counts is that it is unique and long.
 */
export function wamid(chance: Chance, otherSide: string, outgoing: boolean): string {
  return `wamid.${opaqueId(chance, otherSide, outgoing)}`
}

/** The id of a call: like a message's, under another name. */
export function callId(chance: Chance, otherSide: string, outgoing: boolean): string {
  return `wacid.${opaqueId(chance, otherSide, outgoing)}`
}

function opaqueId(chance: Chance, otherSide: string, outgoing: boolean): string {
  const random = Array.from({ length: 20 }, () => UPPER_HEX[Math.floor(chance.next('wamid') * 16)]).join('')
  const head = Buffer.from([0x1d, 0x18, otherSide.length])
  const middle = Buffer.from([0x15, 0x02, 0x00, outgoing ? 0x11 : 0x12, 0x18, random.length])
  return Buffer.concat([head, Buffer.from(otherSide), middle, Buffer.from(random), Buffer.from([0])]).toString('base64')
}

/** The WhatsApp account of a number, in the account model of September 2026: always the same for the same number. */
export function waacId(chance: Chance, numberId: string): string {
  return `2${String(chance.between(0, 2 ** 31, 'waac', numberId)).padStart(14, '0')}`
}

/** An opaque token of that many letters and digits. */
export function opaque(chance: Chance, stream: string, length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
  return Array.from({ length }, () => letters[Math.floor(chance.next(stream) * letters.length)]).join('')
}

export function digits(chance: Chance, stream: string, length: number): string {
  return Array.from({ length }, () => Math.floor(chance.next(stream) * 10)).join('')
}
