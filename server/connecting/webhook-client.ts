import { setTimeout } from 'node:timers/promises'
import type { PreflightFacts } from './preflight-rules.ts'

/** How long our own webhook may take to answer from outside. */
const TIMEOUT_MS = 8_000
const CHALLENGE = 'wasl-preflight'

/**
 * Calls our webhook as Meta does when it is entered in the App Dashboard. The certificate is checked on the way; only the
 * address from the configuration is ever called. `plain`: without HTTPS too, as the simulator delivers on this machine.
 */
export async function callWebhook(
  webhookUrl: string,
  verifyToken: string,
  { plain = false }: { readonly plain?: boolean } = {},
): Promise<PreflightFacts['webhook']> {
  if (!webhookUrl.startsWith(plain ? 'http' : 'https://')) return webhookUrl === '' ? 'no_address' : 'not_https'
  const url = new URL(webhookUrl)
  url.searchParams.set('hub.mode', 'subscribe')
  url.searchParams.set('hub.verify_token', verifyToken)
  url.searchParams.set('hub.challenge', CHALLENGE)
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    const text = await Promise.race([response.text(), setTimeout(TIMEOUT_MS, '', { ref: false })])
    return response.ok && text === CHALLENGE ? 'reached' : { failed: `HTTP ${response.status}` }
  } catch (error) {
    // The reason of a failed fetch is its cause: no such host, refused, a certificate that is not valid.
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { failed: cause instanceof Error ? cause.message : String(cause) }
  }
}
