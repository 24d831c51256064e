import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { OnboardingAnswer, OnboardingView } from '../../../contract/api/connecting.ts'
import { post, type Result } from '../../sync/api.ts'

/** Posts to a step of an onboarding and shows what came of it. */
export function useStep<Body = void>(
  onboarding: Pick<OnboardingView, 'id'>,
  path: string,
): UseMutationResult<Result<OnboardingAnswer>, Error, Body> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Body) => post<OnboardingAnswer>(`/connect/onboardings/${onboarding.id}/${path}`, body ?? {}),
    onSuccess: (answer) => {
      // Without an answer the server may have gone on all the same: it is asked.
      if (answer.ok) queries.setQueryData(['connect', onboarding.id], answer.value.onboarding)
      else void queries.invalidateQueries({ queryKey: ['connect', onboarding.id] })
    },
  })
}
