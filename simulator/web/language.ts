import { arabic } from './words-ar.ts'
import { english, type WordKey } from './words-en.ts'

export type Language = 'ar' | 'en'

/** The language of the page: `?lang=` in the address, else the browser's. */
export const language: Language = chosenLanguage()

/** A string of the page in its language, with its slots filled. */
export function t(key: WordKey, slots: Readonly<Record<string, string | number>> = {}): string {
  const text = language === 'ar' ? arabic[key] : english[key]
  return text.replace(/\{(\w+)\}/g, (whole, slot: string) => String(slots[slot] ?? whole))
}

/** Sets language and direction of the page; to be called once at the start. */
export function applyLanguage(title: WordKey): void {
  document.documentElement.lang = language
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
  document.title = t(title)
}

/** The address of this page in the other language. */
export function otherLanguageAddress(): string {
  const url = new URL(location.href)
  url.searchParams.set('lang', language === 'ar' ? 'en' : 'ar')
  return url.href
}

function chosenLanguage(): Language {
  const asked = new URL(location.href).searchParams.get('lang')
  if (asked === 'ar' || asked === 'en') return asked
  return navigator.language.startsWith('ar') ? 'ar' : 'en'
}
