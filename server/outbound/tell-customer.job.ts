import { z } from 'zod'
import type { JobHandler } from '../platform/jobs.ts'
import { SIGNAL_JOB, type TellDeps, tellCustomer } from './tell-customer.ts'

const payloadShape = z.object({ workspaceId: z.uuid(), conversationId: z.uuid(), typing: z.boolean() })

/** The job that tells a customer that we read or write. */
export function signalJobs(deps: TellDeps): Readonly<Record<string, JobHandler>> {
  return { [SIGNAL_JOB]: (input) => tellCustomer(deps, payloadShape.parse(input)) }
}
