/**
 * The languages that templates are most often written in; Meta takes some seventy.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/supported-languages
 */
export const TEMPLATE_LANGUAGES = [
  'ar',
  'en',
  'en_US',
  'en_GB',
  'bn',
  'de',
  'es',
  'es_MX',
  'fa',
  'fil',
  'fr',
  'he',
  'hi',
  'id',
  'it',
  'ja',
  'ko',
  'ml',
  'ms',
  'nl',
  'pl',
  'pt_BR',
  'pt_PT',
  'ro',
  'ru',
  'sv',
  'ta',
  'te',
  'th',
  'tr',
  'uk',
  'ur',
  'vi',
  'zh_CN',
  'zh_HK',
  'zh_TW',
] as const

/** The name of a language of Meta's, in the reader's. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(code.replace('_', '-')) ?? code
  } catch {
    // Intl throws RangeError for what is no language tag; Meta's own word is shown then.
    return code
  }
}
