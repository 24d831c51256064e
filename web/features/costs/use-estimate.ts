import { useQuery } from '@tanstack/react-query'
import type { EstimateAnswer } from '../../../contract/api/budgets.ts'
import type { PriceCategory } from '../../../contract/costs.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { get } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'
import type { OutboxItem } from '../../sync/outbox.ts'

/** How long an estimate is good for. Milliseconds; the server counts anew every five minutes. */
const FRESH_MS = 60_000

/** What an answer in a conversation, or a template of a category, will cost; `null` while it is not known. */
export function useEstimate(id: ConversationId, category: PriceCategory = 'service'): EstimateAnswer | null {
  // The server has just said that the budget is spent: what was estimated before that holds no more.
  const refused = useSync(({ outbox }) => outbox.filter((item) => item.conversationId === id && isForCost(item)).length)
  const answer = useQuery({
    queryKey: ['costs', 'estimate', id, category, refused],
    queryFn: () => get<EstimateAnswer>(`/conversations/${id}/estimate?category=${category}`),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  }).data
  return answer?.ok === true ? answer.value : null
}

function isForCost({ refusal }: OutboxItem): boolean {
  return refusal?.kind === 'refused' && refusal.code === 'budget_spent'
}
