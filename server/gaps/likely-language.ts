export type AnswerLanguage = 'ar' | 'en'

/** What is known of how a customer speaks. */
export interface Voice {
  /** What they wrote last, newest first. */
  readonly texts: readonly string[]
  readonly names: readonly string[]
  /** Digits with country code. */
  readonly phone: string | null
}

const ARABIC = /\p{Script=Arabic}/gu
const LETTER = /\p{L}/gu

/** Country codes where Arabic is what people speak. */
const ARABIC_COUNTRIES = [
  ...['20', '212', '213', '216', '218', '222', '249', '962', '963', '964', '965', '966', '967', '968', '970'],
  ...['971', '973', '974'],
]

/** The language a customer most likely reads: as they write, else as they are called, else where their number is from. */
export function likelyLanguage({ texts, names, phone }: Voice): AnswerLanguage {
  for (const text of [...texts, ...names]) {
    const letters = text.match(LETTER)?.length ?? 0
    if (letters === 0) continue
    return (text.match(ARABIC)?.length ?? 0) * 2 >= letters ? 'ar' : 'en'
  }
  return phone !== null && ARABIC_COUNTRIES.some((code) => phone.startsWith(code)) ? 'ar' : 'en'
}
