import { queryOptions } from '@tanstack/react-query'
import type { GapsAnswer } from '../../../contract/api/gaps.ts'
import { get } from '../../sync/api.ts'

/** The register changes every five minutes at most. Milliseconds. */
const FRESH_MS = 60_000

/** The register of a number; the page of the number and its threads look at the same one. */
export function numberGaps(numberId: string) {
  return queryOptions({
    queryKey: ['gaps', numberId],
    queryFn: () => get<GapsAnswer>(`/numbers/${encodeURIComponent(numberId)}/gaps`),
    staleTime: FRESH_MS,
    refetchInterval: FRESH_MS,
  })
}
