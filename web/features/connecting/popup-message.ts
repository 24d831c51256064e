import type { SignupBody } from '../../../contract/api/connecting.ts'

/** What the popup tells the page: how the signup went, or what the login gave. */
export type PopupMessage =
  | { readonly kind: 'said'; readonly said: Said }
  | { readonly kind: 'login'; readonly code: string | null }
export type Said = Omit<SignupBody, 'code'>

/**
 * Reads a message that came to the window. Only exactly these origins count: a name that merely ends like Facebook's is
 * somebody else's. What is no message of a signup is `null`: Meta's SDK sends others too.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
export function readPopupMessage(
  message: { readonly origin: string; readonly data: unknown },
  origins: readonly string[],
): PopupMessage | null {
  if (!origins.includes(message.origin)) return null
  const body = recordOf(parse(message.data))
  if (body === null) return null
  if (body.type === 'SIMULATED_LOGIN') return { kind: 'login', code: textOf(body.code) }
  if (body.type !== 'WA_EMBEDDED_SIGNUP' || typeof body.event !== 'string') return null
  const data = recordOf(body.data) ?? {}
  return {
    kind: 'said',
    said: {
      event: body.event,
      wabaId: textOf(data.waba_id),
      phoneNumberId: textOf(data.phone_number_id),
      currentStep: textOf(data.current_step),
      errorCode: textOf(data.error_code) ?? textOf(data.error_id),
      errorMessage: textOf(data.error_message),
      sessionId: textOf(data.session_id),
    },
  }
}

const NOTHING = {
  wabaId: null,
  phoneNumberId: null,
  currentStep: null,
  errorCode: null,
  errorMessage: null,
  sessionId: null,
}

/**
 * What to hand to the server once nothing more comes. With a code the signup was finished, even when its message was lost:
 * the token tells the accounts. Without one it was not, whatever was said.
 */
export function popupResult(said: Said | null, code: string | null): SignupBody {
  if (code !== null) return { ...(said ?? { event: 'FINISH', ...NOTHING }), code }
  if (said === null || said.event.startsWith('FINISH_ONLY')) return { event: said?.event ?? 'CANCEL', ...NOTHING, code }
  return { ...said, event: said.event.startsWith('FINISH') ? 'CANCEL' : said.event, code }
}

function parse(data: unknown): unknown {
  if (typeof data !== 'string') return data
  try {
    return JSON.parse(data)
  } catch {
    // Meta's SDK also posts texts of its own form.
    return null
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : null
}
