import { type Conversation, contactName } from '../../contract/conversation.ts'

/** Entries shown at most. */
export const PALETTE_ENTRIES_MAX = 50

/**
 * Conversations whose name, username or phone number holds every word typed, in their own order. Arabic letters that
 * people write one for the other (alef and hamza, ya, ta marbuta) count as the same; marks above letters do not count.
 */
export function findConversations(
  conversations: Iterable<Conversation>,
  typed: string,
  max = PALETTE_ENTRIES_MAX,
): readonly Conversation[] {
  const words = folded(typed)
    .split(/\s+/u)
    .filter((word) => word !== '')
  const found: Conversation[] = []
  for (const conversation of conversations) {
    if (found.length >= max) break
    const text = searchable(conversation)
    if (words.every((word) => text.includes(word))) found.push(conversation)
  }
  return found
}

/** Text as it is compared. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|ـ/gu, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/[ىئ]/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ة/g, 'ه')
    .replace(/[أإآٱ]/g, 'ا')
    .toLowerCase()
    .trim()
}

function searchable({ contact }: Conversation): string {
  return folded(
    [contactName(contact), contact.addressBookName, contact.profileName, contact.username, contact.phone]
      .filter((part) => part !== null)
      .join(' '),
  )
}
