import { inWorkspace } from '../platform/db.ts'
import { putChoice } from './candidate-store.ts'
import { clearSteps, putSignup, putStep, putToken, readOnboarding } from './onboarding-store.ts'
import type { Refused } from './receive-signup.ts'
import { type RunStepsDeps, runSteps } from './run-steps.ts'
import { nextStep } from './steps.ts'

/** An API-only number by its ids and a token: the token is sealed, and Graph checks all of it. May be given again. */
export async function addToken(
  deps: RunStepsDeps,
  workspaceId: string,
  onboardingId: string,
  given: { readonly wabaId: string; readonly phoneNumberId: string | null; readonly token: string },
): Promise<Refused> {
  const now = new Date(deps.clock.nowMs())
  const refused = await inWorkspace(deps.database, workspaceId, async (sql): Promise<Refused> => {
    const onboarding = await readOnboarding(sql, workspaceId, onboardingId)
    if (onboarding === null) return 'not_found'
    if (onboarding.state !== 'open') return 'onboarding_closed'
    if (onboarding.way !== 'api_token') return 'step_not_open'
    await clearSteps(sql, workspaceId, onboardingId)
    await putSignup(sql, workspaceId, onboardingId, { ...given, now })
    await putToken(sql, workspaceId, onboardingId, deps.seal.seal(workspaceId, onboardingId, given.token))
    return null
  })
  if (refused === null) await runSteps(deps, workspaceId, onboardingId)
  return refused
}

/** A person says which of several numbers to connect; then the other steps run. */
export async function chooseNumbers(
  deps: RunStepsDeps,
  workspaceId: string,
  onboardingId: string,
  phoneNumberIds: readonly string[],
): Promise<Refused> {
  const now = new Date(deps.clock.nowMs())
  const refused = await inWorkspace(deps.database, workspaceId, async (sql): Promise<Refused> => {
    const onboarding = await readOnboarding(sql, workspaceId, onboardingId)
    if (onboarding === null) return 'not_found'
    if (onboarding.state !== 'open') return 'onboarding_closed'
    if (nextStep(onboarding.way, onboarding.steps) !== 'choose') return 'step_not_open'
    const chosen = await putChoice(sql, workspaceId, onboardingId, phoneNumberIds)
    if (chosen !== new Set(phoneNumberIds).size) {
      await putChoice(sql, workspaceId, onboardingId, [])
      return 'bad_request'
    }
    await putStep(sql, workspaceId, onboardingId, { step: 'choose', state: 'done', error: null, now })
    return null
  })
  if (refused === null) await runSteps(deps, workspaceId, onboardingId)
  return refused
}
