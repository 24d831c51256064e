/** Characters of a business username. */
export const USERNAME_LENGTH_MIN = 3
export const USERNAME_LENGTH_MAX = 35

/** Why a text cannot be a username, whoever asks for it. */
export type UsernameFault = 'length' | 'signs' | 'no_letter' | 'dots' | 'www' | 'domain'

const DOMAIN = /\.(com|org|net|int|edu|gov|mil|us|in|io|ai|html)$/i

/**
 * What is wrong with the form of a username; `null` when nothing is. Whether it is free only Meta knows.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-usernames
 */
export function usernameFault(username: string): UsernameFault | null {
  if (!/^[a-z0-9._]*$/i.test(username)) return 'signs'
  if (username.length < USERNAME_LENGTH_MIN || username.length > USERNAME_LENGTH_MAX) return 'length'
  if (!/[a-z]/i.test(username)) return 'no_letter'
  if (/^\.|\.$|\.\./.test(username)) return 'dots'
  if (/^www/i.test(username)) return 'www'
  return DOMAIN.test(username) ? 'domain' : null
}
