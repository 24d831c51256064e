import { marketingFromMs } from '../../../contract/marketing-rest.ts'
import type { Message } from '../../../contract/message.ts'
import { codeWords, isErrorCode } from '../../app/failure-words.ts'
import type { Formats } from '../../app/formats.ts'
import type { Translate } from '../../app/language.ts'
import { refusalOf } from '../refusals/refusal-words.ts'

/** Why a message of ours has not arrived; `moment` spells an instant. */
export function problemWords(
  t: Translate,
  message: Pick<Message, 'error' | 'delivery' | 'deliveryAtMs'>,
  { moment }: Pick<Formats, 'moment'>,
): string {
  const { error, delivery } = message
  if (delivery === 'expired') return t('problem.expired')
  if (error === null) return t('problem.unknown')
  const fromMs = marketingFromMs(message)
  if (fromMs !== null) return t('problem.marketingFrom', { time: moment(fromMs) })
  if (error.code === null) return isErrorCode(error.title) ? codeWords(t, error.title) : error.title
  const reason = refusalOf(error.code)
  if (reason !== null) return t(reason)
  return t('problem.meta', { title: error.details ?? error.title, code: error.code })
}
