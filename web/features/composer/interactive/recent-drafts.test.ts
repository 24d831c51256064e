import { expect, test } from 'vitest'
import { EMPTY_DRAFT } from './draft.ts'
import { recentDrafts, rememberDraft } from './recent-drafts.ts'

function memory() {
  const kept = new Map<string, string>()
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  }
}

test('what was sent last stands first, the same only once, and at most six', () => {
  const store = memory()
  for (const body of ['1', '2', '3', '4', '5', '6', '7', '3']) rememberDraft(store, 'noura', { ...EMPTY_DRAFT, body })
  expect(recentDrafts(store, 'noura').map(({ body }) => body)).toEqual(['3', '7', '6', '5', '4', '2'])
  expect(recentDrafts(store, 'sami')).toEqual([])
})

test('what cannot be read is nothing, and what an older version kept is filled up', () => {
  const store = memory()
  store.setItem('wasl.built.noura', 'no json')
  expect(recentDrafts(store, 'noura')).toEqual([])
  store.setItem('wasl.built.noura', JSON.stringify([{ kind: 'list', body: 'Old' }, null]))
  expect(recentDrafts(store, 'noura')).toEqual([{ ...EMPTY_DRAFT, kind: 'list', body: 'Old' }])
})
