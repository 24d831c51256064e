import { createHash } from 'node:crypto'
import type { SignupBody, StepError } from '../../contract/api/connecting.ts'
import type { ErrorCode } from '../../contract/error-codes.ts'
import { inWorkspace, readWorkspace, type Sql } from '../platform/db.ts'
import {
  claimCode,
  claimStep,
  clearSteps,
  type Onboarding,
  putSignup,
  putStep,
  putToken,
  readConsents,
  readOnboarding,
} from './onboarding-store.ts'
import { type RunStepsDeps, runSteps } from './run-steps.ts'
import { hasToken } from './steps.ts'
import { signupTrouble, troubleOf } from './trouble.ts'

/** `null`: taken, whatever the steps came to; else why nothing was done. */
export type Refused = Extract<
  ErrorCode,
  'not_found' | 'onboarding_closed' | 'consent_missing' | 'step_not_open' | 'bad_request'
> | null

/**
 * What the popup said. A cancelled or failed popup is written down, and may be opened again. A finished one brings a code:
 * it is exchanged at once, since it lives for 30 seconds, and marked before it is tried, since it works once; then the
 * other steps run. Nothing of it happens before the owner has agreed to both consents.
 */
export async function receiveSignup(
  deps: RunStepsDeps,
  workspaceId: string,
  onboardingId: string,
  said: SignupBody,
): Promise<Refused> {
  const onboarding = await readWorkspace(deps.database, workspaceId, (sql) =>
    readOnboarding(sql, workspaceId, onboardingId),
  )
  if (onboarding === null) return 'not_found'
  if (onboarding.state !== 'open') return 'onboarding_closed'
  if (onboarding.way === 'api_token' || hasToken(onboarding.way, onboarding.steps)) return 'step_not_open'
  const consented = await readWorkspace(deps.database, workspaceId, (sql) => isAgreed(sql, workspaceId, onboarding))
  if (!consented) return 'consent_missing'
  const wrong = signupTrouble(said, onboarding.way)
  if (wrong !== null) {
    await writeSignup(deps, workspaceId, onboardingId, { said, wrong })
    return null
  }
  if (said.code === null) return 'bad_request'
  const claimed = await writeSignup(deps, workspaceId, onboardingId, { said, wrong, code: said.code })
  if (!claimed) return 'step_not_open'
  await exchange(deps, workspaceId, onboardingId, said.code)
  return null
}

/** Whether the owner has agreed to what connecting in this way needs. */
export async function isAgreed(
  sql: Sql,
  workspaceId: string,
  onboarding: Pick<Onboarding, 'id' | 'way'>,
): Promise<boolean> {
  // A number of the API alone has no phone on which anything would change, and nothing to import.
  if (onboarding.way !== 'coexistence') return true
  const consents = await readConsents(sql, workspaceId, onboarding.id)
  const isRead = consents.some((consent) => consent.subject === 'phone_changes' && consent.granted)
  // To import may be refused; it may not be left open.
  return isRead && consents.some((consent) => consent.subject === 'import')
}

/** Writes how the popup ended, and marks the code. `false`: the code was tried before. */
function writeSignup(
  deps: RunStepsDeps,
  workspaceId: string,
  onboardingId: string,
  signup: { readonly said: SignupBody; readonly wrong: StepError | null; readonly code?: string },
): Promise<boolean> {
  const now = new Date(deps.clock.nowMs())
  const { said, wrong, code } = signup
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    if (code !== undefined) {
      const hash = createHash('sha256').update(code).digest()
      if (!(await claimCode(sql, workspaceId, onboardingId, { hash, now }))) return false
    }
    await clearSteps(sql, workspaceId, onboardingId)
    const state = wrong === null ? 'done' : 'failed'
    await putStep(sql, workspaceId, onboardingId, { step: 'signup', state, error: wrong, now })
    if (wrong !== null) return true
    await putSignup(sql, workspaceId, onboardingId, { wabaId: said.wabaId, phoneNumberId: said.phoneNumberId, now })
    return claimStep(sql, workspaceId, onboardingId, { step: 'exchange', now, lostBefore: now })
  })
}

async function exchange(deps: RunStepsDeps, workspaceId: string, onboardingId: string, code: string): Promise<void> {
  const answer = await deps.graph.exchangeCode(deps.app, code)
  const now = new Date(deps.clock.nowMs())
  await inWorkspace(deps.database, workspaceId, async (sql) => {
    if (answer.kind !== 'ok') {
      const error = troubleOf('exchange', answer)
      return putStep(sql, workspaceId, onboardingId, { step: 'exchange', state: 'failed', error, now })
    }
    await putToken(sql, workspaceId, onboardingId, deps.seal.seal(workspaceId, onboardingId, answer.value.accessToken))
    return putStep(sql, workspaceId, onboardingId, { step: 'exchange', state: 'done', error: null, now })
  })
  if (answer.kind === 'ok') await runSteps(deps, workspaceId, onboardingId)
}
