import clsx from 'clsx'
import { Check, CircleAlert, CircleDashed, Hourglass } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ConnectStep, OnboardingView, StepView } from '../../../contract/api/connecting.ts'
import { type MessageKey, useT } from '../../app/language.ts'
import { useFormats } from '../../app/use-formats.ts'
import { Button } from '../../ui/button.tsx'
import { Section } from '../../ui/page.tsx'
import { FailureLine } from './failure-line.tsx'
import { Trouble } from './trouble.tsx'
import { useStep } from './use-step.ts'

const WORDS: Record<ConnectStep, MessageKey> = {
  signup: 'step.signup',
  exchange: 'step.exchange',
  token: 'step.token',
  choose: 'step.choose',
  subscribe: 'step.subscribe',
  confirm: 'step.confirm',
  keep: 'step.keep',
}

/** Each step with Meta and how it stands; one that went wrong can be taken up again from there. */
export function RunScreen({ onboarding }: { readonly onboarding: OnboardingView }): ReactNode {
  const t = useT()
  const retrying = useStep(onboarding, 'retry')
  const open = onboarding.steps.find((step) => step.state === 'failed' || step.state === 'waiting')
  return (
    <Section title={t('run.title')} lead={t('run.lead')}>
      <ol>
        {onboarding.steps.map((step) => (
          <StepLine key={step.step} step={step} />
        ))}
      </ol>
      {open?.error && <Trouble error={open.error} waits={open.state === 'waiting'} />}
      {open !== undefined && (
        <p className="mt-4">
          <Button look="primary" disabled={retrying.isPending} onClick={() => retrying.mutate()}>
            {t(open.state === 'waiting' ? 'run.askAgain' : 'run.retry')}
          </Button>
        </p>
      )}
      <FailureLine result={retrying.data} />
    </Section>
  )
}

const STATE_WORDS: Record<StepView['state'], MessageKey> = {
  todo: 'stepState.todo',
  running: 'stepState.running',
  waiting: 'stepState.waiting',
  done: 'stepState.done',
  failed: 'stepState.failed',
}

function StepLine({ step }: { readonly step: StepView }): ReactNode {
  const t = useT()
  const formats = useFormats()
  const tone = {
    todo: 'text-ink-3',
    running: 'text-phone',
    waiting: 'text-phone',
    done: 'text-agent',
    failed: 'text-danger',
  }
  return (
    <li className="flex flex-wrap items-center gap-x-2.5 border-t border-line py-2 first:border-t-0">
      <span className={clsx('flex', tone[step.state])}>{icon(step.state)}</span>
      <span className="flex-1">{t(WORDS[step.step])}</span>
      <span className={clsx('text-sm', tone[step.state])}>
        {t(STATE_WORDS[step.state])}
        {step.attempts > 1 && <> · {t('run.attempts', { count: step.attempts })}</>}
      </span>
      {step.atMs !== null && <time className="num text-xs text-ink-3">{formats.time(step.atMs)}</time>}
    </li>
  )
}

function icon(state: StepView['state']): ReactNode {
  const Icon = { todo: CircleDashed, running: Hourglass, waiting: Hourglass, done: Check, failed: CircleAlert }[state]
  return <Icon aria-hidden="true" className="size-4" />
}
