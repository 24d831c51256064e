import { type ReactNode, useEffect, useState } from 'react'
import type { OnboardingView, SignupBody, SignupLauncher } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { usePreferences } from '../../app/preferences.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { FailureLine } from './failure-line.tsx'
import { isRefusedPage, openSignup, prepareSignup } from './open-signup.ts'
import { isGranted, troubledStep } from './screens.ts'
import { Trouble } from './trouble.tsx'
import { useStep } from './use-step.ts'

const ON_PHONE: readonly MessageKey[] = ['signup.phone1', 'signup.phone2', 'signup.phone3', 'signup.phone4']

/** Opens Meta's popup (or the simulator's) and hands over what it says; what went wrong the last time stands above. */
export function SignupScreen({
  onboarding,
  launcher,
  origins,
}: {
  readonly onboarding: OnboardingView
  readonly launcher: SignupLauncher
  readonly origins: readonly string[]
}): ReactNode {
  const t = useT()
  const language = usePreferences((preferences) => preferences.language)
  const signing = useStep<SignupBody>(onboarding, 'signup')
  const refused = isRefusedPage(launcher, location)
  const [popup, setPopup] = useState<'closed' | 'open' | 'blocked' | 'no_sdk'>('closed')
  useEffect(() => {
    prepareSignup(launcher).catch(() => setPopup('no_sdk'))
  }, [launcher])
  const open = async () => {
    setPopup('open')
    const result = await openSignup(launcher, origins, { way: onboarding.way, language })
    setPopup(result === 'blocked' ? 'blocked' : 'closed')
    if (result !== 'blocked') signing.mutate(result)
  }
  const troubled = troubledStep(onboarding)
  const busy = popup === 'open' || signing.isPending
  return (
    <Section title={t('signup.title')} lead={t('signup.lead')}>
      {troubled?.error && !busy && <Trouble error={troubled.error} />}
      {onboarding.way === 'coexistence' && (
        <ol className="list-decimal ps-5">
          {ON_PHONE.map((step) => (
            <li key={step} className="py-1">
              {t(step)}
            </li>
          ))}
          <li className="py-1">{t(isGranted(onboarding, 'import') ? 'signup.share' : 'signup.dontShare')}</li>
        </ol>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={busy || refused || popup === 'no_sdk'} onClick={() => void open()}>
          {t(troubled === undefined ? 'signup.open' : 'signup.openAgain')}
        </Button>
        <span role="status" className="text-sm text-ink-2">
          {popup === 'open' ? t('signup.waiting') : signing.isPending ? t('signup.handing') : ''}
        </span>
      </p>
      {refused && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {t('signup.refusedPage', { url: `\u2066http://localhost:${location.port}/connect\u2069` })}
        </p>
      )}
      {(popup === 'blocked' || popup === 'no_sdk') && (
        <p role="alert" className="mt-2 text-sm text-danger">
          {t(popup === 'blocked' ? 'signup.blocked' : 'signup.noSdk')}
        </p>
      )}
      <FailureLine result={signing.data} />
    </Section>
  )
}
