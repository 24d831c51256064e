import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ContactNames, mergedNames, namesWithout, splitRead } from './merge-names.ts'

const NONE: ContactNames = {
  username: null,
  usernameAtMs: null,
  addressBookName: null,
  addressBookAtMs: null,
  profileName: null,
  profileAtMs: null,
  agentName: null,
}

const at = fc.option(fc.integer({ min: 1, max: 4 }))
const named = fc.constantFrom('A', 'B')
const someNames: fc.Arbitrary<ContactNames> = fc
  .record({ u: at, b: at, p: at, username: named, book: named, profile: named, agentName: fc.option(named) })
  .map(({ u, b, p, username, book, profile, agentName }) => ({
    username: u === null ? null : username,
    usernameAtMs: u,
    addressBookName: b === null ? null : book,
    addressBookAtMs: b,
    profileName: p === null ? null : profile,
    profileAtMs: p,
    agentName,
  }))

describe('names in a merge', () => {
  test('the latest of each kind is kept, and the agents’ name of the one that stays', () => {
    const kept = { ...NONE, profileName: 'Old', profileAtMs: 1, agentName: 'Ours' }
    const gone = { ...NONE, profileName: 'New', profileAtMs: 2, username: 'u', usernameAtMs: 1, agentName: 'Theirs' }
    expect(mergedNames(kept, gone)).toEqual({ ...gone, agentName: 'Ours' })
  })

  test('an undoing right after it gives back exactly what was', () => {
    fc.assert(
      fc.property(someNames, someNames, (kept, gone) => {
        expect(namesWithout(mergedNames(kept, gone), kept, gone)).toEqual(kept)
      }),
      { seed: 20261123 },
    )
  })

  test('what was learned since stays', () => {
    const gone = { ...NONE, profileName: 'Gone', profileAtMs: 5, agentName: 'Theirs' }
    const since = { ...mergedNames(NONE, gone), profileName: 'Since', profileAtMs: 9, agentName: 'Since' }
    expect(namesWithout(since, NONE, gone)).toEqual({
      ...NONE,
      profileName: 'Since',
      profileAtMs: 9,
      agentName: 'Since',
    })
  })
})

describe('splitRead', () => {
  test.each([
    ['all read stays all read', 9, { kept: 6, restored: 3 }, 1, { kept: 6, restored: 3 }],
    ['nothing read', 0, { kept: 6, restored: 3 }, 0, { kept: 0, restored: 0 }],
    ['as at the merge', 5, { kept: 6, restored: 3 }, 1, { kept: 4, restored: 1 }],
    ['more than one can hold goes to the other', 8, { kept: 6, restored: 3 }, 0, { kept: 6, restored: 2 }],
    ['more than there is', 99, { kept: 1, restored: 1 }, 0, { kept: 1, restored: 1 }],
  ])('%s', (_name, read, counts, before, parts) => {
    expect(splitRead(read, counts, before)).toEqual(parts)
  })

  test('never more than each holds, and in sum what was read', () => {
    const count = fc.nat({ max: 20 })
    fc.assert(
      fc.property(count, count, count, count, (read, kept, restored, before) => {
        const parts = splitRead(read, { kept, restored }, before)
        expect(parts.kept).toBeGreaterThanOrEqual(0)
        expect(parts.restored).toBeGreaterThanOrEqual(0)
        expect(parts.kept).toBeLessThanOrEqual(kept)
        expect(parts.restored).toBeLessThanOrEqual(restored)
        expect(parts.kept + parts.restored).toBe(Math.min(read, kept + restored))
      }),
      { seed: 20261123 },
    )
  })
})
