import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ConversationId } from '../../../contract/ids.ts'
import { useSync } from '../../sync/browser.ts'
import { numberGaps } from './number-gaps.ts'
import { NO_GAPS, type ThreadGaps, threadGaps } from './thread-gaps.ts'

/** What of the register of its number is shown in a thread; nothing until it is known. */
export function useThreadGaps(id: ConversationId): ThreadGaps {
  const numberId = useSync((state) => state.inbox?.conversations[id]?.numberId)
  const answer = useQuery({ ...numberGaps(numberId ?? ''), enabled: numberId !== undefined }).data
  return useMemo(() => (answer?.ok ? threadGaps(answer.value.gaps) : NO_GAPS), [answer])
}
