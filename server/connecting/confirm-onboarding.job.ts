import { z } from 'zod'
import type { JobHandler } from '../platform/jobs.ts'
import { type RunStepsDeps, runSteps } from './run-steps.ts'

const payloadShape = z.object({ workspaceId: z.uuid(), onboardingId: z.uuid() })

/** The job `confirm_onboarding`: goes on with an onboarding that waits for Meta; one that waits again queues the next. */
export function confirmOnboardingJob(deps: RunStepsDeps): JobHandler {
  return (input) => {
    const { workspaceId, onboardingId } = payloadShape.parse(input)
    return runSteps(deps, workspaceId, onboardingId)
  }
}
