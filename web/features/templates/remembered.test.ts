import { expect, test } from 'vitest'
import { type Memory, recentTemplates, rememberedValues, rememberSent } from './remembered.ts'

function memory(full = false): Memory {
  const kept = new Map<string, string>()
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (full) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, value)
    },
  }
}

test('what was sent last stands first, with what filled it; each member has their own', () => {
  const browser = memory()
  for (const id of ['a', 'b', 'a']) rememberSent(browser, 'noura', id, { 'body.1': id })
  expect(recentTemplates(browser, 'noura')).toEqual(['a', 'b'])
  expect(rememberedValues(browser, 'noura', 'b')).toEqual({ 'body.1': 'b' })
  expect(recentTemplates(browser, 'salem')).toEqual([])
  expect(rememberedValues(browser, 'salem', 'b')).toEqual({})
})

test('no more than eight, and nothing that cannot be read', () => {
  const browser = memory()
  for (let index = 0; index < 12; index++) rememberSent(browser, 'noura', `t${index}`, {})
  expect(recentTemplates(browser, 'noura')).toHaveLength(8)
  browser.setItem('wasl.templates.recent.noura', '{broken')
  expect(recentTemplates(browser, 'noura')).toEqual([])
})

test('a full browser remembers nothing and says nothing', () => {
  const browser = memory(true)
  rememberSent(browser, 'noura', 'a', { 'body.1': 'x' })
  expect(recentTemplates(browser, 'noura')).toEqual([])
})
