import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { headingsOf } from '../../ui/heading-anchors.ts'
import { PLAYBOOK_PAGES } from './built-in.ts'

const PAGES = join(import.meta.dirname, 'pages')
const WEB = join(import.meta.dirname, '..', '..')
const read = (language: string, name: string) => readFileSync(join(PAGES, language, `${name}.md`), 'utf8')
const names = PLAYBOOK_PAGES.map(({ name }) => name)

describe('Wasl’s own pages', () => {
  test('are there in both languages, and no others', () => {
    for (const language of ['en', 'ar']) {
      expect(readdirSync(join(PAGES, language)).sort()).toEqual(names.map((name) => `${name}.md`).sort())
    }
  })

  test.each(names)('%s has the same parts in both languages, each named once', (name) => {
    const ids = headingsOf(read('en', name)).map(({ id, depth }) => `${depth} ${id}`)
    expect(ids.length).toBeGreaterThan(3)
    expect(headingsOf(read('ar', name)).map(({ id, depth }) => `${depth} ${id}`)).toEqual(ids)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test.each(names)('%s is Arabic in Arabic: no line of words was left in English', (name) => {
    const lines = read('ar', name).split('\n')
    expect(lines.filter((line) => /[A-Za-z]{3}/.test(line) && !/[\u0600-\u06ff]/.test(line))).toEqual([])
  })

  test('links from where the trouble shows lead to a part that exists', () => {
    const links = sources().flatMap((text) =>
      [...text.matchAll(/page[=:] ?["']([a-z-]+)["'],? section[=:] ?["']([a-z0-9-]+)["']/g)].map((link) =>
        link.slice(1),
      ),
    )
    for (const [page, section] of links) {
      expect(
        headingsOf(read('en', page ?? '')).map(({ id }) => id),
        `${page}#${section}`,
      ).toContain(section)
    }
  })
})

function sources(): string[] {
  return readdirSync(WEB, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
    .map((path) => readFileSync(join(WEB, path), 'utf8'))
}
