import type { MergeReason } from '../../contract/api/contacts.ts'
import type { ContactRow } from '../inbox/rows.ts'

/** Two contacts that have a name or a username in common. */
export interface Likeness {
  readonly first: ContactRow
  readonly second: ContactRow
  /** The name they share, in lower case. */
  readonly shared: string
  readonly byUsername: boolean
}

/** A name of one word is borne by too many to say anything. */
const NAME_WORDS_MIN = 2

/**
 * Why two contacts may be one person; `null` when nothing speaks for it. A suggestion and no more: a member decides.
 *
 * What proves two contacts to be one (the same phone number in either way of writing it, the same user id or parent user
 * id, a change of number that WhatsApp tells) is no suggestion: it merges them when it comes.
 */
export function mergeReason({ first, second, shared, byUsername }: Likeness): MergeReason | null {
  // A user id is one person's for good, and a username one person's at a time: two of the former are two people.
  if (first.userId !== null && second.userId !== null) return null
  if (byUsername) return 'same_username'
  if (shared.split(' ').filter((word) => word.length > 1).length < NAME_WORDS_MIN) return null
  // A customer who hides the number begins a thread without one; the thread with the number has no user id then.
  if ((first.phone === null) !== (second.phone === null)) return 'same_name_phone_hidden'
  return first.addressBookName !== null || second.addressBookName !== null ? 'same_name' : null
}

const STRENGTH: Record<MergeReason, number> = { same_username: 0, same_name_phone_hidden: 1, same_name: 2 }

/** The pairs to suggest, each once with its best reason, the strongest reason first. */
export function suggestMerges(likenesses: readonly Likeness[], max: number) {
  const pairs = new Map<
    string,
    { readonly first: ContactRow; readonly second: ContactRow; readonly reason: MergeReason }
  >()
  for (const likeness of likenesses) {
    const reason = mergeReason(likeness)
    if (reason === null) continue
    const { first, second } = likeness
    const key = `${first.id} ${second.id}`
    const known = pairs.get(key)
    if (known === undefined || STRENGTH[reason] < STRENGTH[known.reason]) pairs.set(key, { first, second, reason })
  }
  return [...pairs.values()].sort((a, b) => STRENGTH[a.reason] - STRENGTH[b.reason]).slice(0, max)
}
