import { z } from 'zod'

/** Characters of the name that a number goes by here. */
export const NUMBER_NAME_LENGTH_MAX = 128

/**
 * `POST /api/v1/numbers/app-only`: writes down a number that is held on the phone alone; 201 `{number}`.
 * `POST /api/v1/numbers/{id}/app-only`: corrects one that was never connected; 200 `{number}`. `DELETE` takes it off the list;
 * written down again it is the same number.
 */
export const appOnlyBody = z.object({
  phone: z.string().regex(/^\+?[\d\s()-]{7,24}$/),
  name: z.string().trim().min(1).max(NUMBER_NAME_LENGTH_MAX),
})
export type AppOnlyBody = z.infer<typeof appOnlyBody>
