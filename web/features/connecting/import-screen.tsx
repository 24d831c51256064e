import type { ReactNode } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import { phoneChangesVersion } from '../../../contract/phone-changes.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { FailureLine } from './failure-line.tsx'
import { useStep } from './use-step.ts'

const POINTS: readonly MessageKey[] = [
  'importConsent.what',
  'importConsent.who',
  'importConsent.once',
  'importConsent.phone',
]

/** Whether contacts and six months of chats are imported: the owner's decision, asked before and recorded. */
export function ImportScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const consenting = useStep<object>(onboarding, 'consents')
  const decide = (granted: boolean) =>
    consenting.mutate({ subject: 'import', granted, textVersion: phoneChangesVersion, language })
  return (
    <Section title={t('importConsent.title')} lead={t('importConsent.lead')}>
      <ul className="list-disc ps-5">
        {POINTS.map((point) => (
          <li key={point} className="py-1">
            {t(point)}
          </li>
        ))}
      </ul>
      <PlaybookLink page="compliance">{t('playbook.compliance')}</PlaybookLink>
      <p className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" disabled={consenting.isPending} onClick={() => decide(true)}>
          {t('importConsent.agree')}
        </Button>
        <Button disabled={consenting.isPending} onClick={() => decide(false)}>
          {t('importConsent.decline')}
        </Button>
      </p>
      <p className="mt-2 text-xs text-ink-3">
        {t('connect.textVersion', { version: `\u2066${phoneChangesVersion}\u2069` })}
      </p>
      <FailureLine result={consenting.data} />
    </Section>
  )
}
