import type { ReactNode } from 'react'
import type { HealthError } from '../../../contract/api/care.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { RefusalFacts } from '../refusals/refusal-facts.tsx'
import { refusalOf } from '../refusals/refusal-words.ts'
import { KnownAt } from './known-at.tsx'

const FROM: Record<HealthError['from'], MessageKey> = {
  send: 'health.errorFrom.send',
  sync: 'health.errorFrom.sync',
  question: 'health.errorFrom.question',
  notice: 'health.errorFrom.notice',
}

/** The last errors: Meta's code, what it means, its trace id. */
export function HealthErrors({ errors }: { readonly errors: readonly HealthError[] }): ReactNode {
  const t = useT()
  if (errors.length === 0) return null
  return (
    <Section title={t('health.errorList')} lead={t('health.errorListLead')}>
      <ul className="text-sm">
        {errors.map((error) => (
          <ErrorLine key={`${error.from} ${error.code}`} error={error} />
        ))}
      </ul>
      <PlaybookLink page="troubleshooting" section="errors" />
    </Section>
  )
}

function ErrorLine({ error }: { readonly error: HealthError }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const reason = error.code === null ? null : refusalOf(error.code)
  return (
    <li data-testid="health-error" className="border-t border-line py-2.5 first:border-t-0">
      <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <span className="num font-medium">{error.code ?? t('health.errorNoAnswer')}</span>
        <span>{t(FROM[error.from])}</span>
        <span className="text-ink-3">{t('health.errorTimes', { count: formats.number(error.count) })}</span>
        <span className="ms-auto">
          <KnownAt atMs={error.lastAtMs} />
        </span>
      </p>
      <p className="max-w-prose text-ink-2">{reason === null ? <bdi dir="ltr">{error.title}</bdi> : t(reason)}</p>
      {error.code !== null && <RefusalFacts code={error.code} />}
      {error.traceId !== null && (
        <p className="flex items-center gap-1 text-ink-3">
          <span>{t('sync.traceId')}</span>
          <bdi dir="ltr" className="num min-w-0 [overflow-wrap:anywhere]">
            {error.traceId}
          </bdi>
          <CopyButton text={error.traceId} label={t('sync.copy')} done={t('sync.copied')} />
        </p>
      )}
    </li>
  )
}
