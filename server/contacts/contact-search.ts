import { canonicalPhone } from './phone-variants.ts'

/** Fewer digits than these are looked for as text alone: every third number holds them. */
const PHONE_DIGITS_MIN = 3

/** What somebody typed, ready to be compared. */
export interface ContactSearch {
  /** Each has to stand somewhere in names, username or user ids. */
  readonly words: readonly string[]
  /** Any of these may stand in a phone number instead; empty when what was typed is no part of one. */
  readonly digits: readonly string[]
}

/**
 * Takes what was typed. A phone number may come with plus, zeros before it, blanks, dashes, brackets and in Arabic
 * digits, whole or in part, and in either way of writing it (see `phone-variants.ts`).
 */
export function readContactSearch(typed: string): ContactSearch {
  const words = typed.split(/\s+/u).filter((word) => word !== '')
  return { words: words.map((word) => word.replace(/^@/, '')).filter((word) => word !== ''), digits: digitsOf(typed) }
}

function digitsOf(typed: string): string[] {
  const ascii = typed.replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
  if (!/^[\d\s+().\-\u200e\u200f\u202a-\u202e\u2066-\u2069]+$/.test(ascii)) return []
  const digits = ascii.replace(/\D/g, '').replace(/^0+/, '')
  if (digits.length < PHONE_DIGITS_MIN) return []
  return [...new Set([digits, canonicalPhone(digits)])]
}
