import { z } from 'zod'
import { type Duty, isTimeZone } from '../duty.ts'

/** Entries of one number that are not ended. */
export const DUTIES_MAX = 100

const minute = z.number().int().min(0).max(1439)
const instant = z.number().int().min(0).max(8_640_000_000_000_000)
const place = { memberId: z.uuid(), timeZone: z.string().max(64).refine(isTimeZone, 'This is no time zone.') }

/** `GET /api/v1/numbers/{id}/duties`: who holds the phone when; with what was ended, since it tells of the time before. */
export interface DutiesAnswer {
  readonly duties: readonly Duty[]
}

/** `POST /api/v1/numbers/{id}/duties`: 201 with the entry. */
export const addDutyBody = z.union([
  z.object({
    ...place,
    weekly: z.object({
      weekdays: z.array(z.number().int().min(0).max(6)).min(1).max(7),
      fromMinute: minute,
      toMinute: minute,
    }),
    sinceMs: instant,
    untilMs: z.null(),
  }),
  z
    .object({ ...place, weekly: z.null(), sinceMs: instant, untilMs: instant })
    .refine(({ sinceMs, untilMs }) => untilMs > sinceMs, { path: ['untilMs'], message: 'It ends before it begins.' }),
])
export type AddDutyBody = z.infer<typeof addDutyBody>
export interface DutyAnswer {
  readonly duty: Duty
}

/**
 * `POST /api/v1/duties/{id}/end`: `now` takes it off the roster from now on, `mistake` as if it had never stood there,
 * `null` takes either back. 204.
 */
export const endDutyBody = z.object({ end: z.enum(['now', 'mistake']).nullable() })
