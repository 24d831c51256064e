export type Language = 'en' | 'ar'

/** The first of the browser's languages that we speak; English when none is. */
export function preferredLanguage(languages: readonly string[]): Language {
  for (const tag of languages) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'ar' || language === 'en') return language
  }
  return 'en'
}
