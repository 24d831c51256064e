import { EMPTY_DRAFT, type InteractiveDraft } from './draft.ts'

/** How many are kept of those that were sent last. */
const RECENT_MAX = 6
const KEY_PREFIX = 'wasl.built.'

/** Storage as far as this needs it; `localStorage` in the browser. */
export interface Memory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** What this member built and sent last, newest first. What an older version kept gets what it did not know. */
export function recentDrafts(memory: Memory, memberId: string): readonly InteractiveDraft[] {
  const kept = read(memory, memberId)
  if (!Array.isArray(kept)) return []
  const drafts = kept.filter((one): one is Partial<InteractiveDraft> => typeof one === 'object' && one !== null)
  return drafts
    .slice(0, RECENT_MAX)
    .map((one) => ({ ...EMPTY_DRAFT, ...one, order: { ...EMPTY_DRAFT.order, ...one.order } }))
}

/** Keeps one that was sent; the same once more only moves to the front. A full browser keeps nothing, which harms nobody. */
export function rememberDraft(memory: Memory, memberId: string, draft: InteractiveDraft): void {
  const same = JSON.stringify(draft)
  const others = recentDrafts(memory, memberId).filter((one) => JSON.stringify(one) !== same)
  try {
    memory.setItem(KEY_PREFIX + memberId, JSON.stringify([draft, ...others].slice(0, RECENT_MAX)))
  } catch {
    // QuotaExceededError is the only thing setItem throws.
  }
}

function read(memory: Memory, memberId: string): unknown {
  try {
    return JSON.parse(memory.getItem(KEY_PREFIX + memberId) ?? 'null')
  } catch {
    // Somebody else wrote under our key.
    return null
  }
}
