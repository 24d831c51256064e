import type { ReactNode } from 'react'
import type { OnboardingView } from '../../../contract/api/connecting.ts'
import { useT } from '../../app/language.ts'
import { Button } from '../../ui/button.tsx'
import { FailureLine } from './failure-line.tsx'
import { useStep } from './use-step.ts'

/** Gives the attempt up and begins from the start; nothing that was kept is lost by it. */
export function EndButton({
  onboarding,
  onEnd,
}: {
  readonly onboarding: OnboardingView
  readonly onEnd: () => void
}): ReactNode {
  const t = useT()
  const ending = useStep(onboarding, 'end')
  return (
    <div>
      <Button
        look="ghost"
        disabled={ending.isPending}
        onClick={() => ending.mutate(undefined, { onSuccess: (answer) => answer.ok && onEnd() })}
      >
        {t('connect.startOver')}
      </Button>
      <FailureLine result={ending.data} />
    </div>
  )
}
