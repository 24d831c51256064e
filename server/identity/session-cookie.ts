/** The cookie that says which member this browser acts as, until sign-in exists. */
export const MEMBER_COOKIE = 'wasl_member'
const MAX_AGE_S = 180 * 24 * 60 * 60

/** The value of the cookie in a Cookie header; `null` when it is not there. */
export function readMemberCookie(header: string | undefined): string | null {
  for (const pair of (header ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2)
    if (name === MEMBER_COOKIE && value !== undefined) return value
  }
  return null
}

/** A Set-Cookie header that no script can read and no other site makes the browser send. */
export function memberCookie(memberId: string): string {
  return `${MEMBER_COOKIE}=${memberId}; Path=/; Max-Age=${MAX_AGE_S}; HttpOnly; SameSite=Strict`
}
