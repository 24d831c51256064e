import type { Template } from './api/templates.ts'

/**
 * Whether two one-time passwords go to Meta in one call: the same name and choices in another language, approved here, and
 * such as Meta takes now.
 */
export function goesTogether(one: Template, other: Template, nowMs: number): boolean {
  const isReady = ({ review, libraryName, standing, nextEditMs, wording }: Template) =>
    wording.category === 'AUTHENTICATION' &&
    review === 'reviewed' &&
    libraryName === null &&
    standing !== 'archived' &&
    (nextEditMs === null || nextEditMs <= nowMs)
  return (
    other.id !== one.id &&
    other.wabaId === one.wabaId &&
    other.name === one.name &&
    isReady(one) &&
    isReady(other) &&
    choices(one) === choices(other)
  )
}

/** What may be chosen of a one-time password, always in one order: the database gives keys back in another. */
function choices({ wording: { components } }: Template): string {
  const all = components.map((part) => [
    part.type,
    part.add_security_recommendation === true,
    part.code_expiration_minutes ?? null,
    (part.buttons ?? []).map((button) => [
      button.type,
      button.otp_type?.toUpperCase() ?? null,
      (button.supported_apps ?? []).map((app) => [app.package_name, app.signature_hash]),
      button.zero_tap_terms_accepted === true,
    ]),
  ])
  return JSON.stringify(all)
}
