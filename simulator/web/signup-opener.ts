/**
 * What the popup says to the page that opened it: the session messages of Embedded Signup, as Meta's popup posts them, and
 * the answer of the login, which Meta's SDK gives to a callback.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/implementation
 */
const params = new URL(location.href).searchParams
const opener = window.opener as Window | null
const origin = localOrigin(params.get('origin'))

/** `coexistence`: the number stays on the phone, which has its own screens; else it is a number of the API alone. */
export const isCoexistence = params.get('feature') === 'whatsapp_business_app_onboarding'
export const hasOpener = opener !== null && origin !== null

/** Tells how the popup went, gives the code of the login (`null`: there was none), and closes. */
export function end(event: string, data: Readonly<Record<string, unknown>>, code: string | null): void {
  tell({ type: 'WA_EMBEDDED_SIGNUP', version: '3', event, data })
  tell({ type: 'SIMULATED_LOGIN', code })
  window.close()
}

function tell(message: Readonly<Record<string, unknown>>): void {
  if (opener !== null && origin !== null) opener.postMessage(JSON.stringify(message), origin)
}

/** The code is for a page of this machine alone. */
function localOrigin(text: string | null): string | null {
  if (text === null || !URL.canParse(text)) return null
  const url = new URL(text)
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname) ? url.origin : null
}
