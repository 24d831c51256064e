import { createHmac } from 'node:crypto'

/**
 * The two signature headers of a webhook over its raw bytes, as Meta documents them
 * (https://developers.facebook.com/docs/graph-api/webhooks/getting-started): SHA-256, and SHA-1 for old receivers.
 */
export function signatureHeaders(
  body: string | Uint8Array,
  appSecret: string,
): { 'x-hub-signature-256': string; 'x-hub-signature': string } {
  return {
    'x-hub-signature-256': `sha256=${createHmac('sha256', appSecret).update(body).digest('hex')}`,
    'x-hub-signature': `sha1=${createHmac('sha1', appSecret).update(body).digest('hex')}`,
  }
}
