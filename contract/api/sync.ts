import { z } from 'zod'

/** `POST /api/v1/numbers/{id}/syncs/{kind}`: have a sync that Meta has not taken asked for now. 202; by an owner. */
export const syncParams = z.object({ id: z.uuid(), kind: z.enum(['contacts', 'history']) })
