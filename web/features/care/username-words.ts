import type { MetaRefusedDetails } from '../../../contract/api/care.ts'
import type { UsernameFault } from '../../../contract/business-username.ts'
import { failureWords } from '../../app/failure-words.ts'
import { isolated, type MessageKey, type Translate } from '../../app/language.ts'
import type { Failure } from '../../sync/api.ts'

export const FAULTS: Record<UsernameFault, MessageKey> = {
  length: 'username.fault.length',
  signs: 'username.fault.signs',
  no_letter: 'username.fault.no_letter',
  dots: 'username.fault.dots',
  www: 'username.fault.www',
  domain: 'username.fault.domain',
}

/** The username belongs to another number of the same business: it can be moved. */
export const ELSEWHERE_CODE = 147005

/** What Meta's codes mean here. Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-usernames */
const REFUSED: Readonly<Record<number, MessageKey>> = {
  10: 'username.refused.access',
  33: 'username.refused.access',
  190: 'username.refused.access',
  100: 'username.refused.100',
  133010: 'username.refused.133010',
  147001: 'username.refused.147001',
  147002: 'username.refused.147002',
  147003: 'username.refused.147003',
  147004: 'username.refused.147004',
  [ELSEWHERE_CODE]: 'username.refused.147005',
}

/** Meta's code behind a failure; `null` when Meta did not refuse. */
export function refusedCode(failure: Failure): number | null {
  if (failure.kind !== 'refused' || failure.code !== 'meta_refused') return null
  return (failure.details as MetaRefusedDetails).code
}

/** Why a username was not given, in plain words. */
export function usernameFailure(t: Translate, failure: Failure): string {
  const code = refusedCode(failure)
  if (code === null) return failureWords(t, failure)
  const key = REFUSED[code]
  if (key !== undefined) return t(key)
  const { title } = (failure as { readonly details: MetaRefusedDetails }).details
  return t('username.refused.other', { code: String(code), title: isolated(title) })
}
