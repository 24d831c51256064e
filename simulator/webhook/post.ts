import { signatureHeaders } from './sign.ts'

/** Milliseconds: how long Meta is taken to wait for the 200. Its real figure is not published. */
const ANSWER_MS_MAX = 20_000

/** What came of one delivery: the HTTP status, or 0 when there was no answer. */
export async function postWebhook(url: string, body: string, secret: string): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'facebookexternalua',
        ...signatureHeaders(body, secret),
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS_MAX),
    })
    await response.arrayBuffer()
    return response.status
  } catch {
    // Refused, reset and timed out are one to the sender: not delivered, to be tried again.
    return 0
  }
}

/** The verification handshake: `null` when the address answered with the bare challenge, else one sentence. */
export async function verifyEndpoint(url: string, verifyToken: string, challenge: string): Promise<string | null> {
  let address: URL
  try {
    address = new URL(url)
  } catch {
    return `The callback URL ${url} is not a URL.`
  }
  address.searchParams.set('hub.mode', 'subscribe')
  address.searchParams.set('hub.challenge', challenge)
  address.searchParams.set('hub.verify_token', verifyToken)
  try {
    const response = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(ANSWER_MS_MAX) })
    const text = await response.text()
    if (response.status === 200 && text === challenge) return null
    return `The callback URL or verify token couldn't be validated: HTTP ${response.status}, ${text === challenge ? 'the right' : 'a wrong'} challenge.`
  } catch (error) {
    return `The callback URL couldn't be reached: ${error instanceof Error ? error.message : String(error)}.`
  }
}
