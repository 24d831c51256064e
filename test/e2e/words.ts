import { readFileSync } from 'node:fs'
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'

export type Language = 'en' | 'ar'
export type Words = (key: string, values?: Readonly<Record<string, string | number>>) => string

/** The texts that people see, by key, in one language, so that the journeys are the same in all. */
export function wordsOf(language: Language): Words {
  const file = new URL(`../../web/locales/${language}.json`, import.meta.url)
  const texts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>
  const i18n = setupI18n()
  i18n.setMessagesCompiler(compileMessage)
  i18n.loadAndActivate({ locale: language, locales: [`${language}-u-nu-latn`], messages: texts })
  return (key, values) => {
    if (texts[key] === undefined) throw new Error(`there is no text ${key} in ${language}`)
    return i18n._(key, values)
  }
}
