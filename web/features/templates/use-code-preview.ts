import { useQuery } from '@tanstack/react-query'
import type { CodePreview, CodePreviewsAnswer } from '../../../contract/api/templates.ts'
import { componentOf } from '../../../contract/template.ts'
import { get } from '../../sync/api.ts'
import type { Draft } from './builder-state.ts'

/** How WhatsApp words this one-time password in its language; `null` while it is not known, and for every other template. */
export function useCodePreview({ wabaId, language, category, components }: Draft): CodePreview | null {
  const minutes = componentOf(components, 'FOOTER')?.code_expiration_minutes
  const isAllowed = minutes === undefined || (Number.isInteger(minutes) && minutes >= 1 && minutes <= 90)
  const query = new URLSearchParams({
    ...{ wabaId, languages: language },
    security: String(componentOf(components, 'BODY')?.add_security_recommendation === true),
    ...(minutes === undefined ? {} : { minutes: String(minutes) }),
  })
  const answer = useQuery({
    queryKey: ['template-code', query.toString()],
    queryFn: () => get<CodePreviewsAnswer>(`/templates/code-previews?${query}`),
    enabled: category === 'AUTHENTICATION' && wabaId !== '' && isAllowed,
    // Meta writes these texts; they do not change while somebody chooses.
    staleTime: Number.POSITIVE_INFINITY,
  }).data
  if (category !== 'AUTHENTICATION' || answer?.ok !== true) return null
  return answer.value.previews.find((one) => one.language === language) ?? null
}
