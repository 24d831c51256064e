import type { ConnectWay, ConsentSubject } from '../../contract/api/connecting.ts'
import type { Clock } from '../platform/clock.ts'
import { type Database, inWorkspace } from '../platform/db.ts'
import type { Ids } from '../platform/ids.ts'
import { insertConsent } from './consent-store.ts'
import { closeOnboarding, insertOnboarding, readOnboarding } from './onboarding-store.ts'
import type { Refused } from './receive-signup.ts'

export interface StartOnboardingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly ids: Ids
}

/** Begins an attempt to connect; one that is open ends. Gives its id. */
export function startOnboarding(
  deps: StartOnboardingDeps,
  workspaceId: string,
  wish: { readonly way: ConnectWay; readonly numberId: string | null; readonly memberId: string },
): Promise<string> {
  const id = deps.ids.next()
  const now = new Date(deps.clock.nowMs())
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    await closeOnboarding(sql, workspaceId, null, { state: 'ended', now })
    await insertOnboarding(sql, workspaceId, { id, ...wish }, { memberId: wish.memberId, now })
    return id
  })
}

/** Writes down what an owner agreed to, or did not: one more row each time, none is ever changed. */
export function recordConsent(
  deps: StartOnboardingDeps,
  workspaceId: string,
  consent: {
    readonly onboardingId: string
    readonly subject: ConsentSubject
    readonly granted: boolean
    readonly textVersion: string
    readonly language: 'ar' | 'en'
    readonly memberId: string
  },
): Promise<Refused> {
  return inWorkspace(deps.database, workspaceId, async (sql) => {
    const onboarding = await readOnboarding(sql, workspaceId, consent.onboardingId)
    if (onboarding === null) return 'not_found'
    if (onboarding.state !== 'open') return 'onboarding_closed'
    await insertConsent(sql, workspaceId, { ...consent, id: deps.ids.next(), now: new Date(deps.clock.nowMs()) })
    return null
  })
}
