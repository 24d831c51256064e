import { useEffect, useRef, useState } from 'react'
import type { ConversationId, Wamid } from '../../../contract/ids.ts'
import { sync, useSync } from '../../sync/browser.ts'
import type { ThreadItem } from './thread-items.ts'

/** Pages of older messages read at most while looking for a quoted one. */
const PAGES_MAX = 20
/** How long the found message is marked. Milliseconds. */
const FLASH_MS = 1_800

export interface Jump {
  to(wamid: Wamid): void
  /** Key of the item to mark. */
  readonly flashKey: string | null
  /** It was looked for and is not here. */
  readonly lost: boolean
}

/** Goes to the original of a quote, loading older pages until it is there. */
export function useJumpToQuoted(id: ConversationId, items: readonly ThreadItem[], show: (index: number) => void): Jump {
  const [wanted, setWanted] = useState<{ readonly wamid: Wamid } | null>(null)
  const [flashKey, setFlashKey] = useState<string | null>(null)
  const [lost, setLost] = useState(false)
  const pages = useRef(0)
  const loading = useSync((state) => state.threads[id]?.loading ?? 'none')
  const hasOlder = useSync((state) => state.threads[id]?.nextCursor !== null)
  useEffect(() => {
    if (wanted === null || loading !== 'none') return
    const index = items.findIndex((item) => item.kind === 'message' && item.message.wamid === wanted.wamid)
    if (index >= 0) {
      show(index)
      setFlashKey(items[index]?.key ?? null)
      setWanted(null)
    } else if (hasOlder && pages.current < PAGES_MAX) {
      pages.current += 1
      sync.olderMessages(id)
    } else {
      setLost(true)
      setWanted(null)
    }
  }, [id, wanted, items, loading, hasOlder, show])
  useEffect(() => {
    if (flashKey === null) return
    const timer = setTimeout(() => setFlashKey(null), FLASH_MS)
    return () => clearTimeout(timer)
  }, [flashKey])
  return {
    flashKey,
    lost,
    to(wamid) {
      pages.current = 0
      setLost(false)
      setWanted({ wamid })
    },
  }
}
