import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import type { ConnectWay, OnboardingAnswer, OnboardingView, SignupLauncher } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { post } from '../../sync/api.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { AppOnlyForm } from '../numbers/app-only-form.tsx'
import { PlaybookLink } from '../playbooks/playbook-link.tsx'
import { FailureLine } from './failure-line.tsx'
import { OtherWays } from './other-ways.tsx'

interface Model {
  readonly value: ConnectWay | 'app_only'
  readonly title: MessageKey
  readonly lead: MessageKey
}

const MODELS: readonly Model[] = [
  { value: 'coexistence', title: 'model.coexistence', lead: 'model.coexistenceLead' },
  { value: 'api_signup', title: 'model.apiSignup', lead: 'model.apiSignupLead' },
  { value: 'api_token', title: 'model.apiToken', lead: 'model.apiTokenLead' },
  { value: 'app_only', title: 'model.appOnly', lead: 'model.appOnlyLead' },
]

/** Which model fits: with what each means for this business, and the ways that are none of ours, honestly. */
export function ModelScreen({
  numberId,
  launcher,
  onBack,
  onBegin,
}: {
  readonly numberId: string | null
  readonly launcher: SignupLauncher
  readonly onBack: () => void
  readonly onBegin: (onboarding: OnboardingView) => void
}): ReactNode {
  const t = useT()
  const [model, setModel] = useState<Model['value']>('coexistence')
  const starting = useMutation({
    mutationFn: (way: ConnectWay) => post<OnboardingAnswer>('/connect/onboardings', { way, numberId }),
    onSuccess: (answer) => answer.ok && onBegin(answer.value.onboarding),
  })
  const noPopup = launcher.kind === 'missing' && (model === 'coexistence' || model === 'api_signup')
  return (
    <>
      <Section title={t('model.title')} lead={t('model.lead')}>
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">{t('model.title')}</legend>
          {MODELS.map((one) => (
            <Choice key={one.value} model={one} chosen={one.value === model} onChoose={() => setModel(one.value)} />
          ))}
        </fieldset>
        {noPopup && (
          <p role="alert" className="mt-3 text-sm text-danger">
            {t('model.noPopup')}
          </p>
        )}
        {model === 'app_only' && <WriteDown />}
        <p className="mt-4 flex flex-wrap gap-2">
          {model !== 'app_only' && (
            <Button look="primary" disabled={starting.isPending || noPopup} onClick={() => starting.mutate(model)}>
              {t('connect.next')}
            </Button>
          )}
          <Button onClick={onBack}>{t('connect.back')}</Button>
        </p>
        <FailureLine result={starting.data} />
      </Section>
      <OtherWays />
      <PlaybookLink page="onboarding">{t('playbook.onboarding')}</PlaybookLink>
    </>
  )
}

/** The phone works as it is; the number may be written down here all the same, and be connected later. */
function WriteDown(): ReactNode {
  const t = useT()
  const navigate = useNavigate()
  return (
    <>
      <p className="mt-3 max-w-prose text-ink-2">{t('model.appOnlyDone')}</p>
      <AppOnlyForm onKept={({ id }) => void navigate({ to: '/numbers/$numberId', params: { numberId: id } })} />
    </>
  )
}

function Choice({
  model,
  chosen,
  onChoose,
}: {
  readonly model: Model
  readonly chosen: boolean
  readonly onChoose: () => void
}): ReactNode {
  const t = useT()
  return (
    <label
      className={`grid grid-cols-[auto_1fr] gap-x-3 rounded-md border p-3.5 focus-within:outline-2 focus-within:outline-accent ${chosen ? 'border-accent bg-hover' : 'border-line'}`}
    >
      <input
        type="radio"
        name="model"
        className="row-span-2 mt-1 size-4 flex-none"
        checked={chosen}
        onChange={onChoose}
      />
      <span className="font-medium">{t(model.title)}</span>
      <span className="text-sm text-ink-2">{t(model.lead)}</span>
    </label>
  )
}
