import { opaque } from '../accounts/ids.ts'
import type { AccessToken, World } from '../world.ts'
import type { GraphAnswer, GraphCall } from './call.ts'

/** Milliseconds: how long a code of Embedded Signup lives, and how long the token that it buys. */
const CODE_MS = 30_000
const TOKEN_MS = 60 * 86_400_000

/** `GET /oauth/access_token?client_id&client_secret&code`: a code buys one token, once, within 30 seconds. */
export function exchangeCode(world: World, call: GraphCall): GraphAnswer {
  const { client_id: clientId, client_secret: clientSecret, code: text, grant_type: grant } = call.input
  if (clientId !== world.app.id)
    return {
      code: 101,
      status: 400,
      message: 'Error validating application. Cannot get application info due to a system error.',
    }
  if (clientSecret !== world.app.secret) return { code: 1, status: 400, message: 'Error validating client secret.' }
  if (grant === 'client_credentials')
    return { json: { access_token: `${world.app.id}|${world.app.secret}`, token_type: 'bearer' } }
  const code = typeof text === 'string' ? world.codes.get(text) : undefined
  const nowMs = world.clock.nowMs()
  if (!code) return { code: 100, status: 400, message: 'Invalid verification code format.' }
  if (code.used) return { code: 100, subcode: 36009, status: 400, message: 'This authorization code has been used.' }
  if (nowMs - code.issuedAtMs > CODE_MS)
    return { code: 100, subcode: 36007, status: 400, message: 'This authorization code has expired.' }
  code.used = true
  const token = `EAA${opaque(world.chance, 'token', 180)}`
  world.tokens.set(token, newToken(code.accountIds, nowMs))
  return { json: { access_token: token, token_type: 'bearer', expires_in: TOKEN_MS / 1000 } }
}

const SCOPES: readonly string[] = ['whatsapp_business_management', 'whatsapp_business_messaging']

/** A token for some accounts, for sixty days. */
export function newToken(accountIds: readonly string[], nowMs: number, scopes = SCOPES): AccessToken {
  return { accountIds: new Set(accountIds), issuedAtMs: nowMs, expiresAtMs: nowMs + TOKEN_MS, scopes, revoked: false }
}

/** `GET /debug_token?input_token=`: what a token is good for. */
export function debugToken(world: World, call: GraphCall): GraphAnswer {
  const input = String(call.input.input_token ?? '')
  const token = world.tokens.get(input)
  if (!token) {
    const error = { code: 190, message: 'Invalid OAuth access token.' }
    return { json: { data: { error, is_valid: false, scopes: [] } } }
  }
  const expired = token.expiresAtMs <= world.clock.nowMs()
  // A world that was kept by an earlier version has tokens without them.
  const scopes = token.scopes ?? SCOPES
  const granular_scopes = scopes.map((scope) => ({ scope, target_ids: [...token.accountIds] }))
  return {
    json: {
      data: {
        app_id: world.app.id,
        type: 'SYSTEM_USER',
        application: world.app.name,
        data_access_expires_at: Math.floor(token.expiresAtMs / 1000),
        expires_at: Math.floor(token.expiresAtMs / 1000),
        is_valid: !expired && !token.revoked,
        issued_at: Math.floor(token.issuedAtMs / 1000),
        scopes,
        granular_scopes,
        user_id: '122093000000000000',
      },
    },
  }
}
