import { describe, expect, test } from 'vitest'
import type { ContactRow } from '../inbox/rows.ts'
import { type Likeness, mergeReason, suggestMerges } from './suggest-merges.ts'

const NOBODY: ContactRow = {
  id: 'a',
  phone: null,
  userId: null,
  parentUserId: null,
  username: null,
  usernameAtMs: null,
  addressBookName: null,
  addressBookAtMs: null,
  profileName: null,
  profileAtMs: null,
  agentName: null,
  isMerged: false,
}

function alike(first: Partial<ContactRow>, second: Partial<ContactRow>, more: Partial<Likeness> = {}): Likeness {
  return {
    first: { ...NOBODY, ...first },
    second: { ...NOBODY, id: 'b', ...second },
    shared: 'layla al-harbi',
    byUsername: false,
    ...more,
  }
}

const PHONE = { phone: '966551234567' }
const OTHER = { phone: '966550000001' }
const HIDDEN = { userId: 'SA.77' }

describe('mergeReason', () => {
  test.each([
    ['one hides the number', alike(PHONE, HIDDEN), 'same_name_phone_hidden'],
    ['a name of one word', alike(PHONE, HIDDEN, { shared: 'layla' }), null],
    ['a word and a letter', alike(PHONE, HIDDEN, { shared: 'layla h' }), null],
    ['the same username', alike(PHONE, HIDDEN, { shared: 'layla.h', byUsername: true }), 'same_username'],
    ['two user ids are two people', alike(HIDDEN, { userId: 'SA.78' }, { byUsername: true }), null],
    ['two numbers under a name of the address book', alike({ ...PHONE, addressBookName: 'x' }, OTHER), 'same_name'],
    ['two numbers under a name that customers chose', alike(PHONE, OTHER), null],
  ])('%s', (_name, likeness, reason) => {
    expect(mergeReason(likeness)).toBe(reason)
  })
})

test('a pair is suggested once, with its best reason, the strongest first', () => {
  const weak = alike({ ...PHONE, id: 'x', addressBookName: 'x' }, { ...OTHER, id: 'y' })
  const both = [alike(PHONE, HIDDEN), alike(PHONE, HIDDEN, { byUsername: true })]
  const found = suggestMerges([weak, ...both], 10)
  expect(found.map(({ first, second, reason }) => [first.id, second.id, reason])).toEqual([
    ['a', 'b', 'same_username'],
    ['x', 'y', 'same_name'],
  ])
  expect(suggestMerges([weak, ...both], 1)).toHaveLength(1)
})
