import { type ReactNode, useState } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import { useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { FailureLine } from './failure-line.tsx'
import { useStep } from './use-step.ts'

/** Several numbers or accounts: a person says which of them to connect. */
export function NumbersScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const choosing = useStep<object>(onboarding, 'numbers')
  const toggle = (id: string) => setChosen(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
  return (
    <Section title={t('chooseNumbers.title')} lead={t('chooseNumbers.lead')}>
      <fieldset className="flex flex-col gap-2">
        <legend className="sr-only">{t('chooseNumbers.title')}</legend>
        {onboarding.numbers.map((number) => (
          <label
            key={number.phoneNumberId}
            className="grid grid-cols-[auto_1fr] gap-x-3 rounded-md border border-line p-3"
          >
            <input
              type="checkbox"
              className="row-span-2 mt-1 size-4 flex-none"
              disabled={number.numberId !== null}
              checked={chosen.includes(number.phoneNumberId)}
              onChange={() => toggle(number.phoneNumberId)}
            />
            <bdi className="num font-medium" dir="ltr">
              {number.displayPhone}
            </bdi>
            <span className="text-sm text-ink-2">
              <bdi>{number.verifiedName}</bdi> · {t('chooseNumbers.account', { id: `\u2066${number.wabaId}\u2069` })}
              {number.numberId !== null && <> · {t('chooseNumbers.already')}</>}
            </span>
          </label>
        ))}
      </fieldset>
      <p className="mt-4">
        <Button
          look="primary"
          disabled={chosen.length === 0 || choosing.isPending}
          onClick={() => choosing.mutate({ phoneNumberIds: chosen })}
        >
          {t('chooseNumbers.connect', { count: chosen.length })}
        </Button>
      </p>
      <FailureLine result={choosing.data} />
    </Section>
  )
}
