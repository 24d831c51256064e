import { z } from 'zod'
import type { GraphRequest } from './graph-request.ts'

/**
 * Marks a message of a customer, and those before it, as read; with `typing` also shows that somebody is writing, for 25 seconds
 * or until a message comes.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/typing-indicators
 */
export function signalRequest(
  phoneNumberId: string,
  wamid: string,
  typing: boolean,
): GraphRequest<{ success: boolean }> {
  return {
    method: 'POST',
    path: `${encodeURIComponent(phoneNumberId)}/messages`,
    body: {
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: wamid,
      ...(typing ? { typing_indicator: { type: 'text' } } : {}),
    },
    shape: z.object({ success: z.boolean() }),
  }
}
