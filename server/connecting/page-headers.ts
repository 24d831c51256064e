import type { SignupLauncher } from '../../contract/api/connecting.ts'

/** The page on which a number is connected. */
export const CONNECT_PAGE = '/connect'

const META = ['https://www.facebook.com', 'https://web.facebook.com']

/**
 * The headers by which the page of connecting differs from all others: it may speak with the popup that it opens, and where
 * the popup is Meta's, it may load Meta's SDK. No other page may do either.
 */
export function connectPageHeaders(
  launcher: SignupLauncher,
  policy: string,
): Readonly<Record<'cross-origin-opener-policy' | 'content-security-policy', string>> {
  const meta = [
    "script-src 'self' https://connect.facebook.net",
    `connect-src 'self' ${META.join(' ')} https://graph.facebook.com`,
    `frame-src ${META.join(' ')}`,
  ]
  return {
    'cross-origin-opener-policy': 'same-origin-allow-popups',
    'content-security-policy': launcher.kind === 'meta' ? [policy, ...meta].join('; ') : policy,
  }
}
