import { type ReactNode, useEffect, useState } from 'react'
import { contactName } from '../../contract/conversation.ts'
import type { Message } from '../../contract/message.ts'
import { messageWords } from '../features/thread/message-words.ts'
import { problemWords } from '../features/thread/problem-words.ts'
import { readSync, useSync } from '../sync/browser.ts'
import type { Formats } from './formats.ts'
import { isolated, type Translate, useT } from './language.ts'
import { useFormats } from './use-formats.ts'

/**
 * At most one message of a customer is announced in this time: a flood must not drown the reader. What failed is always said.
 * Milliseconds.
 */
const PAUSE_MS = 3_000

/** Reads new messages of customers aloud, and that one's own has failed, politely. */
export function LiveRegion(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const arrival = useSync((state) => state.arrival)
  const [said, setSaid] = useState({ text: '', atMs: 0 })
  useEffect(() => {
    if (arrival === null) return
    const conversation = readSync().inbox?.conversations[arrival.conversationId]
    if (conversation === undefined) return
    const text = toldWords(t, formats, arrival, contactName(conversation.contact))
    setSaid((last) => {
      const nowMs = performance.now()
      const waits = arrival.author === 'customer' && nowMs - last.atMs < PAUSE_MS
      return waits ? last : { text, atMs: nowMs }
    })
  }, [arrival, t, formats])
  return (
    <div role="log" aria-live="polite" aria-label={t('announce.label')} className="sr-only" data-testid="announcements">
      {said.text}
    </div>
  )
}

function toldWords(t: Translate, formats: Formats, message: Message, name: string): string {
  const text = isolated(messageWords(t, message.content))
  if (message.author === 'customer') return t('announce.message', { name: isolated(name), text })
  return t('announce.failed', { text, why: problemWords(t, message, formats) })
}
