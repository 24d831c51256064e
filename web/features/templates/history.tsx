import type { ReactNode } from 'react'
import type { TemplateAnswer } from '../../../contract/api/templates.ts'
import { useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { useSync } from '../../sync/browser.ts'
import { Section } from '../../ui/page.tsx'
import { TemplatePreview } from './template-preview.tsx'
import { EVENT_WORDS, noteWords } from './words.ts'

/** Everything that became of the template, by whom; and each wording that it had. */
export function History({ answer }: { readonly answer: TemplateAnswer }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const members = useSync((state) => state.session?.members)
  const nameOf = (id: string | null) => members?.find((member) => member.id === id)?.name ?? t('template.byMeta')
  return (
    <Section title={t('template.history')}>
      <ol className="text-sm" data-testid="template-events">
        {answer.events.map((event, index) => (
          <li
            key={`event ${String(answer.events.length - index)}`}
            className="border-t border-line py-2 first:border-t-0"
          >
            <p className="flex flex-wrap gap-x-3">
              <span>{t(EVENT_WORDS[event.kind], { version: event.version })}</span>
              <bdi className="text-ink-2">{nameOf(event.memberId)}</bdi>
              <time className="ms-auto text-ink-3">{formats.moment(event.atMs)}</time>
            </p>
            {event.note !== null && (
              <p dir="auto" className="text-ink-2">
                {noteWords(t, event)}
              </p>
            )}
          </li>
        ))}
      </ol>
      {answer.versions.length > 1 && (
        <details className="mt-2 text-sm">
          <summary className="min-h-8 text-ink-2 phone:py-3">{t('template.versions')}</summary>
          <ul className="mt-2 grid gap-4 sm:grid-cols-2">
            {answer.versions.map((version) => (
              <li key={version.version}>
                <p className="mb-1 text-ink-2">
                  {t('template.version', { version: version.version })} · <bdi>{nameOf(version.memberId)}</bdi> ·{' '}
                  <time>{formats.shortDay(version.writtenAtMs)}</time>
                </p>
                <TemplatePreview wording={version.wording} language={answer.template.language} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}
