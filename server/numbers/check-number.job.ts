import { z } from 'zod'
import type { JobHandler } from '../platform/jobs.ts'
import { type CheckNumberDeps, checkAccount, checkNumber } from './check-number.ts'
import { CHECK_NUMBER_JOB } from './state-store.ts'

const accountShape = z.object({ workspaceId: z.uuid(), wabaId: z.string() })
const numberShape = z.object({ workspaceId: z.uuid(), numberId: z.uuid() })

/**
 * The jobs `check_account`, which queues one for each number of an account, and `check_number`: thrown when Graph did
 * not tell, so that the queue asks again later.
 */
export function checkJobs(deps: CheckNumberDeps): Readonly<Record<string, JobHandler>> {
  return {
    check_account: async (input) => {
      const { workspaceId, wabaId } = accountShape.parse(input)
      await checkAccount(deps, workspaceId, wabaId)
    },
    [CHECK_NUMBER_JOB]: async (input) => {
      const { workspaceId, numberId } = numberShape.parse(input)
      if (!(await checkNumber(deps, workspaceId, numberId)))
        throw new Error(`Graph does not tell how number ${numberId} stands`)
    },
  }
}
