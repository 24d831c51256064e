import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, test } from 'vitest'
import { HEALTH_REASONS } from '../../contract/api/care.ts'
import arabic from './ar.json' with { type: 'json' }
import english from './en.json' with { type: 'json' }

const WEB = join(import.meta.dirname, '..')
const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(join(WEB, path), 'utf8') }))
const ARABIC_FORMS = ['zero', 'one', 'two', 'few', 'many', 'other']

type Token = string | readonly unknown[]

describe('the languages', () => {
  test('have the same keys', () => {
    expect(Object.keys(arabic).sort()).toEqual(Object.keys(english).sort())
  })

  test('have the same placeholders in every message', () => {
    const differing = Object.keys(english).filter(
      (key) => placeholders(arabic, key).join() !== placeholders(english, key).join(),
    )
    expect(differing).toEqual([])
    expect(placeholders(english, 'announce.message')).toEqual(['name', 'text'])
  })

  test('Arabic plurals have all six forms', () => {
    const plurals = Object.entries(arabic).flatMap(([key, text]) =>
      pluralForms(compileMessage(text)).map((forms) => [key, forms] as const),
    )
    expect(plurals.length).toBeGreaterThan(5)
    for (const [key, forms] of plurals) expect([key, ...forms]).toEqual([key, ...ARABIC_FORMS])
  })

  test('no message is empty, and no Arabic one was left in English', () => {
    const left = Object.entries(arabic).filter(([, text]) => !/[\u0600-\u06ff]/.test(text.replace(/\{\w+\}/g, '')))
    expect(left.map(([key]) => key)).toEqual([
      'digits.latn',
      'language.en',
      'palette.otherLanguage',
      'welcome.otherLanguage',
    ])
    expect(Object.values(english).filter((text) => text.trim() === '')).toEqual([])
  })
})

describe('the program', () => {
  test('uses every key: none is left over', () => {
    const all = sources.map((source) => source.text).join('\n')
    // Keys put together from a part are named here, with the place that does it.
    const built = (key: string) => key.startsWith('role.') || isHealthSentence(key)
    const unused = Object.keys(english).filter((key) => !built(key) && !all.includes(`'${key}'`))
    expect(unused).toEqual([])
  })

  test('has no text of its own: every word a person reads stands in the languages', () => {
    const found = sources.flatMap(({ path, text }) => literalsIn(text).map((literal) => `${path}: ${literal}`))
    expect(found).toEqual([])
  })

  test('that rule finds a text written into a page', () => {
    expect(literalsIn('<p>Hello there</p>')).toEqual(['Hello there'])
    expect(literalsIn('<img alt="A photo" />')).toEqual(['A photo'])
    expect(literalsIn("<p>{t('a.b')}</p>")).toEqual([])
  })
})

/** `web/features/care/health-words.ts` puts these together; that none is left over is tested beside it. */
function isHealthSentence(key: string): boolean {
  const [first, line] = key.split('.')
  return first === 'health' && Object.hasOwn(HEALTH_REASONS, line ?? '')
}

/** Words between tags, and words in attributes that are read aloud or shown. What stands on a key is no word. */
function literalsIn(source: string): readonly string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '').replace(/<kbd[^>]*>[^<]*<\/kbd>/g, '')
  const between = [...code.matchAll(/<[a-zA-Z][^<>{}]*>\s*([^<>{}()=;]*\p{L}{2}[^<>{}()=;]*?)\s*<\//gu)]
  const attributes = [...code.matchAll(/\b(?:aria-label|title|placeholder|alt|label)="([^"]*\p{L}{2}[^"]*)"/gu)]
  return [...between, ...attributes].map((match) => match[1] ?? '')
}

function placeholders(messages: Readonly<Record<string, string>>, key: string): readonly string[] {
  const names = new Set<string>()
  collect(compileMessage(messages[key] ?? ''), names)
  return [...names].sort()
}

function collect(tokens: unknown, names: Set<string>): void {
  // Beside lists of tokens there are plain texts and the offset of a plural.
  if (!Array.isArray(tokens)) return
  for (const token of tokens) {
    if (!Array.isArray(token)) continue
    if (typeof token[0] === 'string') names.add(token[0])
    const forms: unknown = token[2]
    if (typeof forms === 'object' && forms !== null) for (const form of Object.values(forms)) collect(form, names)
  }
}

function pluralForms(tokens: Token): readonly (readonly string[])[] {
  if (typeof tokens === 'string') return []
  return tokens.flatMap((token) =>
    Array.isArray(token) && token[1] === 'plural'
      ? [Object.keys(token[2] as object).filter((form) => form !== 'offset')]
      : [],
  )
}
