import { useQuery } from '@tanstack/react-query'
import type { TemplateLimitsAnswer } from '../../../contract/api/sending.ts'
import type { ConversationId } from '../../../contract/ids.ts'
import { get } from '../../sync/api.ts'

/** How often the limits are read anew while somebody looks at templates. Milliseconds. */
const LOOKED_AT_EVERY_MS = 30_000

/** What keeps templates from the customer of a conversation; `null` while it is not known. */
export function useTemplateLimits(id: ConversationId): TemplateLimitsAnswer | null {
  const answer = useQuery({
    queryKey: ['template-limits', id],
    queryFn: () => get<TemplateLimitsAnswer>(`/conversations/${encodeURIComponent(id)}/template-limits`),
    refetchInterval: LOOKED_AT_EVERY_MS,
  }).data
  return answer?.ok === true ? answer.value : null
}
