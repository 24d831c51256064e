import { createHmac, timingSafeEqual } from 'node:crypto'

const PREFIX = 'sha256='
const DIGEST_BYTES = 32
const HEX = /^[0-9a-f]{64}$/i

/**
 * Checks `X-Hub-Signature-256` over the raw bytes of a body, with each of the app secrets (two while one is being
 * replaced). Gives the 32 bytes of the signature, or `null` when it is missing, malformed or made with another secret.
 * Every secret is tried and compared in constant time.
 * Source: https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifySignature(body: Buffer, header: unknown, secrets: readonly string[]): Buffer | null {
  if (typeof header !== 'string' || !header.startsWith(PREFIX)) return null
  const hex = header.slice(PREFIX.length)
  if (!HEX.test(hex)) return null
  const claimed = Buffer.from(hex, 'hex')
  let found: Buffer | null = null
  for (const secret of secrets) {
    const digest = createHmac('sha256', secret).update(body).digest()
    if (digest.length === DIGEST_BYTES && timingSafeEqual(digest, claimed)) found = digest
  }
  return found
}
