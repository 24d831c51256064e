const KEY_PREFIX = 'wasl.draft.'

/** What a member has written in a conversation and not sent; kept in this browser. */
export function readDraft(memberId: string, conversationId: string): string {
  return localStorage.getItem(keyOf(memberId, conversationId)) ?? ''
}

export function keepDraft(memberId: string, conversationId: string, text: string): void {
  const key = keyOf(memberId, conversationId)
  if (text === '') return localStorage.removeItem(key)
  try {
    localStorage.setItem(key, text)
  } catch {
    // No room: the draft lives as long as the conversation stays open.
  }
}

function keyOf(memberId: string, conversationId: string): string {
  return `${KEY_PREFIX}${memberId}.${conversationId}`
}
