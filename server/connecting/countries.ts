import type { ExcludedCountry, PreflightAnswer } from '../../contract/api/preflight.ts'

/**
 * Countries whose numbers Meta did not take for coexistence, by calling code, each list from its day on. The last one counts;
 * the earlier ones are kept so that an old refusal can be understood.
 * Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/embedded-signup/onboarding-business-app-users
 * (its section on unsupported countries, and the changelog of Embedded Signup)
 */
export const EXCLUDED_BY_META: PreflightAnswer['metaLists'] = [
  // The early list named regions too (the EEA, the EU); here stand the countries that were named by themselves.
  { from: '2025-02-01', callingCodes: ['44', '61', '91', '81', '234', '63', '7', '27', '82', '90'] },
  { from: '2025-05-05', callingCodes: ['44', '61', '81', '234', '63', '7', '27', '82', '90'] },
  { from: '2025-10-23', callingCodes: ['234', '27'] },
  { from: '2026-04-15', callingCodes: [] },
]

/** Every calling code that is excluded at a time, and by whom: Meta, the server's configuration, the team. */
export function excludedAt(
  nowMs: number,
  own: { readonly configured: readonly string[]; readonly team: readonly string[] },
): ExcludedCountry[] {
  const day = new Date(nowMs).toISOString().slice(0, 10)
  const meta = EXCLUDED_BY_META.filter((list) => list.from <= day).at(-1)?.callingCodes ?? []
  const from = (by: ExcludedCountry['by'], codes: readonly string[]) =>
    codes.map((callingCode) => ({ callingCode, by }))
  return [...from('meta', meta), ...from('configuration', own.configured), ...from('team', own.team)]
}
