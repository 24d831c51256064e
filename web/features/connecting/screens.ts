import type { ConsentSubject, OnboardingView, StepView } from '../../../contract/api/connecting.ts'

/** The screens of the wizard, in order. */
export type Screen = 'check' | 'model' | 'changes' | 'import' | 'signup' | 'numbers' | 'run' | 'done'

/** Where an onboarding stands: the screen on which it goes on after a reload. */
export function screenOf(onboarding: OnboardingView): Screen {
  if (onboarding.state === 'done') return 'done'
  if (onboarding.way === 'coexistence') {
    if (!isGranted(onboarding, 'phone_changes')) return 'changes'
    if (!onboarding.consents.some((consent) => consent.subject === 'import')) return 'import'
  }
  const open = onboarding.steps.find((step) => step.state !== 'done')
  if (open === undefined) return 'done'
  if (needsPerson(onboarding, open)) return 'signup'
  return open.step === 'choose' && open.state === 'waiting' ? 'numbers' : 'run'
}

/** The screens of a way, for the list beside the wizard. */
export function screensOf(way: OnboardingView['way'] | null): readonly Screen[] {
  const all: readonly Screen[] = ['check', 'model', 'changes', 'import', 'signup', 'numbers', 'run', 'done']
  return way === null || way === 'coexistence' ? all : all.filter((one) => one !== 'changes' && one !== 'import')
}

/** Whether something may change by itself, so that it is worth asking again. */
export function isMoving(onboarding: OnboardingView): boolean {
  if (onboarding.state !== 'open') return false
  return onboarding.steps.some(
    (step) => step.state === 'running' || (step.step === 'confirm' && step.state === 'waiting'),
  )
}

/** The step that went wrong; `undefined`: none. */
export function troubledStep(onboarding: OnboardingView): StepView | undefined {
  return onboarding.steps.find((step) => step.state === 'failed')
}

export function isGranted(onboarding: OnboardingView, subject: ConsentSubject): boolean {
  return onboarding.consents.some((consent) => consent.subject === subject && consent.granted)
}

/** The popup, or ids and token, are still to be given, or to be given again. */
function needsPerson(onboarding: OnboardingView, open: StepView): boolean {
  if (onboarding.way === 'api_token') return open.step === 'token' && open.state !== 'running'
  return open.step === 'signup' || (open.step === 'exchange' && open.state !== 'running')
}
