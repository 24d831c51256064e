import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { TemplateAnswer, TemplateStepBody, TemplatesAnswer } from '../../../contract/api/templates.ts'
import { get, post, type Result } from '../../sync/api.ts'

/** How often the page asks again: templates come by no feed, and reviews take minutes. */
const ASK_EVERY_MS = 15_000

/** All templates of the workspace. */
export const TEMPLATES = {
  queryKey: ['templates'],
  queryFn: () => get<TemplatesAnswer>('/templates'),
  refetchInterval: ASK_EVERY_MS,
}

/** One with its history. */
export function templateQuery(id: string) {
  return {
    queryKey: ['templates', id],
    queryFn: () => get<TemplateAnswer>(`/templates/${id}`),
    refetchInterval: ASK_EVERY_MS,
  }
}

/** Takes a step of a template's way, and shows everything anew whatever came of it. */
export function useStep(id: string): UseMutationResult<Result<TemplateAnswer | undefined>, Error, TemplateStepBody> {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: TemplateStepBody) => post<TemplateAnswer | undefined>(`/templates/${id}/steps`, body),
    onSettled: () => queries.invalidateQueries({ queryKey: ['templates'] }),
  })
}
