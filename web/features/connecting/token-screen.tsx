import { type ReactNode, useState } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/fields.tsx'
import { Section } from '../../ui/page.tsx'
import { FailureLine } from './failure-line.tsx'
import { troubledStep } from './screens.ts'
import { Trouble } from './trouble.tsx'
import { useStep } from './use-step.ts'

const FIELDS: readonly { readonly name: 'wabaId' | 'phoneNumberId' | 'token'; readonly words: MessageKey }[] = [
  { name: 'wabaId', words: 'tokenForm.wabaId' },
  { name: 'phoneNumberId', words: 'tokenForm.phoneNumberId' },
  { name: 'token', words: 'tokenForm.token' },
]

/** An API-only number by its ids and a token of a system user; Graph checks all three. */
export function TokenScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const [given, setGiven] = useState({ wabaId: '', phoneNumberId: '', token: '' })
  const adding = useStep<object>(onboarding, 'token')
  const troubled = troubledStep(onboarding)
  return (
    <Section title={t('tokenForm.title')} lead={t('tokenForm.lead')}>
      {troubled?.error && !adding.isPending && <Trouble error={troubled.error} />}
      <form
        className="flex max-w-xl flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          adding.mutate({ ...given, phoneNumberId: given.phoneNumberId.trim() === '' ? null : given.phoneNumberId })
        }}
      >
        {FIELDS.map(({ name, words }) => (
          <TextField
            key={name}
            dir="ltr"
            label={t(words)}
            type={name === 'token' ? 'password' : 'text'}
            inputMode={name === 'token' ? undefined : 'numeric'}
            autoComplete="off"
            required={name !== 'phoneNumberId'}
            value={given[name]}
            onChange={(text) => setGiven({ ...given, [name]: name === 'token' ? text : text.replace(/\D/g, '') })}
          />
        ))}
        <p className="text-sm text-ink-2">{t('tokenForm.notRegistered')}</p>
        <p>
          <Button look="primary" type="submit" disabled={adding.isPending}>
            {t(adding.isPending ? 'tokenForm.checking' : 'tokenForm.check')}
          </Button>
        </p>
      </form>
      <FailureLine result={adding.data} />
    </Section>
  )
}
