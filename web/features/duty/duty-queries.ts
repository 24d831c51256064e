import { queryOptions, useQuery } from '@tanstack/react-query'
import type { DutiesAnswer } from '../../../contract/api/duty.ts'
import { likelyHolders } from '../../../contract/duty.ts'
import type { NumberId, UnixMs } from '../../../contract/ids.ts'
import { get } from '../../sync/api.ts'
import { useSync } from '../../sync/browser.ts'

/** A roster changes seldom; every bubble of the phone asks for it. Milliseconds. */
const FRESH_MS = 60_000

export function dutiesQuery(numberId: NumberId) {
  return queryOptions({
    queryKey: ['duties', numberId],
    queryFn: () => get<DutiesAnswer>(`/numbers/${encodeURIComponent(numberId)}/duties`),
    staleTime: FRESH_MS,
  })
}

/** Names of those who probably held the number's phone at an instant, by the roster. */
export function useLikelyNames(numberId: NumberId, atMs: UnixMs): readonly string[] {
  const answer = useQuery(dutiesQuery(numberId)).data
  const members = useSync((state) => state.session?.members) ?? []
  if (answer?.ok !== true) return []
  return likelyHolders(answer.value.duties, atMs).flatMap((id) => {
    const name = members.find((member) => member.id === id)?.name
    return name === undefined ? [] : [name]
  })
}
