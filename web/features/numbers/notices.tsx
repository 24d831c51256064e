import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { NoticesAnswer } from '../../../contract/api/workspace.ts'
import { failureWords } from '../../app/failure-words.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { get } from '../../sync/api.ts'
import { Section } from '../../ui/page.tsx'
import { RawJson } from '../../ui/raw-json.tsx'

/** What WhatsApp told about account, quality, templates: as it said it. */
export function Notices(): ReactNode {
  const t = useT()
  const formats = useFormats()
  const answer = useQuery({ queryKey: ['notices'], queryFn: () => get<NoticesAnswer>('/notices') }).data
  if (answer === undefined) return null
  return (
    <Section title={t('notices.title')} lead={t('notices.lead')}>
      {!answer.ok && (
        <p role="alert" className="text-sm text-danger">
          {failureWords(t, answer.failure)}
        </p>
      )}
      {answer.ok && answer.value.notices.length === 0 && <p className="text-sm text-ink-3">{t('notices.none')}</p>}
      {answer.ok && (
        <ul className="text-sm">
          {answer.value.notices.map((notice, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: notices have no id; the list is read whole each time
            <li key={`${index} ${notice.receivedAtMs}`} className="border-t border-line py-2 first:border-t-0">
              <p className="flex flex-wrap gap-x-3">
                <span className="num font-medium">
                  {notice.event === null ? notice.field : `${notice.field}: ${notice.event}`}
                </span>
                <time className="ms-auto text-ink-3">{formats.moment(notice.atMs ?? notice.receivedAtMs)}</time>
              </p>
              <RawJson value={notice.data} label={t('unrecognised.raw')} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
