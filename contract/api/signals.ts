import { z } from 'zod'

/**
 * `GET` and `POST /api/v1/numbers/{id}/signals`: what customers see of us beside messages; POST answers 204. Typing needs read
 * receipts: Meta's call for it marks as read too. `POST /api/v1/conversations/{id}/typing`: the member writes; 204.
 */
export const customerSignals = z
  .strictObject({ readReceipts: z.boolean(), typing: z.boolean() })
  .refine(({ readReceipts, typing }) => readReceipts || !typing, 'typing needs readReceipts')
export type CustomerSignals = z.infer<typeof customerSignals>
