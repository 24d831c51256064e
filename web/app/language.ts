import { type I18n, type Messages, setupI18n } from '@lingui/core'
import { useLingui } from '@lingui/react'
import { useCallback } from 'react'
import type english from '../locales/en.json'
import type { Preferences } from './preferences.ts'

/** Every text of the interface has a key, the same in all languages (a test compares them). */
export type MessageKey = keyof typeof english
export type MessageValues = Readonly<Record<string, string | number>>
export type Translate = (key: MessageKey, values?: MessageValues) => string

export const i18n: I18n = setupI18n()

/** Loads a language's messages (compiled while building) and makes it the page's. */
export async function activateLanguage(preferences: Pick<Preferences, 'language' | 'digits'>): Promise<void> {
  const { language, digits } = preferences
  const { default: messages } = await (language === 'ar' ? import('../locales/ar.json') : import('../locales/en.json'))
  // `locales` is what numbers inside messages are written with; the key of the messages stays the plain language.
  i18n.loadAndActivate({
    locale: language,
    locales: [`${language}-u-nu-${digits}`],
    messages: messages as unknown as Messages,
  })
  document.documentElement.lang = language
  document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr'
}

/** Gives the text for a key, in the page's language. */
export function useT(): Translate {
  // The provider makes `_` anew whenever language or digits change, so memoised components render again.
  const { _ } = useLingui()
  return useCallback((key, values) => _(key, values), [_])
}

/** A name or other text of unknown direction inside a sentence: isolated, so that neither disturbs the other. */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`
}

/** Numbers, phone numbers and times inside a sentence: always left to right. */
export function isolatedNumber(text: string): string {
  return `\u2066${text}\u2069`
}
