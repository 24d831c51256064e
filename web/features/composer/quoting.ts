import { create } from 'zustand'
import { contentWords } from '../../../contract/content-words.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import type { Message, Quote } from '../../../contract/message.ts'

/** The message somebody wants to answer, until the composer has taken it. */
export const useQuoting = create<{ readonly message: Message | null }>(() => ({ message: null }))

export function askToQuote(message: Message): void {
  useQuoting.setState({ message })
}

export function forgetQuote(): void {
  useQuoting.setState({ message: null })
}

/** The message that is being answered in a conversation, if one is. */
export function quotedIn(id: ConversationId): Message | null {
  const { message } = useQuoting.getState()
  return message?.conversationId === id ? message : null
}

/** What is answered, as the new message names it; `null` for one that WhatsApp has not taken. */
export function quoteOf(message: Message): Quote | null {
  if (message.wamid === null) return null
  const { author, content } = message
  const voice = content.type === 'audio' && content.voice === true
  const deleted = message.deletedAtMs !== null
  return {
    wamid: message.wamid,
    preview: { author, type: content.type, voice, deleted, text: deleted ? '' : contentWords(content) },
  }
}
