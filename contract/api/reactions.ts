import { z } from 'zod'
import { isOneEmoji } from '../send-limits.ts'

/**
 * `POST /api/v1/messages/{id}/reaction`: our side reacts to a message, or takes it back (`null`). It is asked of Meta at once;
 * 204 when Meta has it. Asking again does no harm.
 */
export const reactionBody = z.strictObject({ emoji: z.string().max(40).refine(isOneEmoji).nullable() })
export type ReactionBody = z.infer<typeof reactionBody>
