/** Up to two first letters of a name; the last two digits of a phone number; `•` when there is neither. */
export function initialsOf(name: string): string {
  const words = name.replace(/^[@+]/, '').split(/[\s._-]+/u)
  const letters = words.map(firstLetter).filter((letter) => letter !== '')
  if (letters.length > 0) return [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toLocaleUpperCase()
  const digits = name.replace(/\D/g, '')
  return digits === '' ? '•' : digits.slice(-2)
}

/** The same number in 0…`count`−1 for the same text, spread evenly. */
export function hueOf(text: string, count: number): number {
  let sum = 0
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) >>> 0
  return sum % count
}

/** Arabic names begin with the article more often than not; the letter after it tells people apart. */
function firstLetter(word: string): string {
  const bare = word.replace(/^ال(?=\p{L}{2})/u, '')
  return bare.match(/\p{L}/u)?.[0] ?? ''
}
