import { useCallback, useRef } from 'react'
import { TYPING_SHOWN_MS } from '../../../contract/api/limits.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { post } from '../../sync/api.ts'

/** Tells the server that somebody writes here, as often as the customer's screen forgets it; whether they see it is the number's setting. */
export function useTyping(id: ConversationId): () => void {
  const toldAtMs = useRef(Number.NEGATIVE_INFINITY)
  return useCallback(() => {
    const nowMs = performance.now()
    if (nowMs - toldAtMs.current < TYPING_SHOWN_MS) return
    toldAtMs.current = nowMs
    void post<undefined>(`/conversations/${id}/typing`, {})
  }, [id])
}
