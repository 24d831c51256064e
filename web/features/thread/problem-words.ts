import type { Message } from '../../../contract/message.ts'
import { codeWords, isErrorCode } from '../../app/failure-words.ts'
import type { Translate } from '../../app/language.ts'
import { refusalOf } from '../refusals/refusal-words.ts'

/** Why a message of ours has not arrived. */
export function problemWords(t: Translate, { error, delivery }: Pick<Message, 'error' | 'delivery'>): string {
  if (delivery === 'expired') return t('problem.expired')
  if (error === null) return t('problem.unknown')
  if (error.code === null) return isErrorCode(error.title) ? codeWords(t, error.title) : error.title
  const reason = refusalOf(error.code)
  if (reason !== null) return t(reason)
  return t('problem.meta', { title: error.details ?? error.title, code: error.code })
}
