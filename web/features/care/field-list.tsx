import type { ReactNode } from 'react'
import type { HealthAnswer } from '../../../contract/api/care.ts'
import { useT } from '../../app/language.ts'
import { Section } from '../../ui/page.tsx'
import { StatusMark } from './health-lines.tsx'

/** The kinds of webhooks that Wasl needs, and whether Meta sends them. */
export function FieldList({ fields }: { readonly fields: HealthAnswer['fields'] }): ReactNode {
  const t = useT()
  if (fields.length === 0) return null
  return (
    <Section title={t('health.fields')} lead={t('health.fieldsLead')}>
      <ul className="grid gap-x-8 text-sm sm:grid-cols-2">
        {fields.map(({ name, subscribed, needed }) => (
          <li key={name} className="flex items-center gap-2.5 border-t border-line py-1.5">
            <StatusMark status={subscribed ? 'ok' : needed ? 'act' : 'look'} />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <bdi dir="ltr" className="num">
                {name}
              </bdi>
            </span>
            {needed && <span className="text-xs text-ink-3">{t('health.field.needed')}</span>}
            <span className={subscribed ? 'text-ink-3' : 'text-danger'}>
              {t(subscribed ? 'health.field.sent' : 'health.field.missing')}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
