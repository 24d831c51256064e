import { z } from 'zod'
import type { BusinessNumber, NumberStateChange } from '../number.ts'

export const numberParams = z.object({ id: z.uuid() })

/** `GET /api/v1/numbers/{id}/states`: what the number went through, newest first, at most 100. */
export interface NumberStatesAnswer {
  readonly changes: readonly NumberStateChange[]
}

/**
 * `POST /api/v1/numbers/{id}/opened`: a member says that its phone was opened just now. `DELETE`: that was a mistake, and
 * what was known before holds again; `changed_meanwhile` after some minutes, or when the phone has given a sign since.
 */
export interface OpenedAnswer {
  readonly number: BusinessNumber
}
